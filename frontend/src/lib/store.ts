import { create } from "zustand";
import { createJSONStorage, persist, subscribeWithSelector } from "zustand/middleware";
import { immer } from "zustand/middleware/immer";
import type { Schema } from "@/client/types";
import { PREFERENCES_KEY } from "@/lib/preferences";

export type Me = Schema<"Me">;
export type Theme = "system" | "light" | "dark";

interface AppState {
  me: Me | null;
  /** unknown: not asked yet. expired: signed in here before, and the server says no more: sign in over the page. */
  session: "unknown" | "in" | "out" | "expired";
  theme: Theme;
  signedIn: (me: Me) => void;
  signedOut: () => void;
  expired: () => void;
  setTheme: (theme: Theme) => void;
}

/** What only the browser owns. Of it only preferences are kept: who is signed in is the server's to say. */
export const useAppStore = create<AppState>()(
  subscribeWithSelector(
    persist(
      immer((set) => ({
        me: null,
        session: "unknown",
        theme: "system",
        signedIn: (me) =>
          set((state) => {
            state.me = me;
            state.session = "in";
          }),
        signedOut: () =>
          set((state) => {
            state.me = null;
            state.session = "out";
          }),
        expired: () =>
          set((state) => {
            state.session = "expired";
          }),
        setTheme: (theme) =>
          set((state) => {
            state.theme = theme;
          }),
      })),
      {
        name: PREFERENCES_KEY,
        storage: createJSONStorage(() => localStorage),
        partialize: (state) => ({ theme: state.theme }),
        skipHydration: true,
      },
    ),
  ),
);

/** The person signed in. For components below the session gate, where there always is one. */
export function useUser(): Me {
  const me = useAppStore((state) => state.me);
  if (!me) throw new Error("useUser is for pages behind the session gate");
  return me;
}
