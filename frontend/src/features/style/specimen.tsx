import type { ReactNode } from "react";

/** One part of the style page. Headings are the names in the code: they are the same in every language. */
export function Specimen({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section id={name} className="grid min-w-0 scroll-mt-6 grid-cols-1 content-start gap-3 border-t border-line pt-4">
      <h2 className="font-mono text-sm text-ink-faint">{name}</h2>
      {children}
    </section>
  );
}

export function Line({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-3">{children}</div>;
}
