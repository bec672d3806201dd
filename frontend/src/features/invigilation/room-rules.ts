import type { Schema } from "@/client/types";

export type Room = Schema<"Room">;
export type Student = Schema<"RoomStudent">;

export const filters = ["all", "not_here", "present", "offline", "away", "ended"] as const;
export type Filter = (typeof filters)[number];

/** Away is beside present or offline: who looks at something else is still in the exam. */
export function matches(student: Student, filter: Filter): boolean {
  switch (filter) {
    case "all":
      return true;
    case "away":
      return student.away_since !== null;
    case "ended":
      return hasEnded(student);
    default:
      return student.standing === filter;
  }
}

export function hasEnded({ standing }: Pick<Student, "standing">): boolean {
  return standing === "submitted" || standing === "closed";
}

/** The clock of this student runs: there is something to extend. */
export function isRunning({ standing, part }: Pick<Student, "standing" | "part">): boolean {
  return part !== null && (standing === "present" || standing === "offline");
}

export function countsOf(students: readonly Student[]): Record<Filter, number> {
  const count = (filter: Filter) => students.filter((student) => matches(student, filter)).length;
  return {
    all: count("all"),
    not_here: count("not_here"),
    present: count("present"),
    offline: count("offline"),
    away: count("away"),
    ended: count("ended"),
  };
}

/**
 * Whom a teacher has to see first: lost the network, left the page. Who has not come is a matter of a room; where each student
 * starts for themselves it is none yet. Who is excused comes last.
 */
export function byAttention(students: readonly Student[], start: Room["start"]): Student[] {
  const rank = (student: Student) => rankOf(student, start === "room" ? 2 : 4);
  return [...students].sort((a, b) => rank(a) - rank(b) || byNumber(a, b));
}

function rankOf(student: Student, notHere: number): number {
  if (student.is_excused && student.attempt === null) return 7;
  if (student.standing === "offline") return 0;
  if (student.away_since !== null) return 1;
  return { not_here: notHere, present: 3, closed: 5, submitted: 6 }[student.standing];
}

function byNumber(a: Student, b: Student): number {
  return a.student_number.localeCompare(b.student_number) || a.id - b.id;
}

export function found(students: readonly Student[], filter: Filter, text: string): Student[] {
  const wanted = text.trim().toLowerCase();
  return students.filter(
    (student) =>
      matches(student, filter) &&
      (!wanted ||
        student.name.toLowerCase().includes(wanted) ||
        student.student_number.toLowerCase().startsWith(wanted)),
  );
}

/** "1:05", "1:02:05"; never below nothing. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
