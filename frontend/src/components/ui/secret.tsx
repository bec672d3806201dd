"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";

/** Something to hand on as it is: a password, a course's code. */
export function Secret({ value, label }: { value: string; label: string }) {
  const t = useTranslations("common");
  const [isCopied, setCopied] = useState(false);
  const copy = () => navigator.clipboard?.writeText(value).then(() => setCopied(true));
  return (
    <span className="inline-flex items-center gap-2">
      <code
        aria-label={label}
        className="rounded-chip bg-sunken px-2.5 py-1 font-mono text-base tracking-wide select-all"
      >
        {value}
      </code>
      <Button size="icon" look="quiet" onClick={() => void copy()} aria-label={isCopied ? t("copied") : t("copy")}>
        {isCopied ? <Check className="text-good" aria-hidden /> : <Copy aria-hidden />}
      </Button>
    </span>
  );
}
