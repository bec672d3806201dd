import { send } from "@/lib/api";

/** Bytes `first` … `last` of a track; kept by no cache. */
export function fetchRange(path: string, first: number, last: number): Promise<Response> {
  const url = new URL(path, window.location.origin);
  return send(new Request(url, { headers: { Range: `bytes=${first}-${last}` }, cache: "no-store" }));
}
