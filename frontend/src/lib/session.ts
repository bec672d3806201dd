import { useAppStore, type Me } from "@/lib/store";

let waiting: { promise: Promise<boolean>; settle: (signedIn: boolean) => void } | null = null;

/** Asks for a sign-in over the page and waits for it. True: somebody signed in, send again. One dialog however many ask. */
export function signInAgain(): Promise<boolean> {
  if (useAppStore.getState().session === "out") return Promise.resolve(false);
  if (!waiting) {
    let settle: (signedIn: boolean) => void = () => undefined;
    const promise = new Promise<boolean>((resolve) => {
      settle = resolve;
    });
    waiting = { promise, settle };
  }
  useAppStore.getState().expired();
  return waiting.promise;
}

/** Whoever waited goes on. Another person than before starts on a fresh page: nothing of the first may be shown. */
export function finishSignIn(me: Me): void {
  const before = useAppStore.getState().me;
  if (before && before.id !== me.id) {
    giveUpSignIn();
    // A full load on purpose: the first person's data must leave memory.
    // eslint-disable-next-line @next/next/no-location-assign-relative-destination
    window.location.assign("/");
    return;
  }
  useAppStore.getState().signedIn(me);
  settle(true);
}

/** The person chose not to sign in again. */
export function giveUpSignIn(): void {
  useAppStore.getState().signedOut();
  settle(false);
}

function settle(signedIn: boolean): void {
  waiting?.settle(signedIn);
  waiting = null;
}
