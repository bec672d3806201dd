/** The words of a run, as the interface has them. */
import type { Schema } from "@/client/types";

export type Words = Schema<"Words">;
export type StageName = "analysis" | "plan" | "questions" | "criteria";
export type Engine = "builtin" | "model";
export type RunState = "running" | "review" | "failed" | "published" | "stopped";
export type StageState = "waiting" | "running" | "review" | "approved" | "returned" | "failed";
export type Stopped = "threshold" | "converged" | "saturated" | "limit";
export type Area = "listening" | "reading" | "writing" | "translation" | "vocabulary" | "other";

export interface RunSyllabus {
  id: number;
  title: string;
  edition: number;
}

export interface RunIn {
  syllabus: number;
  hours: number;
  session_hours: 2 | 4;
  starts_on: string | null;
  weekdays: number[];
  engine: Engine;
}

export interface RunLine {
  id: number;
  course: number;
  syllabus: RunSyllabus;
  stage: StageName;
  state: RunState;
  engine: Engine;
  started_at: string;
}

export interface Measure {
  name: string;
  value: number;
  goal: number;
  better: "up" | "down";
  ok: boolean;
}

export interface Round {
  number: number;
  turn: number;
  engine: Engine;
  measures: Measure[];
  quality: number;
  tokens_in: number;
  tokens_out: number;
  cost: number;
  milliseconds: number;
  changed: Words;
  prompt: string;
  started_at: string;
  ended_at: string;
}

export interface DraftLine {
  id: number;
  version: number;
  by: "engine" | "teacher";
  at: string;
}

export interface Stage {
  name: StageName;
  state: StageState;
  turn: number;
  job: number | null;
  stopped: Stopped | null;
  note: string;
  draft: DraftLine | null;
  rounds: Round[];
}

export interface Run extends RunLine {
  settings: { hours: number; session_hours: number; starts_on: string | null; weekdays: number[] };
  job: number | null;
  error: string;
  ended_at: string | null;
  stages: Stage[];
}

export interface Passage {
  page: number;
  start: number;
  end: number;
  quote: string;
}

export interface Objective {
  key: string;
  text: string;
  area: Area;
  passages: Passage[];
}

export interface Point {
  key: string;
  title: string;
  area: Area;
  weight: number;
  difficulty: number;
  passages: Passage[];
  children: Point[];
}

export interface Analysis {
  objectives: Objective[];
  points: Point[];
}

export interface PlanRow {
  key: string;
  points: string[];
  hours: number;
  activity: Words;
  reason: Words;
  locked: boolean;
}

export interface Session {
  number: number;
  date: string | null;
  hours: number;
  rows: PlanRow[];
}

export interface Plan {
  hours: number;
  session_hours: 2 | 4;
  sessions: Session[];
}

export interface Blind {
  state: "proven" | "not_proven" | "failed";
  answer: string | null;
  answer_without_passage: string | null;
  reached_key: boolean | null;
  fails_without_passage: boolean | null;
}

export type Decision = "waiting" | "approved" | "refused";

export interface Question {
  key: string;
  kind:
    | "essay"
    | "listening_choice"
    | "banked_cloze"
    | "paragraph_matching"
    | "careful_reading"
    | "translation"
    | "cloze"
    | "vocabulary"
    | "matching";
  source: "bank" | "engine" | "model";
  plan_row: string;
  points: string[];
  item: number | null;
  text: string;
  text_title: string;
  stem: string;
  choices: Record<string, string>;
  answer: string;
  proof: string;
  explanation: Words;
  blind: Blind;
  duplicate_of: string | null;
  quality: number;
  state: Decision;
}

export interface Questions {
  questions: Question[];
}

export interface Level {
  name: Words;
  about: Words;
}

export interface Line {
  key: string;
  text: Words;
  weight: number;
  levels: Level[];
}

export interface Criterion {
  objective: string;
  lines: Line[];
}

export interface Criteria {
  criteria: Criterion[];
}

export interface Bodies {
  analysis: Analysis;
  plan: Plan;
  questions: Questions;
  criteria: Criteria;
}

export type Drafted<Body> = Body & { draft: DraftLine };
export type Based<Body> = Body & { base: number };

export interface Unit {
  number: number;
  title: string;
  hours: number;
  held_on: string | null;
  assignments: number[];
}

export interface Traced extends Passage {
  objectives: string[];
  points: string[];
  rows: string[];
  questions: string[];
  criteria: string[];
}

export interface Trace {
  passages: Traced[];
  uncovered: Passage[];
  newest: RunSyllabus;
  lost: { quote: string; points: string[]; objectives: string[] }[];
}
