import { create } from "zustand";
import { useUser } from "@/lib/store";

export interface LastMarked {
  id: number;
  name: string;
  mark: number;
  /** Who marked it: the next person at this browser is told nothing of it. */
  by: number;
}

const useStore = create<{ last: LastMarked | null }>()(() => ({ last: null }));

/** What the person marked last in this tab, to go back to while it is still in mind; null: nothing yet. */
export function useLastMarked(): LastMarked | null {
  const me = useUser().id;
  const last = useStore((state) => state.last);
  return last?.by === me ? last : null;
}

export function rememberMarked(last: LastMarked): void {
  useStore.setState({ last });
}
