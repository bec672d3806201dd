import { screen, waitFor } from "@testing-library/react";
import { HttpResponse } from "msw";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { onApi, refusal } from "@/test/server";
import { show } from "@/test/show";
import { Stream } from "@/test/stream";
import { useFollowed } from "./use-followed";

interface Told {
  count: number;
}

const ASK_EVERY_MS = 20;
const until = (last: number) => (told: Told) => told.count < last;

let asked = 0;
beforeEach(() => {
  asked = 0;
  Stream.opened = [];
  vi.stubGlobal("EventSource", Stream);
  onApi("get", "/things", () => HttpResponse.json({ count: ++asked }));
});
afterEach(() => vi.unstubAllGlobals());

function Thing({ isUnderWay }: { isUnderWay?: (told: Told) => boolean }) {
  const { query, isLive } = useFollowed<Told, Error, string[]>(
    {
      queryKey: ["things"],
      queryFn: async () => {
        const answer = await fetch(new URL("/api/v1/things", window.location.href));
        if (!answer.ok) throw new Error(String(answer.status));
        return (await answer.json()) as Told;
      },
    },
    { events: "/things/events", askEveryMs: ASK_EVERY_MS, ...(isUnderWay && { isUnderWay }) },
  );
  return <p>{`${query.data?.count ?? query.status} ${isLive ? "live" : "asked"}`}</p>;
}

describe("what is followed", () => {
  it("is asked for until the stream tells, and then no more", async () => {
    show(<Thing />);
    await screen.findByText("2 asked");
    Stream.last?.tells({ count: 70 });
    expect(await screen.findByText("70 live")).toBeVisible();
    const before = asked;
    await new Promise((done) => setTimeout(done, ASK_EVERY_MS * 4));
    expect(asked).toBe(before);
  });

  it("is asked for again while the stream is broken", async () => {
    show(<Thing />);
    await waitFor(() => expect(Stream.opened).toHaveLength(1));
    Stream.last?.tells({ count: 70 });
    await screen.findByText("70 live");
    Stream.last?.breaks();
    await waitFor(() => expect(screen.queryByText(/^70/)).toBeNull());
    expect(Stream.opened).toHaveLength(1);
  });

  it("is asked for once where the stream says that there is nothing to tell any more", async () => {
    show(<Thing />);
    await waitFor(() => expect(Stream.opened).toHaveLength(1));
    Stream.last?.tells({ count: 70 });
    await screen.findByText("70 live");
    const before = asked;
    Stream.last?.tells(null);
    expect(await screen.findByText(`${before + 1} live`)).toBeVisible();
  });

  it("is left alone once it cannot change by itself", async () => {
    show(<Thing isUnderWay={until(80)} />);
    await waitFor(() => expect(Stream.opened).toHaveLength(1));
    Stream.last?.tells({ count: 80 });
    expect(await screen.findByText("80 asked")).toBeVisible();
    expect(Stream.last?.readyState).toBe(2);
  });

  it("is neither followed nor asked for again where it was refused", async () => {
    onApi("get", "/things", () => {
      asked += 1;
      return refusal(403, "forbidden", "不可以");
    });
    show(<Thing />);
    await screen.findByText("error asked");
    await new Promise((done) => setTimeout(done, ASK_EVERY_MS * 4));
    expect(asked).toBe(1);
    expect(Stream.opened).toHaveLength(0);
  });
});
