import { navigationOf } from "@/components/shell/places";
import type { Me } from "@/lib/store";

/** Where to go after sign-in: where one wanted to go, else the first place of the role; a place in this app and nowhere else, so that a link cannot send people away. */
export function nextPlace(search: string, role: Me["role"]): string {
  const first = navigationOf(role)[0]?.href ?? "/";
  const asked = new URLSearchParams(search).get("next") ?? first;
  const isOurs = /^\/(?![/\\])/.test(asked) && !asked.startsWith("/sign-in");
  return isOurs ? asked : first;
}
