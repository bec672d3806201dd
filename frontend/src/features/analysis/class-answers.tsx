"use client";

import { CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { Progress } from "@/components/ui/progress";
import { Link } from "@/i18n/navigation";
import { cn } from "@/lib/cn";
import { useWords } from "@/lib/words";
import { allChoices, percent, textOf, type ItemView } from "./analysis-rules";

/** The question, and under each choice who chose it. */
export function ClassAnswers({ view }: { view: ItemView }) {
  const words = useWords();
  const { item } = view;
  return (
    <div className="grid gap-4 max-lg:order-first">
      {item.prompt && (
        <p lang="en" className="font-reading text-[1.0625rem] leading-relaxed">
          {item.prompt}
        </p>
      )}
      <ul className="grid gap-2">
        {allChoices(view).map((choice) => (
          <ChoiceLine key={choice.letter} view={view} choice={choice} />
        ))}
      </ul>
      {item.key && <p className="rounded-control bg-sunken px-4 py-3 text-sm">{words(item.key.explanation)}</p>}
    </div>
  );
}

function ChoiceLine({ view, choice }: { view: ItemView; choice: ItemView["choices"][number] }) {
  const t = useTranslations("analysis");
  const words = useWords();
  const { letter, count, is_key: isKey, students } = choice;
  const share = view.row.students > 0 ? count / view.row.students : 0;
  const trap = choice.trap ?? view.item.key?.traps.find((it) => it.letter === letter)?.name;
  const text = letter === "" ? t("blank") : textOf(view, letter);
  return (
    <li
      className={cn(
        "grid gap-1.5 rounded-control border border-line px-3.5 py-2.5",
        isKey && "border-good bg-good-soft",
      )}
    >
      <div className="flex items-baseline gap-2.5">
        <strong className="flex items-center gap-1 text-sm">
          {isKey && <CircleCheck className="size-4 self-center text-good" aria-label={t("key")} />}
          {letter}
        </strong>
        <span lang={letter === "" ? undefined : "en"} className={cn("min-w-0 flex-1", letter !== "" && "font-reading")}>
          {text}
        </span>
        <span className="text-sm whitespace-nowrap text-ink-soft tabular-nums">
          {t("people", { count })} · {percent(share)}
        </span>
      </div>
      <Progress value={100 * share} label={t("shareOf", { letter: letter || t("blank") })} className="h-1" />
      {trap && !isKey && count > 0 && <p className="text-xs text-ink-soft">{t("trap", { name: words(trap) })}</p>}
      {students.length > 0 && (
        <details className="text-sm">
          <summary className="w-fit rounded-sm py-0.5 text-xs text-ink-faint hover:text-ink">{t("who")}</summary>
          <ul className="flex flex-wrap gap-x-3 gap-y-1 pt-1">
            {students.map((student) => (
              <li key={student.id}>
                <Link href={`/report/${student.attempt}`} prefetch={false} className="text-accent hover:underline">
                  {student.name}
                </Link>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
