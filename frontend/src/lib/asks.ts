/**
 * What each page asks of the server first, so that it can be asked before the page's own scripts have come.
 *
 * An address and, character for character, the requests that its page makes; `:id` is the thing in the address. Nothing
 * here depends on the role, which is not known yet. A page that is not named asks who is signed in, and the rest later:
 * frontend/e2e/test_every_page.py counts the rounds and fails where this table and a page have grown apart.
 */
export const ME = "/api/v1/me";

/** The bell of every page but the exam room. */
const NOTICES = "/api/v1/me/notices?limit=20";

export const asks: Readonly<Record<string, readonly string[]>> = {
  "/": [NOTICES, "/api/v1/attempts?limit=6", "/api/v1/me/assignments", "/api/v1/courses?status=active&page_size=10"],
  "/account": [NOTICES, "/api/v1/me/notice-preferences"],
  "/notices": [NOTICES],
  "/courses": [NOTICES, "/api/v1/courses?page=1&page_size=20&status="],
  "/courses/:id": [NOTICES, "/api/v1/courses/:id", "/api/v1/attempts?limit=200"],
  "/assignments/:id": [NOTICES, "/api/v1/assignments/:id", "/api/v1/assignments/:id/attempts?limit=100"],
  "/rooms/:id": [NOTICES, "/api/v1/assignments/:id/room"],
  "/analysis/:id": [NOTICES, "/api/v1/assignments/:id/analysis"],
  "/papers": [NOTICES, "/api/v1/papers"],
  "/papers/:id": [NOTICES, "/api/v1/papers/:id", "/api/v1/attempts?paper=:id&limit=50"],
  "/marking": [NOTICES, "/api/v1/scripts?state=waiting&slot=&limit=50"],
  "/marking/:id": [NOTICES, "/api/v1/scripts/:id"],
  "/attempt/:id": ["/api/v1/attempts/:id"],
  "/report/:id": [NOTICES, "/api/v1/attempts/:id/report"],
  "/people": [NOTICES, "/api/v1/users?q=&role=&limit=50"],
  "/audit": [NOTICES, "/api/v1/audit?subject=&action=&limit=100"],
};

/** Pages that ask nothing: nobody is signed in there. */
export const silent: readonly string[] = ["/sign-in"];

/** Of an address without its language: "/courses/5". A filter in the address asks for something else than the table says. */
export function asksOf(href: string): string[] {
  const [, path = "", search] = /^([^?#]*)(\?[^#]*)?/.exec(href) ?? [];
  const [, place = "", id] = /^(\/[^/]*)(?:\/([^/]+))?\/?$/.exec(path || "/") ?? [];
  if (id !== undefined) return (asks[`${place}/:id`] ?? []).map((ask) => ask.replaceAll(":id", id));
  return search ? [] : [...(asks[place] ?? [])];
}
