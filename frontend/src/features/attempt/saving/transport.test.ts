import { expect, test } from "vitest";
import { ProblemError } from "@/lib/problem";
import { replyOf } from "./transport";

const words = { zh: "", en: "" };

test.each([
  [0, "offline", "unreachable"],
  [500, "server_error", "unreachable"],
  [503, "busy", "unreachable"],
  [429, "too_many", "unreachable"],
  [403, "csrf", "unreachable"],
  [401, "signed_out", "signed-out"],
  [403, "forbidden", "refused"],
  [404, "not_found", "refused"],
  [409, "closed", "refused"],
  [422, "invalid", "refused"],
])("%d %s: %s", (status, code, kind) => {
  expect(replyOf(new ProblemError(status, code, words)).kind).toBe(kind);
});

test("the server's wish to wait is in milliseconds", () => {
  expect(replyOf(new ProblemError(503, "busy", words, {}, 7))).toEqual({ kind: "unreachable", waitMs: 7_000 });
});
