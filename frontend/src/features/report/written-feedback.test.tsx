import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { student } from "@/test/people";
import { show } from "@/test/show";
import { isOlder, type Marking, type Written } from "./use-marking";
import type { Report } from "./use-report";
import { WrittenFeedback } from "@/components/marks/written-feedback";

const done: Written = {
  state: "done",
  overall: "文章切题。语法错误较多。",
  next: ["复习主谓一致。", "多用例子。", "写完检查。"],
  higher: "上一档会分段展开。",
  inline: [],
  noted: 2,
  sentences: [],
  failure: null,
  version: "writing@1+abc",
  model: "deepseek-flash",
};

const open = (written: Written) => show(<WrittenFeedback written={written} />, { me: student });

describe("a model's feedback", () => {
  it("grows while it is written, and says so", () => {
    const { unmount } = open({ ...done, state: "writing", overall: "文章切", next: [], higher: "", noted: 0 });
    expect(screen.getByText("文章切")).toBeInTheDocument();
    expect(screen.getByRole("status")).toHaveTextContent("正在写反馈…");
    expect(screen.queryByText("接下来做三件事")).toBeNull();
    unmount();
    open({ ...done, state: "writing" });
    expect(screen.getAllByRole("listitem")).toHaveLength(3);
    expect(screen.getByRole("status")).toHaveTextContent("已指出 2 处");
  });

  it("is whole in the end, with who wrote it", () => {
    open(done);
    expect(screen.getByRole("status")).toBeEmptyDOMElement();
    expect(screen.getByText(/deepseek-flash/)).toBeInTheDocument();
  });

  it("says why there is none", () => {
    open({ ...done, state: "failed", overall: "", next: [], failure: { zh: "账户余额不足。", en: "No credit." } });
    expect(screen.getByText(/账户余额不足。下面是内置引擎的反馈/)).toBeInTheDocument();
    expect(screen.queryByText("接下来做三件事")).toBeNull();
  });
});

describe("a report behind its marks", () => {
  const mark = (at: string) => ({ created_at: at });
  const at = (state: string, builtin: string | null, model: string | null) => ({
    scripts: [{ id: 1, state, machine: { builtin: builtin && mark(builtin), model: model && mark(model) } }],
  });
  const older = (report: ReturnType<typeof at>, now: ReturnType<typeof at>) =>
    isOlder(report as unknown as Report, now as unknown as Marking);

  it("is read again for a mark that it does not have", () => {
    expect(older(at("waiting", null, null), at("waiting", "2026-11-27T08:00:01Z", null))).toBe(true);
    expect(older(at("waiting", "1", null), at("waiting", "1", "2"))).toBe(true);
    expect(older(at("waiting", "1", "2"), at("marked", "1", "2"))).toBe(true);
  });

  it("is not for one that it has already", () => {
    expect(older(at("waiting", "1", "2"), at("waiting", "1", "2"))).toBe(false);
    expect(older(at("waiting", "1", "2"), at("waiting", "1", null))).toBe(false);
  });
});
