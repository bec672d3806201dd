/** Where to go after sign-in: a place in this app and nowhere else, so that a link cannot send people away. */
export function nextPlace(search: string): string {
  const asked = new URLSearchParams(search).get("next") ?? "/";
  const isOurs = /^\/(?![/\\])/.test(asked) && !asked.startsWith("/sign-in");
  return isOurs ? asked : "/";
}
