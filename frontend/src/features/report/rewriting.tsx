"use client";

import { PenLine } from "lucide-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { ProblemNote } from "@/components/ui/states";
import { Link, useRouter } from "@/i18n/navigation";
import { api, take } from "@/lib/api";
import { cn } from "@/lib/cn";
import { useTimes } from "@/lib/time";
import { RewriteChanges } from "./rewrite-changes";
import type { ReportScript } from "./use-report";

export type Rewriting = NonNullable<ReportScript["rewriting"]>;
type Version = Rewriting["versions"][number];

/** The way to write a marked text anew, its versions, and what this one changed against the first. */
export function RewritingPart({ script }: { script: ReportScript }) {
  const t = useTranslations("report");
  const { rewriting } = script;
  if (!rewriting) return null;
  return (
    <section className="grid gap-4 border-t border-line pt-4 text-sm print:hidden">
      {rewriting.versions.length > 1 && (
        <>
          <h3 className="font-semibold">{t("rewrite.versions")}</h3>
          <Versions rewriting={rewriting} />
        </>
      )}
      {rewriting.compared && <RewriteChanges compared={rewriting.compared} />}
      {rewriting.may_rewrite && <Rewrite script={script.id} />}
    </section>
  );
}

function Rewrite({ script }: { script: number }) {
  const t = useTranslations("report");
  const router = useRouter();
  const queries = useQueryClient();
  const rewriting = useMutation({
    mutationFn: () =>
      take(api.POST("/api/v1/scripts/{script_id}/rewrites", { params: { path: { script_id: script } } })),
    onSuccess: async (attempt) => {
      await queries.invalidateQueries({ queryKey: ["get", "/api/v1/attempts"] });
      if (attempt) router.push(`/attempt/${attempt.id}`);
    },
  });
  return (
    <div className="grid gap-2">
      <Button className="justify-self-start" isBusy={rewriting.isPending} onClick={() => rewriting.mutate()}>
        <PenLine aria-hidden />
        {t("rewrite.begin")}
      </Button>
      <p className="text-ink-faint">{t("rewrite.about")}</p>
      <ProblemNote error={rewriting.error} />
    </div>
  );
}

function Versions({ rewriting }: { rewriting: Rewriting }) {
  return (
    <ol className="grid gap-1">
      {rewriting.versions.map((version) => (
        <VersionLine key={version.attempt} version={version} isThis={version.number === rewriting.this} />
      ))}
    </ol>
  );
}

function VersionLine({ version, isThis }: { version: Version; isThis: boolean }) {
  const t = useTranslations("report");
  const times = useTimes();
  const name = version.number === 1 ? t("rewrite.first") : t("rewrite.number", { number: version.number - 1 });
  return (
    <li
      aria-current={isThis || undefined}
      className={cn(
        "flex flex-wrap items-baseline gap-x-3 gap-y-0.5 rounded-control px-2 py-1.5",
        isThis && "bg-accent-soft",
      )}
    >
      {isThis ? (
        <span className="font-semibold">{name}</span>
      ) : (
        <Link href={`/report/${version.attempt}`} className="font-semibold text-accent underline underline-offset-4">
          {name}
        </Link>
      )}
      <span className="text-ink-faint tabular-nums">
        {times.moment(version.submitted_at)} · {t("wordCount", { count: version.words })}
      </span>
      <span className="ml-auto text-right tabular-nums">
        <MarkOf version={version} />
      </span>
    </li>
  );
}

/** The mark with who made it; the built-in engine's beside a person's or the model's, since it alone has read every version. */
function MarkOf({ version: { mark, builtin } }: { version: Version }) {
  const t = useTranslations("report");
  if (!mark) return <span className="text-ink-faint">{t("rewrite.noMark")}</span>;
  return (
    <>
      <strong className="font-semibold">{t("mark", { value: mark.value })}</strong>{" "}
      <span className="text-ink-soft">
        {mark.marker || t(`rewrite.by.${mark.by}`)}
        {mark.is_provisional && t("rewrite.provisional")}
        {mark.by !== "builtin" && builtin !== null && t("rewrite.builtin", { value: builtin })}
      </span>
    </>
  );
}
