"use client";

import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, type ComponentProps } from "react";
import { Input } from "@/components/ui/input";

/** A password that can be looked at: typing errors on a phone lock people out. */
export function PasswordInput(props: ComponentProps<"input">) {
  const t = useTranslations("accounts");
  const [isShown, setShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <div className="relative">
      <Input {...props} type={isShown ? "text" : "password"} className="pr-12" />
      <button
        type="button"
        onClick={() => setShown(!isShown)}
        aria-label={isShown ? t("hidePassword") : t("showPassword")}
        className="absolute inset-y-0 right-0 grid w-11 place-items-center rounded-control text-ink-faint hover:text-ink"
      >
        <Icon className="size-4" aria-hidden />
      </button>
    </div>
  );
}
