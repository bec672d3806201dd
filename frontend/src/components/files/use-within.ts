import { useState } from "react";

/** Chooses a file of at most so many bytes; a larger one is remembered as too big until another is chosen. */
export function useWithin(largest: number, onFile: (file: File) => void) {
  const [isTooBig, setTooBig] = useState(false);
  const choose = (file: File | undefined) => {
    if (!file) return;
    setTooBig(file.size > largest);
    if (file.size <= largest) onFile(file);
  };
  return { isTooBig, choose };
}
