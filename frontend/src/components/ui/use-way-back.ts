"use client";

import { useState } from "react";

/** Where the focus was when this opened, to go back there: our dialogs have no trigger of their own that would know. */
export function useWayBack(isOpen: boolean): (event: Event) => void {
  const [wasOpen, setWasOpen] = useState(false);
  const [opener, setOpener] = useState<HTMLElement | null>(null);
  if (isOpen !== wasOpen) {
    setWasOpen(isOpen);
    if (isOpen) setOpener(focused());
  }
  return (event) => {
    event.preventDefault();
    opener?.focus();
  };
}

/** Out of a menu the way back is to its button: the menu itself is gone by then. */
function focused(): HTMLElement | null {
  const at = document.activeElement;
  const button = at?.closest("[role=menu]")?.getAttribute("aria-labelledby");
  const found = button ? document.getElementById(button) : at;
  return found instanceof HTMLElement ? found : null;
}
