"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Confirm } from "@/components/ui/confirm";
import { useRouter } from "@/i18n/navigation";

/** While there is something unsaved, a link asks first, and so does the browser before it closes the page. */
export function LeaveGuard({ isOn }: { isOn: boolean }) {
  const t = useTranslations("run");
  const router = useRouter();
  const [to, setTo] = useState<string | null>(null);
  useEffect(() => {
    if (!isOn) return;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    const ask = (event: MouseEvent) => {
      const link = (event.target as Element | null)?.closest?.("a[href]");
      const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
      if (!(link instanceof HTMLAnchorElement) || !isPlain || link.target === "_blank" || link.hasAttribute("download"))
        return;
      if (link.origin !== window.location.origin || link.pathname === window.location.pathname) return;
      event.preventDefault();
      event.stopPropagation();
      setTo(link.pathname.replace(/^\/(zh|en)(?=\/|$)/, "") + link.search || "/");
    };
    window.addEventListener("beforeunload", hold);
    document.addEventListener("click", ask, { capture: true });
    return () => {
      window.removeEventListener("beforeunload", hold);
      document.removeEventListener("click", ask, { capture: true });
    };
  }, [isOn]);
  return (
    <Confirm
      open={to !== null}
      onOpenChange={() => setTo(null)}
      title={t("leaveTitle")}
      about={t("leaveAbout")}
      action={t("leave")}
      isDanger
      onConfirm={async () => router.push(to ?? "/")}
    />
  );
}
