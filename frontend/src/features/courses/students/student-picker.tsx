"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Schema } from "@/client/types";
import { Button } from "@/components/ui/button";
import { SearchBox } from "@/components/ui/search-box";
import { $api } from "@/lib/api";

type Student = Schema<"StudentRow">;

interface Props {
  course_id: number;
  error: string | undefined;
  onPick: (student: Student | null) => void;
}

/** One student of a course, found by name or number. */
export function StudentPicker({ course_id, error, onPick }: Props) {
  const t = useTranslations("assignments");
  const common = useTranslations("common");
  const [picked, setPicked] = useState<Student | null>(null);
  const [q, setQ] = useState("");
  const found = $api.useQuery(
    "get",
    "/api/v1/courses/{course_id}/students",
    { params: { path: { course_id }, query: { q, limit: 8 } } },
    { enabled: q !== "" && !picked },
  );
  const pick = (student: Student | null) => {
    setPicked(student);
    setQ("");
    onPick(student);
  };
  return (
    <div className="grid gap-1.5">
      <p className="text-sm font-medium">{t("student")}</p>
      {picked ? (
        <p className="flex items-center justify-between gap-3 rounded-control bg-sunken py-1 pr-1 pl-3 text-sm">
          <span>
            {picked.name} <span className="text-ink-faint">{picked.student_number}</span>
          </span>
          <Button size="icon" look="quiet" aria-label={common("remove")} onClick={() => pick(null)}>
            <X aria-hidden />
          </Button>
        </p>
      ) : (
        <SearchBox label={t("findStudent")} onSearch={setQ} />
      )}
      {!picked && found.data && (
        <ul className="rounded-control border border-line">
          {found.data.items.map((student) => (
            <li key={student.id}>
              <button
                type="button"
                className="flex min-h-10 w-full items-center justify-between gap-3 px-3 text-left text-sm hover:bg-sunken"
                onClick={() => pick(student)}
              >
                {student.name}
                <span className="text-ink-faint">{student.student_number}</span>
              </button>
            </li>
          ))}
          {found.data.items.length === 0 && (
            <li className="px-3 py-2.5 text-sm text-ink-faint">{t("noStudentFound")}</li>
          )}
        </ul>
      )}
      {error && (
        <p role="alert" className="text-sm text-bad">
          {error}
        </p>
      )}
    </div>
  );
}
