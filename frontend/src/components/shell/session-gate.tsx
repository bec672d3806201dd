"use client";

import { useEffect, useState, type ReactNode } from "react";
import { ErrorState } from "@/components/ui/states";
import { useRouter } from "@/i18n/navigation";
import { api, take } from "@/lib/api";
import { asProblem } from "@/lib/problem";
import { useAppStore } from "@/lib/store";
import { Shortcuts } from "@/components/shell/shortcuts";
import { useTheme } from "@/components/shell/use-theme";

interface Props {
  children: ReactNode;
  /** Shown instead of any page until the given password has been changed. */
  passwordChange: ReactNode;
  /** Shown beside the page to whom it is known. */
  beside?: ReactNode;
  /** Comes over the page when the session ends under it. */
  signInOverPage: ReactNode;
}

/**
 * Finds out who is here, while the page already stands with what is the same for everybody (`SignedIn` holds back the rest). Who
 * is not signed in goes to sign-in and comes back to the same place.
 */
export function SessionGate({ children, passwordChange, beside, signInOverPage }: Props) {
  useTheme();
  const session = useAppStore((state) => state.session);
  const isIn = useAppStore((state) => state.me !== null);
  const mustChange = useAppStore((state) => state.me?.must_change_password ?? false);
  const { error, ask } = useAskWhoIsHere();
  useGoToSignIn(session === "out");

  if (error !== null) {
    return (
      <main className="grid min-h-dvh content-center">
        <ErrorState error={error} onRetry={ask} isPage />
      </main>
    );
  }
  return (
    <>
      {mustChange ? passwordChange : children}
      {isIn && beside}
      {signInOverPage}
      {isIn && <Shortcuts />}
    </>
  );
}

function useAskWhoIsHere(): { error: unknown; ask: () => void } {
  const [error, setError] = useState<unknown>(null);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    const { session, signedIn, signedOut } = useAppStore.getState();
    if (session === "in" || session === "expired") return;
    take(api.GET("/api/v1/me")).then(
      (me) => me && signedIn(me),
      (reason: unknown) => (asProblem(reason).status === 401 ? signedOut() : setError(reason)),
    );
  }, [asked]);
  const ask = () => {
    setError(null);
    setAsked((times) => times + 1);
  };
  return { error, ask };
}

function useGoToSignIn(isOut: boolean): void {
  const router = useRouter();
  useEffect(() => {
    if (!isOut) return;
    const place = window.location.pathname.replace(/^\/(zh|en)(?=\/|$)/, "") + window.location.search;
    router.replace(place && place !== "/" ? `/sign-in?next=${encodeURIComponent(place)}` : "/sign-in");
  }, [isOut, router]);
}
