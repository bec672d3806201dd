"use client";

import { CircleAlert, RotateCw, WifiOff, type LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { asProblem } from "@/lib/problem";
import { useWords } from "@/lib/words";

interface EmptyProps {
  icon: LucideIcon;
  title: ReactNode;
  about?: ReactNode;
  /** What to do about it. */
  children?: ReactNode;
  /** Nothing else is on the page: the title is the page's. */
  isPage?: boolean;
  className?: string;
}

export function EmptyState({ icon: Icon, title, about, children, isPage, className }: EmptyProps) {
  const Title = isPage ? "h1" : "p";
  return (
    <div className={cn("grid justify-items-center gap-3 px-6 py-12 text-center", className)}>
      <Icon className="size-7 stroke-[1.5] text-ink-faint" aria-hidden />
      <Title className="font-title text-lg font-semibold">{title}</Title>
      {about && <p className="max-w-md text-sm text-ink-soft">{about}</p>}
      {children && <div className="mt-1 flex flex-wrap justify-center gap-2">{children}</div>}
    </div>
  );
}

/** A page or part that could not be read, with the reason and a way on. */
export function ErrorState({
  error,
  onRetry,
  isPage,
  className,
}: {
  error: unknown;
  onRetry?: () => void;
  /** Nothing else is on the page: the title is the page's. */
  isPage?: boolean;
  className?: string;
}) {
  const t = useTranslations("common");
  const words = useWords();
  const problem = asProblem(error);
  const Icon = problem.isOffline ? WifiOff : CircleAlert;
  const Title = isPage ? "h1" : "p";
  return (
    <div role="alert" className={cn("grid justify-items-center gap-3 px-6 py-12 text-center", className)}>
      <Icon className="size-7 stroke-[1.5] text-bad" aria-hidden />
      <Title className="font-title text-lg font-semibold">{t("couldNotLoad")}</Title>
      <p className="max-w-md text-sm text-ink-soft">{words(problem.words)}</p>
      {onRetry && (
        <Button onClick={onRetry}>
          <RotateCw aria-hidden />
          {t("retry")}
        </Button>
      )}
    </div>
  );
}

/** A refusal beside what was tried, in the server's words; nothing where nothing was refused. */
export function ProblemNote({ error, className }: { error: unknown; className?: string }) {
  const words = useWords();
  if (error === null || error === undefined) return null;
  const problem = asProblem(error);
  return (
    <Note tone="bad" role="alert" className={className}>
      {words(problem.words)}
    </Note>
  );
}

const tones = {
  plain: "border-line-strong/60 bg-sunken text-ink-soft",
  info: "border-accent bg-accent-soft text-ink",
  good: "border-good bg-good-soft text-good",
  warn: "border-warn bg-warn-soft text-warn",
  bad: "border-bad bg-bad-soft text-bad",
};

interface NoteProps {
  tone?: keyof typeof tones;
  role?: "alert" | "status";
  className?: string | undefined;
  children: ReactNode;
}

export function Note({ tone = "plain", className, children, role }: NoteProps) {
  return (
    <div role={role} className={cn("rounded-chip border-l-3 px-4 py-3 text-sm", tones[tone], className)}>
      {children}
    </div>
  );
}
