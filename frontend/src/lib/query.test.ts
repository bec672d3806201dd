import { expect, it } from "vitest";
import { askAhead } from "@/lib/ahead";
import { forgetWithThePerson, newQueryClient } from "@/lib/query";
import { useAppStore } from "@/lib/store";
import { student } from "@/test/people";
import { ok, onApi } from "@/test/server";

it("what was read for one person is gone when they go, and not while they only sign in again", () => {
  onApi("get", "/papers", () => ok({ items: [] }));
  const client = newQueryClient();
  const stop = forgetWithThePerson(client);
  useAppStore.getState().signedIn(student);
  client.setQueryData(["report"], "她的成绩");
  askAhead("/papers", "student");
  useAppStore.getState().expired();
  expect(client.getQueryData(["report"])).toBe("她的成绩");
  useAppStore.getState().signedOut();
  expect(client.getQueryData(["report"])).toBeUndefined();
  expect(window.sijiAhead).toEqual({});
  stop();
});
