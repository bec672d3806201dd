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
  return HttpResponse.json(problem(code, zh), { status, headers });
}

/** A 422 that names inputs; Chinese words by name. */
export function invalid(fields: Record<string, string>): Response {
  return HttpResponse.json(problem("invalid", "有些内容填得不对。", fields), { status: 422 });
}

function problem(code: string, zh: string, fields: Record<string, string> = {}): Schema<"Problem"> {
  const words = Object.entries(fields).map(([name, why]) => [name, { zh: why, en: `${name} in English` }]);
  const message = { zh, en: `${code} in English` };
  return { code, message, fields: Object.fromEntries(words) as Schema<"Problem">["fields"], request_id: "" };
}
