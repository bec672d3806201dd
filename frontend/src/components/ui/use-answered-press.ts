import { startTransition, useState } from "react";

/** Whether something is open. A press is answered first: what it opens takes a slow device longer than one notices. */
export function useAnsweredPress(startsOpen = false): [boolean, (isOpen: boolean) => void] {
  const [isOpen, setOpen] = useState(startsOpen);
  return [isOpen, (open) => (open ? startTransition(() => setOpen(true)) : setOpen(false))];
}
