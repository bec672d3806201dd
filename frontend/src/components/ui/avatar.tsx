import { cn } from "@/lib/cn";

/** A person by the first character of the name: the family name in Chinese. Beside the name itself, so it is drawn and not read. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden
      data-initial={[...name][0] ?? "?"}
      className={cn(
        "grid size-8 shrink-0 place-items-center rounded-full border border-line-strong/50 bg-surface font-title text-sm font-semibold text-ink-soft before:content-[attr(data-initial)]",
        className,
      )}
    />
  );
}
