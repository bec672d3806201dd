"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { Card, CardHead } from "@/components/ui/card";
import type { Course } from "@/features/courses/use-course";
import { $api } from "@/lib/api";
import type { Schema } from "@/client/types";
import { useTimes } from "@/lib/time";
import { useWords } from "@/lib/words";

type Unit = Schema<"CourseUnit">;

export const workId = (assignment: number) => `work-${assignment}`;

/** The sessions that were published into the course: what is done in each, and the work that belongs to it. Nothing before. */
export function Units({ course }: { course: Course }) {
  const t = useTranslations("courses");
  const { data } = $api.useQuery("get", "/api/v1/courses/{course_id}/units", {
    params: { path: { course_id: course.id } },
  });
  if (!data || data.length === 0) return null;
  const titles = new Map(course.assignments.map(({ id, title }) => [id, title]));
  return (
    <Card>
      <CardHead title={t("units")} about={t("unitsAbout", { count: data.length })} />
      <ol className="divide-y divide-line border-t border-line">
        {data.map((unit) => (
          <UnitLine key={unit.id} unit={unit} titles={titles} />
        ))}
      </ol>
    </Card>
  );
}

function UnitLine({ unit, titles }: { unit: Unit; titles: ReadonlyMap<number, string> }) {
  const t = useTranslations("courses");
  const words = useWords();
  const times = useTimes();
  const work = unit.assignments.filter((id) => titles.has(id));
  return (
    <li className="px-5 py-3">
      <details className="group">
        <summary className="flex cursor-pointer list-none items-start justify-between gap-3 [&::-webkit-details-marker]:hidden">
          <span className="grid gap-0.5">
            <span className="font-medium group-open:text-accent">{unit.title}</span>
            <span className="text-sm text-ink-faint">
              {t("unit", { number: unit.number })} · {t("unitHours", { hours: unit.hours })}
              {unit.held_on && ` · ${times.day(unit.held_on)}`}
            </span>
          </span>
          <ChevronDown
            aria-hidden
            className="mt-1 size-4 shrink-0 text-ink-faint transition-transform group-open:rotate-180"
          />
        </summary>
        <ul className="mt-2 grid gap-1 border-l-2 border-line pl-3 text-sm">
          {unit.parts.map(({ activity, hours }, at) => (
            <li key={at} className="flex items-baseline justify-between gap-4">
              <span className="min-w-0">{words(activity)}</span>
              <span className="shrink-0 text-ink-faint tabular-nums">{t("unitHours", { hours })}</span>
            </li>
          ))}
        </ul>
      </details>
      {work.map((id) => (
        <a
          key={id}
          href={`#${workId(id)}`}
          className="mt-1 inline-block text-sm text-accent underline underline-offset-4"
        >
          {titles.get(id)}
        </a>
      ))}
    </li>
  );
}
