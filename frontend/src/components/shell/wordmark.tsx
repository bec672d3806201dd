import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn";

/** The seal: 四, cut in white. The same drawing as app/icon.svg. */
export function Seal({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={cn("size-8 forced-color-adjust-none", className)} aria-hidden>
      <rect x="1" y="1" width="30" height="30" rx="4" className="fill-seal" />
      <path
        d="M8 9h16v14H8zM13 9v5.5c0 1.6-.7 2.8-2.4 3.6M18.6 9v6.6c0 1.2.6 1.8 1.8 1.8H24"
        fill="none"
        strokeWidth="2.2"
        strokeLinejoin="round"
        className="stroke-on-seal"
      />
    </svg>
  );
}

export function Wordmark({ className }: { className?: string }) {
  const t = useTranslations("common");
  return (
    <span className={cn("inline-flex items-center gap-2.5", className)}>
      <Seal />
      <span className="font-title text-xl leading-none font-bold tracking-widest">{t("wordmark")}</span>
      <span aria-hidden className="border-l border-line-strong/50 pl-2.5 text-xs tracking-wide text-ink-faint">
        {t("wordmarkBeside")}
      </span>
    </span>
  );
}
