"use client";

import { EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog } from "@/components/ui/dialog";
import { Loaded } from "@/components/ui/loaded";
import { SkeletonRows } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { $api } from "@/lib/api";
import { useTimes } from "@/lib/time";
import { clockText, type Student } from "./room-rules";

/** When a student left the exam page, as their browser reported it. */
export function AbsencesDialog({ student, onClose }: { student: Student; onClose: () => void }) {
  const t = useTranslations("invigilation");
  const times = useTimes();
  const params = { path: { attempt_id: student.attempt ?? "" } };
  const query = $api.useQuery("get", "/api/v1/attempts/{attempt_id}/absences", { params }, { staleTime: 0 });
  return (
    <Dialog open onOpenChange={onClose} title={t("absenceLogOf", { name: student.name })} about={t("absenceLogAbout")}>
      <Loaded query={query} skeleton={<SkeletonRows rows={3} className="h-10" />}>
        {({ absences }) =>
          absences.length > 0 ? (
            <ol className="divide-y divide-line text-sm tabular-nums">
              {absences.map(({ left_at, back_at }) => (
                <li key={left_at} className="flex justify-between gap-4 py-2.5">
                  <span>
                    {times.clock(left_at)} – {back_at ? times.clock(back_at) : t("notBack")}
                  </span>
                  {back_at && (
                    <span className="text-ink-faint">{clockText(Date.parse(back_at) - Date.parse(left_at))}</span>
                  )}
                </li>
              ))}
            </ol>
          ) : (
            <EmptyState icon={EyeOff} title={t("noAbsences")} className="py-8" />
          )
        }
      </Loaded>
    </Dialog>
  );
}
