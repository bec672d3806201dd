"use client";

import { useQueryClient } from "@tanstack/react-query";
import { BookOpenText } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { SendingFile } from "@/components/files/sending-file";
import { useSending } from "@/components/files/use-sending";
import { Card } from "@/components/ui/card";
import { Loaded } from "@/components/ui/loaded";
import { SkeletonRows } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { ChooseSyllabus } from "@/features/syllabi/choose-syllabus";
import { SyllabusLine } from "@/features/syllabi/syllabus-line";
import { $api, api, take } from "@/lib/api";
import { usePathId } from "@/lib/path";

export type Syllabus = Schema<"SyllabusOut">;

/** The syllabi of the course in the address. */
export function CourseSyllabi() {
  const course_id = Number(usePathId());
  const t = useTranslations("syllabi");
  const params = { params: { path: { course_id } } };
  const list = $api.useQuery("get", "/api/v1/courses/{course_id}/syllabi", params);
  const reread = useReread(course_id);
  const { sent, begin, ...acts } = useSending(async (upload, after) => {
    await (after === null ? addSyllabus(course_id, upload) : addEdition(after, upload));
    await reread();
  });
  return (
    <div className="grid gap-4">
      <p className="max-w-prose text-sm text-ink-soft">{t("about")}</p>
      {sent ? (
        <Card className="px-5 py-4">
          <SendingFile sent={sent} {...acts} />
        </Card>
      ) : (
        <ChooseSyllabus onFile={(file) => void begin(file)} />
      )}
      <Loaded query={list} skeleton={<SkeletonRows rows={3} />}>
        {(syllabi) => (
          <Card>
            {syllabi.length > 0 ? (
              <ul className="divide-y divide-line">
                {syllabi.map((syllabus) => (
                  <SyllabusLine
                    key={syllabus.id}
                    syllabus={syllabus}
                    onChange={() => void reread()}
                    onEdition={
                      sent === null && isNewest(syllabus, syllabi) ? (file) => void begin(file, syllabus.id) : null
                    }
                  />
                ))}
              </ul>
            ) : (
              <EmptyState icon={BookOpenText} title={t("none")} about={t("noneAbout")} />
            )}
          </Card>
        )}
      </Loaded>
    </div>
  );
}

function addSyllabus(course_id: number, upload: string) {
  const params = { path: { course_id } };
  return take(api.POST("/api/v1/courses/{course_id}/syllabi", { params, body: { upload, title: "" } }));
}

function addEdition(syllabus_id: number, upload: string) {
  const params = { path: { syllabus_id } };
  return take(api.POST("/api/v1/syllabi/{syllabus_id}/editions", { params, body: { upload, title: "" } }));
}

function isNewest(syllabus: Syllabus, all: readonly Syllabus[]): boolean {
  return all.every((it) => it.series !== syllabus.series || it.edition <= syllabus.edition);
}

function useReread(course_id: number): () => Promise<void> {
  const queries = useQueryClient();
  const params = { path: { course_id } };
  return () => queries.invalidateQueries({ queryKey: ["get", "/api/v1/courses/{course_id}/syllabi", { params }] });
}
