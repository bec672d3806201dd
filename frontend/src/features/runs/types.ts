/** The words of a run, as the interface has them. */
import type { Schema } from "@/client/types";

/** What has a default may be left out when it is sent, and is always there when it is read. */
type Whole<T> = T extends readonly (infer Item)[]
  ? Whole<Item>[]
  : T extends object
    ? { [Key in keyof T]-?: Whole<Exclude<T[Key], undefined>> }
    : T;

type Read<Name extends "AnalysisOut" | "PlanOut" | "QuestionsOut" | "CriteriaOut"> = Omit<Whole<Schema<Name>>, "draft">;

export type Words = Schema<"Words">;
export type RunIn = Schema<"RunIn">;
export type RunLine = Schema<"RunLine">;
export type Run = Schema<"RunOut">;
export type RunState = Run["state"];
export type Stage = Schema<"StageOut">;
export type StageName = Stage["name"];
export type StageState = Stage["state"];
export type Round = Schema<"RoundOut">;
export type Measure = Round["measures"][number];
export type DraftLine = Schema<"DraftLine">;

export type Analysis = Read<"AnalysisOut">;
export type Objective = Analysis["objectives"][number];
export type Point = Analysis["points"][number];
export type Passage = Point["passages"][number];

export type Plan = Read<"PlanOut">;
export type Session = Plan["sessions"][number];
export type PlanRow = Session["rows"][number];

export type Questions = Read<"QuestionsOut">;
export type Question = Questions["questions"][number];
export type Blind = Question["blind"];
export type Decision = Question["state"];

export type Criteria = Read<"CriteriaOut">;
export type Criterion = Criteria["criteria"][number];
export type Line = Criterion["lines"][number];

export interface Bodies {
  analysis: Analysis;
  plan: Plan;
  questions: Questions;
  criteria: Criteria;
}

export type Drafted<Body> = Body & { draft: DraftLine };
export type Based<Body> = Body & { base: number };

export type Unit = Schema<"UnitOut">;
export type Trace = Schema<"TraceOut">;
export type Traced = Trace["passages"][number];
