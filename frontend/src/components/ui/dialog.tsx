"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { useWayBack } from "@/components/ui/use-way-back";
import { cn } from "@/lib/cn";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** What this is about, read out with the title. */
  about?: ReactNode;
  /** False: only its own buttons close it. */
  isDismissable?: boolean;
  className?: string;
  children?: ReactNode;
}

const bottom =
  "inset-x-0 bottom-0 max-h-[92dvh] rounded-t-card pb-[env(safe-area-inset-bottom)] max-sm:data-[state=open]:slide-in-from-bottom-8";
const middle =
  "sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-[calc(100%-2rem)] sm:max-w-lg sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-card";
const side =
  "sm:inset-y-0 sm:right-0 sm:left-auto sm:max-h-none sm:w-full sm:max-w-md sm:rounded-none sm:border-l sm:border-line sm:data-[state=open]:slide-in-from-right-8";

/** In the middle on a desk, from the bottom edge on a phone. */
export function Dialog(props: Props) {
  return <Panel {...props} place={middle} />;
}

/** At the right edge on a desk, from the bottom edge on a phone: for what is worked with beside the page. */
export function Sheet(props: Props) {
  return <Panel {...props} place={side} />;
}

function Panel({
  open,
  onOpenChange,
  title,
  about,
  isDismissable = true,
  className,
  children,
  place,
}: Props & { place: string }) {
  const t = useTranslations("common");
  const wayBack = useWayBack(open);
  const hold = (event: Event) => {
    if (!isDismissable) event.preventDefault();
  };
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 bg-scrim data-[state=closed]:animate-out data-[state=closed]:fade-out data-[state=open]:animate-in data-[state=open]:fade-in" />
        <Radix.Content
          onCloseAutoFocus={wayBack}
          onEscapeKeyDown={hold}
          onPointerDownOutside={hold}
          onInteractOutside={hold}
          {...(about ? {} : { "aria-describedby": undefined })}
          className={cn(
            "fixed z-50 flex flex-col bg-raised shadow-raised outline-none data-[state=open]:animate-in data-[state=open]:fade-in forced-colors:border",
            bottom,
            place,
            className,
          )}
        >
          <div className="flex items-start justify-between gap-4 px-5 pt-5 sm:px-6 sm:pt-6">
            <div className="grid gap-1">
              <Radix.Title className="font-title text-xl font-semibold">{title}</Radix.Title>
              {about && <Radix.Description className="text-sm text-ink-soft">{about}</Radix.Description>}
            </div>
            {isDismissable && (
              <Radix.Close
                aria-label={t("close")}
                className="-mt-2 -mr-2.5 grid size-touch shrink-0 place-items-center rounded-control text-ink-faint hover:bg-sunken hover:text-ink"
              >
                <X className="size-5" aria-hidden />
              </Radix.Close>
            )}
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-4 pb-6 sm:px-6">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The buttons at the foot of a dialog; the main one last, and on a phone on top. */
export function DialogButtons({ children }: { children: ReactNode }) {
  return <div className="mt-6 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">{children}</div>;
}
