import { screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { Schema } from "@/client/types";
import { TeacherDashboard } from "@/features/home/teacher-dashboard";
import { TeacherHome } from "@/features/home/teacher-home";
import { teacher } from "@/test/people";
import { ok, onApi, refusal } from "@/test/server";
import { show } from "@/test/show";

const work = { assignment: 7, title: "期末模拟", course: 5, course_name: "大学英语四级" };
const quiet: Schema<"Dashboard"> = {
  server_time: "2026-11-24T01:00:00Z",
  piles: [],
  scripts_waiting: 0,
  exams: [],
  ending: [],
  behind: [],
  students_behind: 0,
};
const course = {
  id: 5,
  name: "大学英语四级",
  category: "",
  level: "",
  status: "active",
  teacher_name: "陈立言",
  student_count: 40,
  avg_progress: 47.5,
  assignment_count: 4,
  my_progress: null,
};
let asked: string[] = [];

function onDay(change: Partial<Schema<"Dashboard">>): void {
  onApi("get", "/me/dashboard", () => (asked.push("dashboard"), ok({ ...quiet, ...change })));
}

beforeEach(() => {
  asked = [];
  onApi("get", "/courses", (request) => {
    asked.push(new URL(request.url).search);
    return ok({ courses: [course], total_pages: 1, current_page: 1, total_count: 1 });
  });
});

describe("a teacher's dashboard", () => {
  it("shows courses with their figures, in one round of requests", async () => {
    onDay({});
    show(<TeacherDashboard />, { me: teacher });
    const link = await screen.findByRole("link", { name: /大学英语四级/ });
    expect(link).toHaveTextContent("40 名学生 · 4 个任务");
    expect(within(link).getByRole("progressbar", { name: "《大学英语四级》的平均进度" })).toHaveAttribute(
      "aria-valuenow",
      "48",
    );
    expect(asked.sort()).toEqual(["?status=active&page_size=12", "dashboard"]);
  });

  it("leads to each thing that waits", async () => {
    onDay({
      exams: [
        { ...work, state: "to_start", opens_at: null, closes_at: null, waiting: 9, sitting: 0 },
        {
          ...work,
          assignment: 8,
          title: "期中",
          state: "running",
          opens_at: null,
          closes_at: null,
          waiting: 0,
          sitting: 3,
        },
      ],
      piles: [{ ...work, waiting: 12, oldest: "2026-11-23T01:00:00Z" }],
      scripts_waiting: 30,
      ending: [{ ...work, title: "周练", closes_at: "2026-11-25T01:00:00Z", completed: 20, students: 40 }],
      behind: [
        {
          student: 3,
          name: "李雨",
          student_number: "02",
          course: 5,
          course_name: "大学英语四级",
          missed: 2,
          progress: 20,
        },
      ],
      students_behind: 11,
    });
    show(<TeacherHome />, { me: teacher });
    const line = (text: string) => screen.getByText(text).closest("a");
    expect(await screen.findByText("2 场考试 · 30 份待批改 · 11 名学生落后")).toBeVisible();
    expect(await screen.findByText("等待开考 · 已到 9 人")).toBeVisible();
    expect(line("等待开考 · 已到 9 人")).toHaveAttribute("href", "/rooms/7");
    expect(line("3 人正在考")).toHaveAttribute("href", "/rooms/8");
    expect(line("12 份")).toHaveAttribute("href", "/marking?assignment=7");
    expect(line("已交 20/40")).toHaveAttribute("href", "/courses/5");
    expect(line("错过 2 次必做")).toHaveAttribute("href", "/courses/5?tab=results");
  });

  it("says so where nothing waits", async () => {
    onDay({});
    show(<TeacherDashboard />, { me: teacher });
    expect(await screen.findByText("今天没有要处理的事")).toBeVisible();
  });

  it("greets before anything of the day is known, and asks for the day once", async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    onApi("get", "/me/dashboard", async () => {
      asked.push("dashboard");
      await gate;
      return ok(quiet);
    });
    show(<TeacherHome />, { me: teacher });
    expect(await screen.findByRole("heading", { level: 1, name: /陈立言/ })).toBeVisible();
    expect(screen.queryByText("今天没有要处理的事")).not.toBeInTheDocument();
    open();
    expect(await screen.findByText("今天没有要处理的事")).toBeVisible();
    expect(asked.filter((one) => one === "dashboard")).toHaveLength(1);
  });

  it("keeps its place while it is read, and says why where it cannot be", async () => {
    onApi("get", "/me/dashboard", () => refusal(403, "forbidden", "你的身份不能做这件事。"));
    const { container } = show(<TeacherDashboard />, { me: teacher });
    expect(container.querySelector("[aria-busy]")).toBeInTheDocument();
    expect(await screen.findByText("你的身份不能做这件事。")).toBeVisible();
  });
});
