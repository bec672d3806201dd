import { cn } from "@/lib/cn";

interface Props<Name extends string> {
  label: string;
  names: readonly Name[];
  /** The words on the chip of this name. */
  words: (name: Name) => string;
  counts: Readonly<Record<Name, number>>;
  chosen: Name;
  onChoose: (name: Name) => void;
  /** Whose number is a worry when it is not 0. */
  isAlarm?: (name: Name) => boolean;
}

/** How many there are of each kind; each number shows those it counts. */
export function FilterChips<Name extends string>({
  label,
  names,
  words,
  counts,
  chosen,
  onChoose,
  isAlarm,
}: Props<Name>) {
  return (
    <div
      role="group"
      aria-label={label}
      className="-mx-4 flex min-w-0 gap-2 overflow-x-auto px-4 py-0.5 sm:mx-0 sm:flex-wrap sm:px-0"
    >
      {names.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={chosen === name}
          onClick={() => onChoose(name)}
          className={cn(
            "flex h-10 shrink-0 items-center gap-2 rounded-full border border-line bg-surface px-4 text-sm text-ink-soft hover:bg-sunken",
            chosen === name && "border-accent bg-accent-soft font-medium text-accent hover:bg-accent-soft",
          )}
        >
          {words(name)}
          <span className={cn("tabular-nums", isAlarm?.(name) && counts[name] > 0 && "font-semibold text-warn")}>
            {counts[name]}
          </span>
        </button>
      ))}
    </div>
  );
}
