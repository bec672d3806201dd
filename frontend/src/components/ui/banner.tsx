import { CircleCheck, Info, OctagonAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

const kinds = {
  info: { icon: Info, look: "bg-accent-soft", sign: "text-accent" },
  good: { icon: CircleCheck, look: "bg-good-soft", sign: "text-good" },
  warn: { icon: TriangleAlert, look: "bg-warn-soft", sign: "text-warn" },
  bad: { icon: OctagonAlert, look: "bg-bad-soft", sign: "text-bad" },
};

interface Props {
  tone?: keyof typeof kinds;
  role?: "alert" | "status";
  /** What to do about it, at the right. */
  action?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A strip across the page for what concerns all of it. Beside one thing, `Note`. */
export function Banner({ tone = "info", role, action, className, children }: Props) {
  const { icon: Icon, look, sign } = kinds[tone];
  return (
    <div role={role} className={cn("border-b border-line text-ink", look)}>
      <div
        className={cn("mx-auto flex max-w-desk flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2 text-sm", className)}
      >
        <Icon className={cn("size-4 shrink-0", sign)} aria-hidden />
        <span className="min-w-0 flex-1">{children}</span>
        {action}
      </div>
    </div>
  );
}
