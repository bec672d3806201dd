"use client";

import { useEffect, useEffectEvent } from "react";

interface Wanted {
  onKey: (key: string) => void;
  onSave: () => void;
}

/** Keys of the desk. In the comment they type; there Ctrl or ⌘ with Enter saves. */
export function useMarkingKeys({ onKey, onSave }: Wanted): void {
  const act = useEffectEvent((event: KeyboardEvent) => {
    if (document.querySelector("[role=dialog]")) return;
    const isTyping = event.target instanceof HTMLElement && event.target.closest("textarea, input, select") !== null;
    const withCommand = event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && (isTyping ? withCommand : !isOnControl(event.target))) {
      event.preventDefault();
      onSave();
    } else if (!isTyping && !withCommand && !event.altKey) {
      if (event.key === "ArrowUp" || event.key === "ArrowDown") event.preventDefault();
      onKey(event.key);
    }
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => act(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

/** Enter on a button, link or menu is that control's own. A mark's button is where one has just clicked: Enter saves. */
function isOnControl(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.closest("a, button:not([aria-pressed]), summary, [role=menu], [role=dialog]") !== null;
}
