import type { StateCreator } from "zustand";
import type { Schema } from "@/client/types";
import { noCourses } from "@/lib/state/courses";
import { type Preferences, usual } from "@/lib/state/preferences";
import type { AppState, Changing } from "@/lib/store";

export type Me = Schema<"Me">;

export interface UserSlice {
  me: Me | null;
  /** unknown: not asked yet. expired: signed in here before, and the server says no more: sign in over the page. */
  session: "unknown" | "in" | "out" | "expired";
  preferences: Preferences;
  signedIn: (me: Me) => void;
  signedOut: () => void;
  expired: () => void;
  prefer: (change: Partial<Preferences>) => void;
}

export const userSlice: StateCreator<AppState, Changing, [], UserSlice> = (set) => ({
  me: null,
  session: "unknown",
  preferences: usual,
  signedIn: (me) =>
    set((state) => {
      state.me = me;
      state.session = "in";
    }),
  signedOut: () =>
    set((state) => {
      state.me = null;
      state.session = "out";
      Object.assign(state, noCourses);
    }),
  expired: () =>
    set((state) => {
      state.session = "expired";
    }),
  prefer: (change) =>
    set((state) => {
      Object.assign(state.preferences, change);
    }),
});
