import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Schema } from "@/client/types";
import { Guide } from "@/features/marking/guide";
import { marksOf } from "@/features/marking/keypad-buttons";
import { MarkForm } from "@/features/marking/mark-form";
import { teacher } from "@/test/people";
import { went } from "@/test/navigation";
import { ok, onApi, refusal } from "@/test/server";
import { show } from "@/test/show";

const words = { zh: "切题", en: "on topic" };
const bands = [
  { anchor: 14, lowest: 13, highest: 15, about: words },
  { anchor: 11, lowest: 10, highest: 12, about: words },
  { anchor: 8, lowest: 7, highest: 9, about: words },
  { anchor: 5, lowest: 4, highest: 6, about: words },
  { anchor: 2, lowest: 1, highest: 3, about: words },
  { anchor: 0, lowest: 0, highest: 0, about: words },
];

const script: Schema<"DeskScript"> = {
  row: {
    id: 7,
    slot: "W",
    student_name: "王思远",
    student_number: "20260001",
    course: 5,
    course_name: "四级",
    assignment: 1,
    assignment_title: "第一次模拟考试",
    words: 142,
    state: "waiting",
    mark: null,
    provisional: null,
    doubts: [],
    is_appealed: false,
    submitted_at: "2026-11-24T03:00:00Z",
  },
  text: "Learning by doing ...",
  task: {
    slot: "W",
    kind: "essay",
    passage: null,
    prompt: "Write an essay.",
    choices: [],
    words_min: 120,
    words_max: 180,
    marks: 15,
    skills: [],
    key: null,
  },
  references: [],
  points: [],
  rubric: { key: "cet4-writing", version: 1, bands },
  anchors: [],
  marks: [],
  machine: { builtin: null, model: null, shown: null, doubts: [] },
  feedback: null,
  written: null,
  appeal: null,
  next: 8,
  counts: { waiting: 3, marked: 2 },
};

function onMark(answer: (body: unknown) => Response): unknown[] {
  const sent: unknown[] = [];
  onApi("post", "/scripts/7/marks", async (request) => {
    const body: unknown = await request.json();
    sent.push(body);
    return answer(body);
  });
  return sent;
}

describe("marking by keyboard", () => {
  it("types a mark, saves with Enter and goes to the next script", async () => {
    const sent = onMark(() => ok({ ...script, next: 8 }, 201));
    const { user } = show(<MarkForm script={script} />, { me: teacher });
    await user.keyboard("12{Enter}");
    await expect.poll(() => went.push.mock.calls).toEqual([["/marking/8"]]);
    expect(sent).toEqual([{ value: 12, comment: "" }]);
  });

  it("types digits into the comment as text, and saves from there with Ctrl and Enter", async () => {
    const sent = onMark(() => ok({ ...script, next: null }, 201));
    const { user } = show(<MarkForm script={script} />, { me: teacher });
    await user.click(screen.getByRole("button", { name: "9" }));
    await user.type(screen.getByLabelText("评语（学生能看到）"), "第 2 段很好{Enter}再看 15 遍");
    await user.keyboard("{Control>}{Enter}{/Control}");
    await expect.poll(() => sent).toEqual([{ value: 9, comment: "第 2 段很好\n再看 15 遍" }]);
    await expect.poll(() => went.push.mock.calls).toEqual([["/marking"]]);
  });

  it("saves nothing without a mark, and says so", async () => {
    const { user } = show(<MarkForm script={script} />, { me: teacher });
    await user.keyboard("{Enter}");
    expect(screen.getByText("先选一个分数。")).toBeVisible();
  });

  it("stays with the script and its comment when the server refuses", async () => {
    onMark(() => refusal(409, "not_closed", "这份作答还没有交卷。"));
    const { user } = show(<MarkForm script={script} />, { me: teacher });
    await user.type(screen.getByLabelText("评语（学生能看到）"), "写得不错");
    await user.click(screen.getByRole("button", { name: "11" }));
    await user.click(screen.getByRole("button", { name: "保存，看下一份" }));
    expect(await screen.findByText("这份作答还没有交卷。")).toBeVisible();
    expect(screen.getByLabelText("评语（学生能看到）")).toHaveValue("写得不错");
    expect(went.push).not.toHaveBeenCalled();
  });
});

describe("the last mark", () => {
  it("is one key away from the next script, and says what was given", async () => {
    onMark(() => ok({ ...script, next: 8 }, 201));
    const first = show(<MarkForm script={script} />, { me: teacher });
    await first.user.keyboard("12{Enter}");
    await expect.poll(() => went.push.mock.calls).toEqual([["/marking/8"]]);
    first.unmount();
    const { user } = show(<MarkForm script={{ ...script, row: { ...script.row, id: 8 } }} />, { me: teacher });
    await user.keyboard("z");
    await expect.poll(() => went.push.mock.calls).toEqual([["/marking/8"], ["/marking/7"]]);
  });

  it("is nobody else's who sits down at the same browser", async () => {
    const other = { ...script, row: { ...script.row, id: 9 } };
    const { user } = show(<MarkForm script={other} />, { me: { ...teacher, id: 99 } });
    await user.keyboard("z");
    expect(went.push).not.toHaveBeenCalled();
  });

  it("keeps its comment when the script is marked again", async () => {
    const sent = onMark(() => ok({ ...script, next: null }, 201));
    const before = {
      id: 3,
      kind: "teacher" as const,
      value: 9,
      comment: "注意时态。",
      marker: "陈立言",
      created_at: "2026-11-24T04:00:00Z",
    };
    const { user } = show(<MarkForm script={{ ...script, marks: [before] }} />, { me: teacher });
    await user.keyboard("10{Enter}");
    await expect.poll(() => sent).toEqual([{ value: 10, comment: "注意时态。" }]);
  });
});

describe("the guide", () => {
  it("shows the band of the mark that is typed, and opens the script at its anchor", () => {
    const anchors = [
      { band: 11, text: "A sample of eleven.", why: "连贯" },
      { band: 8, text: "A sample of eight.", why: "错误较多" },
    ];
    show(<Guide script={{ ...script, anchors }} mark={12} />, { me: teacher });
    expect(screen.getByText("10–12").closest("li")).toHaveAttribute("aria-current", "true");
    expect(screen.getByText("A sample of eleven.").closest("details")).toHaveAttribute("open");
    expect(screen.getByText("A sample of eight.").closest("details")).not.toHaveAttribute("open");
  });
});

describe("what the student reads", () => {
  const builtin: Schema<"Feedback"> = {
    overall: { zh: "内置引擎的总评。", en: "The built-in engine's view." },
    next: [],
    inline: [],
    sentences: [],
  };
  const written: Schema<"WrittenOut"> = {
    state: "done",
    overall: "AI 的总评。",
    next: ["分段写。"],
    higher: "",
    inline: [
      { kind: "grammar", quote: "by doing", start: 9, end: 17, better: "by trying", reason: words, is_serious: false },
    ],
    noted: 1,
    sentences: [],
    failure: null,
    version: "writing@1",
    model: "deepseek-flash",
  };

  it("stays closed until the teacher opens it, and is the model's once that is whole", async () => {
    const { user } = show(<Guide script={{ ...script, feedback: builtin, written }} mark={null} />, { me: teacher });
    const panel = screen.getByText("给学生的反馈").closest("details");
    expect(panel).not.toHaveAttribute("open");
    await user.click(screen.getByText("给学生的反馈"));
    expect(screen.getByText("AI 的总评。")).toBeVisible();
    expect(panel?.querySelector("mark")).toHaveTextContent("by doing");
    expect(screen.queryByText("内置引擎的总评。")).toBeNull();
  });

  it("is the built-in engine's while the model writes or has failed", () => {
    const failed = { ...written, state: "failed", overall: "", failure: words } as const;
    show(<Guide script={{ ...script, feedback: builtin, written: failed }} mark={null} />, { me: teacher });
    expect(screen.getByText("内置引擎的总评。")).toBeInTheDocument();
  });

  it("is not spoken of where there is none", () => {
    show(<Guide script={script} mark={null} />, { me: teacher });
    expect(screen.queryByText("给学生的反馈")).toBeNull();
  });
});

describe("the keys of the desk", () => {
  it("are every mark once, from the bands", () => {
    expect(bands.flatMap(marksOf).sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, mark) => mark));
  });
});
