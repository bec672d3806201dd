import { create } from "zustand";
import { createJSONStorage, persist, subscribeWithSelector } from "zustand/middleware";
import { immer } from "zustand/middleware/immer";
import { PREFERENCES_KEY } from "@/lib/preferences";
import { courseSlice, type CourseSlice } from "@/lib/state/courses";
import { preferencesOf, rememberLanguage } from "@/lib/state/preferences";
import { userSlice, type Me, type UserSlice } from "@/lib/state/user";

export type { Me };
export type { Theme } from "@/lib/state/preferences";

export type AppState = UserSlice & CourseSlice;

/** What wraps the slices, for their types. */
export type Changing = [
  ["zustand/subscribeWithSelector", never],
  ["zustand/persist", unknown],
  ["zustand/immer", never],
];

/** What only the browser owns (docs/decisions/0007). Of it only preferences are kept: who is here is the server's to say. */
export const useAppStore = create<AppState>()(
  subscribeWithSelector(
    persist(
      immer((...tools) => ({ ...userSlice(...tools), ...courseSlice(...tools) })),
      {
        name: PREFERENCES_KEY,
        storage: createJSONStorage(() => localStorage),
        partialize: ({ preferences }) => ({ preferences }),
        merge: (kept, state) => ({ ...state, preferences: preferencesOf(kept) }),
        skipHydration: true,
      },
    ),
  ),
);

useAppStore.subscribe((state) => state.preferences.language, rememberLanguage);

/** The person signed in. For components below `SignedIn`, where there always is one. */
export function useUser(): Me {
  const me = useAppStore((state) => state.me);
  if (!me) throw new Error("useUser is for what stands below <SignedIn> (components/shell/signed-in.tsx)");
  return me;
}
