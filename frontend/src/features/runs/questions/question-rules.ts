import type { Question, Questions } from "../types";

export const FILTERS = ["all", "waiting", "not_proven", "duplicate", "approved", "refused"] as const;
export type Filter = (typeof FILTERS)[number];

export function isIn(question: Question, filter: Filter): boolean {
  switch (filter) {
    case "all":
      return true;
    case "not_proven":
      return question.blind.state !== "proven" && question.state === "waiting";
    case "duplicate":
      return question.duplicate_of !== null;
    default:
      return question.state === filter;
  }
}

export function countsOf(questions: readonly Question[]): Record<Filter, number> {
  return Object.fromEntries(
    FILTERS.map((filter) => [filter, questions.filter((it) => isIn(it, filter)).length]),
  ) as Record<Filter, number>;
}

/** Many at once only where somebody else has reached the key already, and it is not there twice: everything else is looked at one by one. */
export function mayJoin(question: Question): boolean {
  return question.state === "waiting" && question.blind.state === "proven" && question.duplicate_of === null;
}

/** The bank's own text is checked and stays as it is. */
export function mayEdit(question: Question): boolean {
  return question.source !== "bank";
}

/** A text that was changed has been answered by nobody: what was proven of the old one does not count. */
export function withQuestion(body: Questions, key: string, change: Partial<Question>): Questions {
  const unproven = { state: "not_proven", answer: null, answer_without_passage: null, reached_key: null } as const;
  return {
    questions: body.questions.map((question) =>
      question.key === key
        ? { ...question, ...change, blind: { ...unproven, fails_without_passage: null }, state: "waiting" }
        : question,
    ),
  };
}

export interface Wrong {
  stem: boolean;
  choices: boolean;
  answer: boolean;
}

export function wrongOf(question: Pick<Question, "stem" | "choices" | "answer">): Wrong {
  const letters = Object.keys(question.choices);
  const texts = Object.values(question.choices).map((text) => text.trim());
  return {
    stem: question.stem.trim() === "",
    choices: texts.some((text) => text === "") || new Set(texts).size < texts.length,
    answer: letters.length > 0 && !letters.includes(question.answer),
  };
}
