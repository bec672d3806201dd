import { z } from "@/lib/shapes";
import type { RunIn } from "./types";

/** As the form has it. Weekdays count from Monday, 0. */
export const startShape = z
  .object({
    syllabus: z.string().min(1, "required"),
    hours: z
      .string()
      .trim()
      .regex(/^\d{1,3}$/, "notHours"),
    session_hours: z.enum(["2", "4"]),
    starts_on: z.union([z.literal(""), z.iso.date()]),
    weekdays: z.array(z.string()),
    engine: z.enum(["builtin", "model"]),
  })
  .refine(({ hours }) => Number(hours) >= 2 && Number(hours) <= 200, { path: ["hours"], message: "notHours" })
  .refine(({ starts_on, weekdays }) => weekdays.length === 0 || starts_on !== "", {
    path: ["starts_on"],
    message: "needsDate",
  });

export type StartFields = z.infer<typeof startShape>;

export function asRun({ syllabus, hours, session_hours, starts_on, weekdays, engine }: StartFields): RunIn {
  return {
    syllabus: Number(syllabus),
    hours: Number(hours),
    session_hours: session_hours === "2" ? 2 : 4,
    starts_on: starts_on || null,
    weekdays: weekdays.map(Number).sort((a, b) => a - b),
    engine,
  };
}

/** How many meetings the hours make; what is left over is a shorter last one. */
export function sessionsOf(hours: string, session_hours: "2" | "4"): number | null {
  const total = Number(hours);
  return Number.isInteger(total) && total >= 2 && total <= 200 ? Math.ceil(total / Number(session_hours)) : null;
}
