/**
 * Answers that were asked for before the page that needs them: by a script in the HTML, while every other script is still
 * on its way, and when somebody turns to a link. Each is taken once and soon. Whatever changes something on the server
 * empties the store, so that nothing is shown as it was before.
 */
import { asksOf } from "@/lib/asks";

/** Of monotonic moments, as `performance.now()`. */
export interface Times {
  askedAt: number;
  heardAt: number;
}

interface Asked {
  askedAt: number;
  /** 0 while it is under way. */
  heardAt: number;
  answer: Promise<Response>;
}

declare global {
  interface Window {
    /** Begun by components/shell/ask-script.tsx. */
    sijiAhead?: Record<string, Asked> | undefined;
  }
}

/** As long as what was read counts as fresh (lib/query.tsx); an answer that waited longer is asked for again. */
const SOON_MS = 15_000;

const times = new WeakMap<Response, Times>();
const lastAsked = new Map<string, number>();

/** When an answer was asked for and heard: long before it was taken, where it was asked ahead. */
export function timesOf(response: Response): Times | undefined {
  return times.get(response);
}

/** The answer to a request: the one that is under way or there already, else a new one. */
export async function answerTo(request: Request): Promise<Response> {
  const ahead = request.method === "GET" ? taken(keyOf(request.url)) : undefined;
  const asked = ahead ?? begun(() => fetch(request));
  const response = await asked.answer;
  times.set(response, { askedAt: asked.askedAt, heardAt: asked.heardAt || performance.now() });
  return response;
}

/** Asks what the page of a link will ask, unless that was asked just now. */
export function askAhead(href: string, role: Parameters<typeof asksOf>[1]): void {
  for (const url of asksOf(href, role)) {
    if (performance.now() - (lastAsked.get(url) ?? -Infinity) < SOON_MS) continue;
    lastAsked.set(url, performance.now());
    store()[url] = begun(() => fetch(url));
  }
}

export function forgetAhead(): void {
  window.sijiAhead = {};
  lastAsked.clear();
}

function taken(url: string): Asked | undefined {
  lastAsked.set(url, performance.now());
  const asked = store()[url];
  delete store()[url];
  return asked && performance.now() - asked.askedAt < SOON_MS ? asked : undefined;
}

function begun(ask: () => Promise<Response>): Asked {
  const answer = ask();
  const asked: Asked = { askedAt: performance.now(), heardAt: 0, answer };
  const hear = () => {
    asked.heardAt = performance.now();
  };
  // Whoever takes the answer hears of a failure; if nobody does, nobody wanted it.
  answer.then(hear, hear);
  return asked;
}

function store(): Record<string, Asked> {
  return (window.sijiAhead ??= {});
}

function keyOf(url: string): string {
  const { pathname, search } = new URL(url, window.location.origin);
  return pathname + search;
}
