import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";

interface FlagsState {
  /** attempt → slots marked for another look. The student's own note: it is nobody else's business and never sent. */
  flags: Record<string, string[]>;
  toggle: (attempt: string, slot: string) => void;
}

const NONE: string[] = [];
const MOST_ATTEMPTS = 20;

export const useFlagStore = create<FlagsState>()(
  persist(
    (set) => ({
      flags: {},
      toggle: (attempt, slot) =>
        set(({ flags }) => {
          const mine = flags[attempt] ?? NONE;
          const next = mine.includes(slot) ? mine.filter((other) => other !== slot) : [...mine, slot];
          const others = Object.entries(flags).filter(([id]) => id !== attempt);
          return { flags: Object.fromEntries([...others.slice(1 - MOST_ATTEMPTS), [attempt, next]]) };
        }),
    }),
    { name: "siji.flags", storage: createJSONStorage(() => localStorage) },
  ),
);

export function useFlags(attempt: string): string[] {
  return useFlagStore((state) => state.flags[attempt] ?? NONE);
}
