import { http, HttpResponse, type JsonBodyType } from "msw";
import { setupServer } from "msw/node";
import type { Schema } from "@/client/types";

/** Stands in for the API at the network's edge: what the client really sends and gets is what tests see. */
export const server = setupServer();

type Method = "get" | "post" | "put" | "patch" | "delete";

/** Answers one path under /api/v1; the handler may look at the request. */
export function onApi(method: Method, path: string, answer: (request: Request) => Response | Promise<Response>): void {
  server.use(http[method](`*/api/v1${path}`, ({ request }) => answer(request)));
}

export function ok(body: JsonBodyType, status = 200): Response {
  return HttpResponse.json(body, { status });
}

export function refusal(status: number, code: string, zh: string, headers: Record<string, string> = {}): Response {
  const problem: Schema<"Problem"> = { code, message: { zh, en: `${code} in English` }, fields: {} };
  return HttpResponse.json(problem, { status, headers });
}
