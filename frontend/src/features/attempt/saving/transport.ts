import { api, take } from "@/lib/api";
import { asProblem, type ProblemError } from "@/lib/problem";
import { useAppStore } from "@/lib/store";
import type { AnswerIn, Reply, Send } from "./wire";

/** A server that has not answered by then is asked again; sending twice changes nothing. */
const LONGEST_MS = 15_000;

export function sendTo(attempt: string): Send {
  return async (answers) => {
    const signal = AbortSignal.timeout(LONGEST_MS);
    try {
      const saved = await take(
        api.PUT("/api/v1/attempts/{attempt_id}/answers", { ...at(attempt), body: { answers }, signal }),
      );
      if (!saved) return { kind: "unreachable", waitMs: 0 };
      return { kind: "acknowledged", acknowledged: saved.acknowledged, serverTime: saved.server_time };
    } catch (error) {
      return signal.aborted ? waited() : replyOf(asProblem(error));
    }
  };
}

export function sendLeavingTo(attempt: string): (answers: AnswerIn[]) => void {
  return (answers) => {
    // Nobody is there to hear the answer; the journal sends again on the next visit whatever became of this.
    api
      .PUT("/api/v1/attempts/{attempt_id}/answers", { ...at(attempt), body: { answers }, keepalive: true })
      .catch(() => undefined);
  };
}

export function replyOf(problem: ProblemError): Reply {
  if (problem.status === 401) return { kind: "signed-out" };
  const mayPass = [0, 408, 425, 429].includes(problem.status) || problem.status >= 500 || problem.code === "csrf";
  return mayPass ? { kind: "unreachable", waitMs: (problem.retryAfter ?? 0) * 1000 } : { kind: "refused", problem };
}

/** While the sign-in stands over the page, a request waits for it: that is not a network that failed. */
function waited(): Reply {
  const isExpired = useAppStore.getState().session === "expired";
  return isExpired ? { kind: "signed-out" } : { kind: "unreachable", waitMs: 0 };
}

function at(attempt: string) {
  return { params: { path: { attempt_id: attempt } } };
}
