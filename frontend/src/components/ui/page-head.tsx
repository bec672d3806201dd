import { ChevronLeft } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "@/i18n/navigation";

interface Props {
  title: ReactNode;
  about?: ReactNode;
  back?: { href: string; label: string };
  /** Buttons at the right. */
  children?: ReactNode;
}

export function PageHead({ title, about, back, children }: Props) {
  return (
    <header className="mb-6 grid grid-cols-1 gap-1 sm:mb-8">
      {back && (
        <Link
          href={back.href}
          className="-ml-1 inline-flex h-8 w-fit items-center gap-1 rounded-control pr-2 text-sm text-ink-soft hover:text-ink pointer-coarse:h-touch print:hidden"
        >
          <ChevronLeft className="size-4" aria-hidden />
          {back.label}
        </Link>
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="grid min-w-0 flex-1 basis-64 grid-cols-1 gap-1.5">
          <h1 className="font-title text-2xl font-semibold sm:text-3xl">{title}</h1>
          {about && <div className="text-sm text-ink-soft">{about}</div>}
        </div>
        {children && <div className="flex flex-wrap justify-end gap-2 sm:pt-1 print:hidden">{children}</div>}
      </div>
    </header>
  );
}
