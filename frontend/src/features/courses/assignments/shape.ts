import { z } from "@/lib/shapes";
import type { Schema } from "@/client/types";
import { sectionKeys } from "@/features/courses/assignments/body";
import { toLocalInput } from "@/lib/time";

type Assignment = Schema<"AssignmentOut">;

/** The form's fields; times as `datetime-local` has them. Messages are keys of the catalogue. */
export const assignmentShape = z
  .object({
    paper: z.coerce.number<string>().int().positive("required"),
    title: z.string().trim().min(1, "required").max(120),
    scope: z.enum(["whole", "some"]),
    sections: z.array(z.enum(sectionKeys)),
    mode: z.enum(["exam", "practice"]),
    start: z.enum(["personal", "room"]),
    opens_at: z.string(),
    closes_at: z.string(),
    late_policy: z.enum(["refuse", "flag"]),
    attempts_allowed: z.coerce
      .number<string>()
      .int("attemptsBetween")
      .min(1, "attemptsBetween")
      .max(20, "attemptsBetween"),
    key_release: z.enum(["on_submission", "after_window", "by_teacher"]),
    is_required: z.boolean(),
  })
  .refine((it) => it.scope === "whole" || it.sections.length > 0, { path: ["sections"], message: "chooseSection" })
  .refine((it) => !it.opens_at || !it.closes_at || it.opens_at < it.closes_at, {
    path: ["closes_at"],
    message: "closesBeforeOpens",
  })
  .refine((it) => it.key_release !== "after_window" || Boolean(it.closes_at), {
    path: ["key_release"],
    message: "keyReleaseNeedsEnd",
  });

export type AssignmentForm = z.input<typeof assignmentShape>;
export type AssignmentFields = z.output<typeof assignmentShape>;

export function formOf(assignment: Assignment | null): AssignmentForm {
  if (!assignment) return blank;
  return {
    ...assignment,
    paper: String(assignment.paper),
    attempts_allowed: String(assignment.attempts_allowed),
    scope: assignment.sections.length > 0 ? "some" : "whole",
    opens_at: toLocalInput(assignment.opens_at),
    closes_at: toLocalInput(assignment.closes_at),
  };
}

const blank: AssignmentForm = {
  paper: "",
  title: "",
  scope: "whole",
  sections: [],
  mode: "exam",
  start: "personal",
  opens_at: "",
  closes_at: "",
  late_policy: "refuse",
  attempts_allowed: "1",
  key_release: "on_submission",
  is_required: true,
};
