import { screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { CourseResults } from "@/features/results/course-results";
import { teacher } from "@/test/people";
import { ok, onApi, refusal } from "@/test/server";
import { show } from "@/test/show";

const saved: { name: string; size: number }[] = [];

beforeEach(() => {
  saved.length = 0;
  let last: Blob | null = null;
  URL.createObjectURL = (blob) => {
    last = blob as Blob;
    return "blob:file";
  };
  URL.revokeObjectURL = () => undefined;
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push({ name: this.download, size: last?.size ?? 0 });
  });
  window.history.replaceState(null, "", "/courses/5");
  onApi("get", "/courses/5/results", () =>
    ok({
      course: 5,
      assignments: [
        {
          id: 7,
          title: "期末模拟",
          is_required: true,
          completed: 0,
          students: 1,
          mean_raw: null,
          raw_of: 100,
          waiting_scripts: 0,
          sections: [],
          bins: [],
        },
      ],
      students: [],
      next: null,
    }),
  );
});

function aFile(name: string): Response {
  const disposition = `attachment; filename*=utf-8''${encodeURIComponent(name)}`;
  return new Response(new Uint8Array([80, 75, 3, 4]), { headers: { "Content-Disposition": disposition } });
}

describe("results as a spreadsheet", () => {
  it("come under the server's name, headed in the reader's language", async () => {
    const asked: string[] = [];
    for (const path of ["/courses/5/results.xlsx", "/assignments/7/results.xlsx"]) {
      onApi("get", path, (request) => {
        const { pathname, search } = new URL(request.url);
        asked.push(pathname + search);
        return aFile(path.includes("courses") ? "四级.xlsx" : "期末模拟.xlsx");
      });
    }
    const { user } = show(<CourseResults />, { me: teacher, locale: "en" });
    await user.click(await screen.findByRole("button", { name: "Download the gradebook (Excel)" }));
    await waitFor(() => expect(saved).toEqual([{ name: "四级.xlsx", size: 4 }]));
    await user.click(screen.getByRole("button", { name: "Download (Excel): 期末模拟" }));
    await waitFor(() => expect(saved[1]?.name).toBe("期末模拟.xlsx"));
    expect(asked).toEqual([
      "/api/v1/courses/5/results.xlsx?language=en",
      "/api/v1/assignments/7/results.xlsx?language=en",
    ]);
  });

  it("say why they did not come", async () => {
    onApi("get", "/courses/5/results.xlsx", () => refusal(503, "busy", "服务器正忙。"));
    const { user } = show(<CourseResults />, { me: teacher });
    await user.click(await screen.findByRole("button", { name: "下载成绩册（Excel）" }));
    expect(await screen.findByText("服务器正忙。")).toBeVisible();
    expect(saved).toEqual([]);
    expect(screen.getByRole("button", { name: "下载成绩册（Excel）" })).toBeEnabled();
  });
});
