import type { Schema } from "@/client/types";

const quote = "能听懂语速每分钟120词的短篇新闻。";
const passages = [{ page: 1, start: 10, end: 10 + quote.length, quote }];
const said = (zh: string, en: string) => ({ zh, en });
const draft: Schema<"DraftLine"> = { id: 31, version: 1, by: "engine", at: "2026-11-27T01:00:00Z" };

export function aStage(change: Partial<Schema<"StageOut">> = {}): Schema<"StageOut"> {
  return {
    ...{ name: "analysis", state: "review", turn: 1, job: null, stopped: "threshold", note: "", draft },
    rounds: [
      {
        ...{ number: 1, turn: 1, engine: "builtin", quality: 0.8, tokens_in: 0, tokens_out: 0, cost: 0, prompt: "" },
        measures: [{ name: "coverage", value: 0.8, goal: 0.95, better: "up", ok: false }],
        ...{ milliseconds: 1500, changed: said("读了标题和表格。", "Read titles and tables.") },
        ...{ started_at: "2026-11-27T00:59:58Z", ended_at: "2026-11-27T01:00:00Z" },
      },
      {
        ...{
          number: 2,
          turn: 1,
          engine: "builtin",
          quality: 1,
          tokens_in: 120,
          tokens_out: 30,
          cost: 2500,
          prompt: "",
        },
        measures: [
          { name: "coverage", value: 0.97, goal: 0.95, better: "up", ok: true },
          { name: "unsupported", value: 0, goal: 0, better: "down", ok: true },
        ],
        ...{ milliseconds: 500, changed: said("补了 3 个知识点。", "Added 3 points.") },
        ...{ started_at: "2026-11-27T01:00:00Z", ended_at: "2026-11-27T01:00:01Z" },
      },
    ],
    ...change,
  };
}

export function aRun(change: Partial<Schema<"RunOut">> = {}): Schema<"RunOut"> {
  const later = { state: "waiting" as const, stopped: null, draft: null, rounds: [] };
  return {
    ...{ id: 9, course: 5, syllabus: { id: 3, title: "大学英语四级教学大纲", edition: 1 }, stage: "analysis" },
    ...{ state: "review", engine: "builtin", started_at: "2026-11-27T00:59:50Z", job: null, error: "", ended_at: null },
    settings: { hours: 4, session_hours: 2, starts_on: "2026-11-30", weekdays: [0, 2] },
    stages: [
      aStage(),
      aStage({ name: "plan", ...later }),
      aStage({ name: "questions", ...later }),
      aStage({ name: "criteria", ...later }),
    ],
    ...change,
  };
}

/** With every stage made and waiting for the teacher. */
export function aMadeRun(): Schema<"RunOut"> {
  const names = ["analysis", "plan", "questions", "criteria"] as const;
  return aRun({ stage: "criteria", stages: names.map((name) => aStage({ name })) });
}

export function anAnalysis(): Required<Schema<"AnalysisOut">> {
  const point = (key: string, title: string, weight: number) => ({
    ...{ key, title, area: "listening" as const, weight, difficulty: 0.6, passages },
  });
  return {
    draft,
    objectives: [{ key: "O1", text: "听懂短篇新闻的大意", area: "listening", passages }],
    points: [
      {
        ...point("P1", "听力理解", 0.6),
        children: [
          { ...point("P1.1", "短篇新闻", 0.4), children: [{ ...point("P1.1.1", "抓主旨", 0.4), children: [] }] },
          { ...point("P1.2", "长对话", 0.2), children: [] },
        ],
      },
      { ...point("P2", "阅读理解", 0.4), children: [] },
    ],
  };
}

export function aPlan(): Schema<"PlanOut"> & { sessions: { rows: { locked: boolean }[] }[] } {
  const row = (key: string, point: string, hours: number) => ({
    ...{ key, points: [point], hours, locked: false },
    ...{ activity: said("听写与讨论", "Dictation"), reason: said("占比最大", "The largest share") },
  });
  return {
    ...{ draft, hours: 4, session_hours: 2 },
    sessions: [
      { number: 1, date: "2026-11-30", hours: 2, rows: [row("R1", "P1.1", 1), row("R2", "P1.2", 1)] },
      { number: 2, date: "2026-12-02", hours: 2, rows: [row("R3", "P2", 2)] },
    ],
  };
}

type Question = Schema<"QuestionsOut">["questions"][number];

export function aQuestion(change: Partial<Question> = {}): Required<Question> {
  return {
    ...{ key: "Q1", kind: "vocabulary", source: "engine", plan_row: "R1", points: ["P1.1"], item: null },
    ...{
      text: "The storm delayed the flight.",
      text_title: "",
      stem: "What did the storm do?",
      answer: "A",
      proof: "",
    },
    choices: { A: "It delayed a flight.", B: "It sank a ship." },
    explanation: said("第一句。", "The first sentence."),
    blind: {
      ...{ state: "not_proven", answer: null, answer_without_passage: null },
      ...{ reached_key: null, fails_without_passage: null },
    },
    ...{ duplicate_of: null, quality: 0.9, state: "waiting" },
    ...change,
  } as Required<Question>;
}

export const proven: Question["blind"] = {
  ...{ state: "proven", answer: "A", answer_without_passage: "B" },
  ...{ reached_key: true, fails_without_passage: true },
};
