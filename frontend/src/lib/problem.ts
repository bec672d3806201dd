import type { Schema } from "@/client/types";

type Words = Schema<"Words">;

/** What went wrong, in both languages and with what to do. `status` 0: the server was not reached. */
export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly words: Words,
    readonly fields: Record<string, Words> = {},
    /** Seconds to wait, where the server names them. */
    readonly retryAfter: number | null = null,
  ) {
    super(`${code}: ${words.en}`);
    this.name = "ProblemError";
  }

  get isOffline(): boolean {
    return this.status === 0;
  }
}

export const unreachable: Words = {
  zh: "连不上服务器。请检查网络，稍后再试。",
  en: "The server cannot be reached. Check your network and try again.",
};

const broken: Words = {
  zh: "服务器出错了，没有完成这次操作。请稍后再试；如果一直这样，请告诉管理员。",
  en: "The server failed and did not finish this. Try again later; if it goes on, tell your administrator.",
};

/** Reads an answer that is not 2xx. A gateway's own page (no JSON) reads as the server being down. */
export async function readProblem(response: Response): Promise<ProblemError> {
  const waiting = Number(response.headers.get("Retry-After"));
  const retryAfter = Number.isFinite(waiting) && waiting > 0 ? waiting : null;
  const body: unknown = await response.json().catch(() => null);
  if (isProblem(body)) return new ProblemError(response.status, body.code, body.message, body.fields, retryAfter);
  return new ProblemError(response.status, "server_error", broken, {}, retryAfter);
}

/** Any thrown thing as a problem, so that a page has words for it. */
export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  return new ProblemError(500, "page_error", broken);
}

function isProblem(body: unknown): body is Schema<"Problem"> {
  if (typeof body !== "object" || body === null || !("code" in body) || !("message" in body)) return false;
  const { message } = body;
  return typeof message === "object" && message !== null && "zh" in message && "en" in message;
}
