import { useTranslations } from "next-intl";
import { Status, type Tone } from "@/components/ui/badge";
import { cn } from "@/lib/cn";
import { budgetLeft, type Goal, inShare, inUnit, sparkOf } from "./rules";

/** One promise on a line: what it is, what it is now, what was promised, how the day went, what may still go wrong. */
export function GoalRow({ goal, at }: { goal: Goal; at: string }) {
  const t = useTranslations("promises");
  const show = (value: number) => inUnit(goal.unit, value);
  return (
    <li
      aria-label={t(`goals.${goal.name}`)}
      className="grid grid-cols-2 items-center gap-x-6 gap-y-2 px-5 py-4 lg:grid-cols-[minmax(0,1fr)_7rem_11rem_10rem]"
    >
      <div className="grid gap-0.5">
        <span className="font-medium">
          <span className="mr-2 text-xs font-normal text-ink-faint tabular-nums">{goal.name.split("-")[0]}</span>
          {t(`goals.${goal.name}`)}
        </span>
        <span className="text-xs text-ink-faint tabular-nums">
          {t(goal.is_low_good ? "mustBelow" : "mustAbove", { value: show(goal.must) })} ·{" "}
          {t("aim", { value: show(goal.aim) })}
        </span>
      </div>
      <div className="grid justify-items-end gap-0.5 lg:justify-items-start">
        <span className="font-title text-xl font-semibold tabular-nums">
          {goal.value === null ? "—" : show(goal.value)}
        </span>
        <Kept isKept={goal.is_kept} />
      </div>
      <Trend goal={goal} at={at} />
      <Budget goal={goal} />
    </li>
  );
}

function Kept({ isKept }: { isKept: Goal["is_kept"] }) {
  const t = useTranslations("promises");
  const [tone, word]: [Tone, "kept" | "broken" | "unmeasured"] =
    isKept === null ? ["plain", "unmeasured"] : isKept ? ["good", "kept"] : ["bad", "broken"];
  return <Status tone={tone}>{t(word)}</Status>;
}

function Trend({ goal, at }: { goal: Goal; at: string }) {
  const t = useTranslations("promises");
  const spark = sparkOf(goal.trend, at);
  if (!spark) return <span className="text-xs text-ink-faint">{t("unmeasured")}</span>;
  const [low, high] = [inUnit(goal.unit, spark.low), inUnit(goal.unit, spark.high)];
  return (
    <div className="grid gap-0.5">
      <svg
        viewBox="-2 0 104 24"
        preserveAspectRatio="none"
        role="img"
        aria-label={t("trendOf", { name: t(`goals.${goal.name}`), low, high })}
        className="h-7 w-full text-accent"
      >
        {/* The whole day, on which what is known of it lies. */}
        <line x1="0" x2="100" y1="23" y2="23" className="stroke-line" vectorEffect="non-scaling-stroke" />
        {spark.lines.map((points) => (
          <polyline
            key={points}
            // A single hour is a point, which a line of no length shows by its round end.
            points={points.includes(" ") ? points : `${points} ${points}`}
            fill="none"
            stroke="currentColor"
            strokeWidth={points.includes(" ") ? 1.5 : 4}
            strokeLinecap="round"
            strokeLinejoin="round"
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
      <span className="text-xs text-ink-faint tabular-nums">{low === high ? low : `${low} – ${high}`}</span>
    </div>
  );
}

function Budget({ goal }: { goal: Goal }) {
  const t = useTranslations("promises");
  const left = budgetLeft(goal);
  if (left === null) return <span className="text-right text-xs text-ink-faint lg:text-left">{t("noBudget")}</span>;
  return (
    <div className="grid gap-1">
      <span className="text-xs text-ink-faint tabular-nums">
        {t("budgetLeft")} {left === 0 ? t("budgetGone") : inShare(left)}
      </span>
      <div className="h-1.5 overflow-hidden rounded-full bg-sunken">
        <div
          className={cn("h-full rounded-full", left === 0 ? "bg-bad" : left < 0.25 ? "bg-warn" : "bg-good")}
          style={{ width: `${left * 100}%` }}
        />
      </div>
    </div>
  );
}
