import { $api } from "@/lib/api";

/** Rooms fill and scripts come in while the page is open. */
const ASK_EVERY_MS = 60_000;

export function useToday() {
  return $api.useQuery("get", "/api/v1/me/dashboard", {}, { refetchInterval: ASK_EVERY_MS });
}
