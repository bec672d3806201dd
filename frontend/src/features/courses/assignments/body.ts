import type { Schema } from "@/client/types";
import type { AssignmentFields } from "@/features/courses/assignments/shape";
import { fromLocalInput } from "@/lib/time";

type Assignment = Schema<"AssignmentOut">;

export const sectionKeys = [
  "writing",
  "listening-a",
  "listening-b",
  "listening-c",
  "reading-a",
  "reading-b",
  "reading-c",
  "translation",
] as const;

/** What is sent: sections in the paper's order, none for the whole; practice has no room to start. */
export function bodyOf({ scope, ...fields }: AssignmentFields): Schema<"AssignmentIn"> {
  return {
    ...fields,
    sections: scope === "whole" ? [] : sectionKeys.filter((key) => fields.sections.includes(key)),
    start: fields.mode === "practice" ? "personal" : fields.start,
    opens_at: fromLocalInput(fields.opens_at),
    closes_at: fromLocalInput(fields.closes_at),
  };
}

/** Once somebody has begun, what they are sitting stays as it is. */
export function changeOf(fields: AssignmentFields, before: Assignment): Schema<"AssignmentChange"> {
  const { paper, sections, mode, ...rest } = bodyOf(fields);
  const isSame = paper === before.paper && mode === before.mode && sections.join() === before.sections.join();
  return isSame ? rest : { paper, sections, mode, ...rest };
}
