/**
 * What each page asks of the server first, so that it can be asked before the page's own scripts have come.
 *
 * An address and, character for character, the requests that its page makes; `:id` is the thing in the address. A page that is not
 * named asks who is signed in, and the rest later. frontend/e2e/test_first_visits.py counts what is asked and when, and fails where
 * this table and a page have grown apart.
 */
import type { Schema } from "@/client/types";

type Role = Schema<"Me">["role"];

export const ME = "/api/v1/me";

interface Asks {
  /** Asked at once, whoever it is. */
  all: readonly string[];
  /** Asked as soon as it is known who is here: what is refused to others, or useless to them. */
  of?: Partial<Record<Role, readonly string[]>>;
}

const ofStaff = (...urls: string[]) => ({ teacher: urls, admin: urls });

export const asks: Readonly<Record<string, Asks>> = {
  "/": {
    all: ["/api/v1/courses?status=active&page_size=12"],
    of: { student: ["/api/v1/attempts?limit=6", "/api/v1/me/assignments"], teacher: ["/api/v1/me/dashboard"] },
  },
  "/courses": { all: ["/api/v1/courses?page=1&page_size=20&status="] },
  "/courses/:id": {
    all: ["/api/v1/courses/:id"],
    of: {
      student: ["/api/v1/attempts?limit=200", "/api/v1/courses/:id/units"],
      ...ofStaff("/api/v1/courses/:id/results?limit=1"),
    },
  },
  "/papers": { all: ["/api/v1/papers"] },
  "/papers/:id": {
    all: ["/api/v1/papers/:id"],
    of: { student: ["/api/v1/attempts?paper=:id&limit=50"], ...ofStaff("/api/v1/papers/:id/content") },
  },
  "/marking": { all: ["/api/v1/scripts?state=waiting&slot=&limit=50"] },
  "/marking/:id": { all: ["/api/v1/scripts/:id"] },
  "/assignments/:id": { all: ["/api/v1/assignments/:id", "/api/v1/assignments/:id/attempts?limit=100"] },
  "/rooms/:id": { all: ["/api/v1/assignments/:id/room"] },
  "/syllabi/:id": { all: ["/api/v1/syllabi/:id", "/api/v1/syllabi/:id/text"] },
  "/runs/:id": { all: ["/api/v1/runs/:id"] },
  "/analysis/:id": { all: ["/api/v1/assignments/:id/analysis"] },
  "/calibration/:id": { all: ["/api/v1/courses/:id/calibrations/W"] },
  "/attempt/:id": { all: ["/api/v1/attempts/:id"] },
  "/report/:id": { all: ["/api/v1/attempts/:id/report", "/api/v1/attempts/:id/marking"] },
  "/people": { all: ["/api/v1/users?q=&role=&limit=25"] },
  "/audit": { all: ["/api/v1/audit?subject=&action=&limit=100"] },
  "/search": { all: [] },
  "/promises": { all: ["/api/v1/promises"] },
  "/alerts": { all: ["/api/v1/alerts?state=open&limit=50", "/api/v1/silences"] },
  "/gateway": { all: ["/api/v1/gateway"] },
  "/account": { all: ["/api/v1/me/notice-preferences"] },
  "/status": { all: ["/api/v1/status"] },
};

/** Pages that ask for nobody in particular, at the most what is their own above. */
export const silent: readonly string[] = ["/sign-in", "/status"];

/** Of the shell, and so of every page but those that have none. */
export const ofShell = "/api/v1/me/notices?limit=20";
export const withoutShell: readonly string[] = ["/attempt/:id"];

/** Of an address without its language: "/courses/5". A filter in the address asks for something else than the table says. */
export function asksOf(href: string, role: Role): string[] {
  const [, path = "", search] = /^([^?#]*)(\?[^#]*)?/.exec(href) ?? [];
  const [, place = "", id] = /^(\/[^/]*)(?:\/([^/]+))?\/?$/.exec(path || "/") ?? [];
  const found = id === undefined ? (search ? undefined : asks[place]) : asks[`${place}/:id`];
  return [...(found?.all ?? []), ...(found?.of?.[role] ?? [])].map((ask) => ask.replaceAll(":id", id ?? ""));
}
