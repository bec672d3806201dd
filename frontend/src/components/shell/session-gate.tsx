"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState, type ReactNode } from "react";
import { ErrorState } from "@/components/ui/states";
import { Skeleton } from "@/components/ui/skeleton";
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
  /** Comes over the page when the session ends under it. */
  signInOverPage: ReactNode;
}

/** Pages behind it always have a person. Who is not signed in goes to sign-in and comes back to the same place. */
export function SessionGate({ children, passwordChange, signInOverPage }: Props) {
  useTheme();
  const session = useAppStore((state) => state.session);
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
  if (session === "unknown" || session === "out") return <Waiting />;
  return (
    <>
      {mustChange ? passwordChange : children}
      {signInOverPage}
      <Shortcuts />
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

function Waiting() {
  const t = useTranslations("common");
  return (
    <div role="status" aria-label={t("loading")} className="mx-auto grid max-w-page gap-6 px-4 py-4">
      <Skeleton className="h-10" />
      <Skeleton className="h-8 w-48" />
      <Skeleton className="h-40" />
      <Skeleton className="h-64" />
    </div>
  );
}
