import type { Held } from "./held";

/** What the tabs of one browser tell each other about one attempt. */
export type TabMessage =
  { kind: "typed"; item: string; seq: number; value: string } | { kind: "settled"; item: string; held: Held };

export interface TabChannel {
  tell(message: TabMessage): void;
  listen(hear: (message: TabMessage) => void): void;
  close(): void;
}

/** The user is in the name: a tab of the person who signed in next hears nothing of the first. */
export function tabsOf(user: number, attempt: string): TabChannel {
  if (typeof BroadcastChannel === "undefined") return alone;
  const channel = new BroadcastChannel(`siji-${user}-${attempt}`);
  return {
    tell: (message) => channel.postMessage(message),
    listen: (hear) => {
      channel.onmessage = (event: MessageEvent<TabMessage>) => hear(event.data);
    },
    close: () => channel.close(),
  };
}

export const alone: TabChannel = { tell: () => undefined, listen: () => undefined, close: () => undefined };
