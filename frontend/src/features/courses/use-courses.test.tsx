import { act, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { Schema } from "@/client/types";
import { CourseTable } from "@/features/courses/course-table";
import { useChangeCourse, useCourse } from "@/features/courses/use-course";
import { useCoursesStats } from "@/features/courses/use-courses";
import { asProblem } from "@/lib/problem";
import { statsOf } from "@/lib/state/courses";
import { useAppStore } from "@/lib/store";
import { teacher } from "@/test/people";
import { ok, onApi, refusal } from "@/test/server";
import { show } from "@/test/show";

type Row = Schema<"CourseRow">;

function aCourse(change: Partial<Row> = {}): Row {
  return {
    id: 5,
    name: "强化班",
    category: "四级",
    level: "CET-4",
    status: "active",
    teacher_name: "陈立言",
    student_count: 40,
    avg_progress: 50,
    assignment_count: 3,
    my_progress: null,
    ...change,
  };
}

const rows = [aCourse(), aCourse({ id: 6, name: "写译班", status: "draft", student_count: 10, avg_progress: 100 })];
const store = () => useAppStore.getState();

describe("the numbers of the courses", () => {
  let drawn = 0;
  beforeEach(() => (drawn = 0));

  function Numbers() {
    drawn += 1;
    const stats = useCoursesStats(rows);
    return <p>{JSON.stringify(stats)}</p>;
  }

  it("count each student once, whatever the size of the course", () => {
    expect(statsOf(rows, [])).toEqual({ courses: 2, active: 1, students: 50, progress: 60 });
    expect(statsOf([], [])).toEqual({ courses: 0, active: 0, students: 0, progress: 0 });
  });

  it("are drawn again when one of them changes, and only then", () => {
    show(<Numbers />);
    expect(drawn).toBe(1);
    act(() => store().prefer({ theme: "dark" }));
    act(() => store().selectCourse(6));
    act(() => void store().beginEdit(6, { name: "写译班（二）" }));
    expect(drawn).toBe(1);
    act(() => void store().beginEdit(6, { status: "active" }));
    expect(drawn).toBe(2);
    expect(screen.getByText(/"active":2/)).toBeVisible();
  });
});

describe("a change of a course", () => {
  const course: Schema<"CourseOut"> = {
    ...aCourse(),
    description: "",
    code: "ABCD2345",
    is_code_open: true,
    assignments: [],
    classmates: [],
  };

  function Page() {
    const { data } = useCourse(5);
    const change = useChangeCourse(5);
    const rename = () => void change({ name: "新名" }).catch((error: unknown) => void asProblem(error));
    return <button onClick={rename}>{data?.name ?? "…"}</button>;
  }

  async function renamed(answer: Promise<Response>) {
    onApi("get", "/courses/5", () => ok({ ...course, name: isKept ? "新名" : "强化班" }));
    onApi("patch", "/courses/5", () => answer);
    const { user } = show(<Page />, { me: teacher });
    await user.click(await screen.findByRole("button", { name: "强化班" }));
  }
  let isKept = false;

  it("is shown at once, and stays when the server has it", async () => {
    isKept = false;
    let settle: (response: Response) => void = () => undefined;
    await renamed(new Promise((resolve) => (settle = resolve)));
    expect(await screen.findByRole("button", { name: "新名" })).toBeVisible();
    isKept = true;
    settle(ok(course));
    await waitFor(() => expect(store().courseEdits).toEqual([]));
    expect(screen.getByRole("button", { name: "新名" })).toBeVisible();
  });

  it("is taken back where it is refused", async () => {
    isKept = false;
    let settle: (response: Response) => void = () => undefined;
    await renamed(new Promise((resolve) => (settle = resolve)));
    expect(await screen.findByRole("button", { name: "新名" })).toBeVisible();
    settle(refusal(409, "conflict", "已有同名的课程。"));
    expect(await screen.findByRole("button", { name: "强化班" })).toBeVisible();
  });
});

describe("the list of courses", () => {
  it("comes back with the filter that was left, and marks the course that was opened", async () => {
    const asked: string[] = [];
    onApi("get", "/courses", (request) => {
      asked.push(new URL(request.url).searchParams.get("status") ?? "");
      return ok({ courses: rows, total_pages: 1, current_page: 1, total_count: 2 });
    });
    onApi("get", "/courses/6", () => ok({ ...rows[1], description: "", assignments: [], classmates: [] }));
    store().filterCourses("draft");
    function Opened() {
      return <p>{useCourse(6).data?.name}</p>;
    }
    show(
      <>
        <Opened />
        <CourseTable />
      </>,
      { me: teacher },
    );
    expect(await screen.findByText("2 门课 · 50 名学生 · 平均进度 60%")).toBeVisible();
    expect(asked).toEqual(["draft"]);
    await waitFor(() => expect(screen.getByRole("row", { current: true })).toHaveTextContent("写译班"));
  });
});
