/**
 * The one way to the server. Calls are typed by the generated client; every refusal is thrown as a `ProblemError`.
 *
 * A session that ended while a page was open is asked for again over the page, then the same request is sent once more:
 * what was typed is not lost. A security token that went stale is fetched and the request sent once more.
 */
import createFetchClient from "openapi-fetch";
import createQueryClient from "openapi-react-query";
import type { paths } from "@/client/schema";
import { answerTo, forgetAhead } from "@/lib/ahead";
import { ProblemError, readProblem, unreachable } from "@/lib/problem";
import { signInAgain } from "@/lib/session";

const SESSION_PATH = "/api/v1/session";
const ME_PATH = "/api/v1/me";
const READ_ONLY = new Set(["GET", "HEAD", "OPTIONS"]);

export const api = createFetchClient<paths>({ baseUrl: origin(), fetch: send });
export const $api = createQueryClient(api);

/** The data of an answer. Refusals have been thrown already; a 204 has none. */
export async function take<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call;
  return data as T;
}

/** A file as the form that the server expects, which the generated types know only as text; the answer keeps its type. */
export function fileForm(file: File): { body: { file: string } } {
  const form = new FormData();
  form.append("file", file, file.name);
  return { body: form as unknown as { file: string } };
}

export async function send(request: Request): Promise<Response> {
  const spare = request.clone();
  let response = await reach(request);
  if (response.status === 401 && asksForSignIn(request) && (await signInAgain())) {
    response = await reach(spare.clone());
  }
  if (response.ok || response.status === 304) return response;
  const problem = await readProblem(response);
  if (problem.code === "csrf" && !READ_ONLY.has(request.method)) return refreshToken(spare);
  throw problem;
}

async function refreshToken(spare: Request): Promise<Response> {
  await reach(new Request(new URL(ME_PATH, origin())));
  const response = await reach(spare);
  if (response.ok) return response;
  throw await readProblem(response);
}

async function reach(request: Request): Promise<Response> {
  const isChange = !READ_ONLY.has(request.method);
  if (isChange) request.headers.set("X-CSRFToken", csrfToken());
  try {
    return await answerTo(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new ProblemError(0, "offline", unreachable);
  } finally {
    if (isChange) forgetAhead();
  }
}

/** Signing in and asking who is here answer 401 as a plain fact; anything else means that the session ended. */
function asksForSignIn(request: Request): boolean {
  const { pathname } = new URL(request.url);
  return pathname !== SESSION_PATH && !(pathname === ME_PATH && request.method === "GET");
}

function csrfToken(): string {
  const found = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie);
  return found?.[1] ?? "";
}

function origin(): string {
  return typeof window === "undefined" ? "http://127.0.0.1" : window.location.origin;
}
