"use client";

import { useEffect, useRef, useState } from "react";

const PAUSE_MS = 150;

/**
 * What stands in a field whose words belong in the address: written there once typing pauses, so that an input method is never
 * disturbed; and taken from there when the address was changed by something else.
 */
export function useTyped(inAddress: string, write: (words: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(inAddress);
  const [seen, setSeen] = useState(inAddress);
  const [written, setWritten] = useState(inAddress);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(write);
  useEffect(() => {
    latest.current = write;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  if (inAddress !== seen) {
    setSeen(inAddress);
    if (inAddress !== written) setTyped(inAddress);
  }
  const type = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setWritten(text.trim());
      latest.current(text.trim());
    }, PAUSE_MS);
  };
  return [typed, type];
}
