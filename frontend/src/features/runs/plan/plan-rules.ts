import type { Analysis, Plan, PlanRow, Session } from "../types";

const HALF_HOURS = 2;

export function hoursOf(session: Pick<Session, "rows">): number {
  return session.rows.reduce((sum, row) => sum + row.hours, 0);
}

export function plannedHours(plan: Pick<Plan, "sessions">): number {
  return plan.sessions.reduce((sum, session) => sum + hoursOf(session), 0);
}

/** How much more a session has than it holds; below nought, how much is free. */
export function overOf(session: Session): number {
  return hoursOf(session) - session.hours;
}

/** Every session is exactly full, and so the whole. */
export function isExact(plan: Plan): boolean {
  return plan.sessions.every((session) => overOf(session) === 0) && plannedHours(plan) === plan.hours;
}

export interface Place {
  session: number;
  at: number;
}

export function placeOf(plan: Plan, key: string): Place | null {
  for (const session of plan.sessions) {
    const at = session.rows.findIndex((row) => row.key === key);
    if (at >= 0) return { session: session.number, at };
  }
  return null;
}

/** A row taken to a session, before the row that is at `at` there. What a teacher has put somewhere stays there: it is locked. */
export function moved(plan: Plan, key: string, to: Place): Plan {
  const from = placeOf(plan, key);
  const row = from && rowAt(plan, from);
  if (!from || !row || (from.session === to.session && from.at === to.at)) return plan;
  const without = sessionsWith(plan, from.session, (rows) => rows.filter((it) => it.key !== key));
  const sessions = sessionsWith({ ...plan, sessions: without }, to.session, (rows) => [
    ...rows.slice(0, to.at),
    { ...row, locked: true },
    ...rows.slice(to.at),
  ]);
  return { ...plan, sessions };
}

/** One step earlier or later: within the session, and past its edge to the end or the beginning of the neighbour. */
export function stepped(plan: Plan, key: string, by: -1 | 1): Plan {
  const from = placeOf(plan, key);
  const here = from && plan.sessions.find(({ number }) => number === from.session);
  if (!from || !here) return plan;
  const at = from.at + by;
  if (at >= 0 && at < here.rows.length) return moved(plan, key, { session: from.session, at });
  const next = plan.sessions.find(({ number }) => number === from.session + by);
  if (!next) return plan;
  return moved(plan, key, { session: next.number, at: by < 0 ? next.rows.length : 0 });
}

/** Hours are given in halves; what a teacher has set is locked. */
export function withRow(plan: Plan, key: string, change: Partial<PlanRow>): Plan {
  const isSet = change.hours !== undefined;
  const hours = isSet ? { hours: Math.max(1 / HALF_HOURS, halves(change.hours ?? 0)), locked: true } : {};
  const sessions = plan.sessions.map((session) => ({
    ...session,
    rows: session.rows.map((row) => (row.key === key ? { ...row, ...change, ...hours } : row)),
  }));
  return { ...plan, sessions };
}

export function halves(hours: number): number {
  return Math.round(hours * HALF_HOURS) / HALF_HOURS;
}

export function namesOf(analysis: Analysis | undefined): Map<string, string> {
  const names = new Map<string, string>();
  const add = (points: Analysis["points"]) =>
    points.forEach(({ key, title, children }) => {
      names.set(key, title);
      add(children);
    });
  add(analysis?.points ?? []);
  return names;
}

export interface Week {
  /** Its Monday, as "2026-11-23". */
  monday: string;
  /** Seven, from Monday. */
  days: (Session | null)[];
}

/** The weeks from the first to the last session that has a date; weeks without class are there too, as gaps that are seen. */
export function weeksOf(plan: Pick<Plan, "sessions">): Week[] {
  const dated = plan.sessions.filter((session) => session.date !== null);
  const mondays = dated.map((session) => mondayOf(session.date ?? ""));
  if (mondays.length === 0) return [];
  const weeks: Week[] = [];
  for (let monday = Math.min(...mondays); monday <= Math.max(...mondays); monday += 7 * DAY_MS) {
    const days = Array.from({ length: 7 }, (_, day) => onDay(dated, monday + day * DAY_MS));
    weeks.push({ monday: isoOf(monday), days });
  }
  return weeks;
}

const DAY_MS = 86_400_000;

/** Dates are counted at noon in Greenwich: no clock of any place moves them. */
function mondayOf(date: string): number {
  const at = Date.parse(`${date}T12:00:00Z`);
  return at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS;
}

function isoOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function onDay(sessions: readonly Session[], at: number): Session | null {
  return sessions.find(({ date }) => date === isoOf(at)) ?? null;
}

function rowAt(plan: Plan, place: Place): PlanRow | null {
  return plan.sessions.find(({ number }) => number === place.session)?.rows[place.at] ?? null;
}

function sessionsWith(plan: Plan, number: number, by: (rows: PlanRow[]) => PlanRow[]): Session[] {
  return plan.sessions.map((session) => (session.number === number ? { ...session, rows: by(session.rows) } : session));
}
