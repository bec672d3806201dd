import { screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { SearchPage } from "@/features/search/search-page";
import { asked, queryOf, searchOf } from "@/features/search/address";
import { student, teacher } from "@/test/people";
import { ok, onApi } from "@/test/server";
import { show } from "@/test/show";

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams(window.location.search) }));

const staff = (address: string) => asked(new URLSearchParams(address), true);

describe("the address of a search", () => {
  it("is read and written without loss", () => {
    const address = "?q=harbour&kind=item&item=careful_reading";
    expect(searchOf(staff(address))).toBe(address);
  });

  it("keeps a filter to its kind", () => {
    expect(searchOf({ ...staff("?q=a&kind=course&status=draft"), kind: "item" })).toBe("?q=a&kind=item");
    expect(queryOf(staff("?q=a&status=draft"))).toEqual({ limit: 8 });
    expect(queryOf(staff("?q=a&kind=course&status=draft"))).toEqual({ kind: "course", limit: 50, status: "draft" });
  });

  it("takes what it does not know, or this reader may not ask, as not said", () => {
    expect(staff("?q=a&kind=nonsense").kind).toBe("all");
    expect(asked(new URLSearchParams("?q=a&kind=item&status=draft"), false)).toMatchObject({
      kind: "all",
      status: "all",
    });
  });
});

describe("the search page", () => {
  let queries: string[] = [];

  beforeEach(() => {
    queries = [];
    window.history.replaceState(null, "", "/search");
    onApi("get", "/search", (request) => {
      queries.push(new URL(request.url).search);
      return ok({ corrected: null, courses: [], papers: [], items: [] });
    });
  });

  it("asks for nothing until there are words", async () => {
    show(<SearchPage />, { me: student });
    expect(await screen.findByText("想找什么？")).toBeVisible();
    expect(queries).toEqual([]);
  });

  it("looks for what the address says, and writes there what is typed", async () => {
    window.history.replaceState(null, "", "/search?q=cafe&kind=item");
    const { user } = show(<SearchPage />, { me: teacher });
    expect(await screen.findByText("没有找到“cafe”")).toBeVisible();
    expect(queries).toEqual(["?q=cafe&kind=item&limit=50"]);
    await user.type(screen.getByRole("searchbox"), "s");
    await waitFor(() => expect(window.location.search).toBe("?q=cafes&kind=item"));
  });

  it("offers students no items and no drafts", () => {
    show(<SearchPage />, { me: student });
    expect(screen.queryByRole("radio", { name: "题目" })).not.toBeInTheDocument();
    expect(screen.getByRole("radio", { name: "试卷" })).toBeVisible();
  });
});
