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
    <header className="mb-6 grid gap-2">
      {back && (
        <Link
          href={back.href}
          className="-ml-1 inline-flex h-8 w-fit items-center gap-1 rounded-control pr-2 text-sm text-ink-soft hover:text-ink"
        >
          <ChevronLeft className="size-4" aria-hidden />
          {back.label}
        </Link>
      )}
      <div className="flex items-start justify-between gap-x-4">
        <div className="grid min-w-0 flex-1 gap-1">
          <h1 className="text-2xl leading-tight font-semibold tracking-tight">{title}</h1>
          {about && <div className="text-sm text-ink-soft">{about}</div>}
        </div>
        {children && <div className="flex flex-wrap justify-end gap-2">{children}</div>}
      </div>
    </header>
  );
}
