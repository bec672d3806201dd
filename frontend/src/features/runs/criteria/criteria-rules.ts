import type { Criteria, Criterion, Line, Words } from "../types";

export function sumOf(criterion: Pick<Criterion, "lines">): number {
  return criterion.lines.reduce((sum, line) => sum + line.weight, 0);
}

export function isWhole(criterion: Pick<Criterion, "lines">): boolean {
  return Math.abs(sumOf(criterion) - 1) < 0.0005;
}

export function withLine(criteria: Criteria, key: string, change: Partial<Line>): Criteria {
  return each(criteria, (lines) => lines.map((line) => (line.key === key ? { ...line, ...change } : line)));
}

export function withoutLine(criteria: Criteria, key: string): Criteria {
  return each(criteria, (lines) => (lines.length > 1 ? lines.filter((line) => line.key !== key) : lines));
}

/** Whole per cent that add up to a hundred: the largest remainders get what is left over. */
export function evened(criteria: Criteria, objective: string): Criteria {
  return {
    criteria: criteria.criteria.map((criterion) =>
      criterion.objective === objective ? { ...criterion, lines: balanced(criterion.lines) } : criterion,
    ),
  };
}

/** One language typed: the other keeps its words, or has these where it had none. */
export function retold(words: Words, locale: "zh" | "en", text: string): Words {
  const other = locale === "zh" ? "en" : "zh";
  const same = words[other] === "" || words[other] === words[locale];
  return { ...words, [locale]: text, ...(same ? { [other]: text } : {}) } as Words;
}

function balanced(lines: readonly Line[]): Line[] {
  const sum = lines.reduce((all, line) => all + line.weight, 0);
  const exact = lines.map((line) => (sum > 0 ? (100 * line.weight) / sum : 100 / lines.length));
  const floors = exact.map(Math.floor);
  const left = 100 - floors.reduce((all, part) => all + part, 0);
  const order = exact
    .map((part, at) => ({ at, rest: part - Math.floor(part) }))
    .sort((a, b) => b.rest - a.rest || a.at - b.at);
  const more = new Set(order.slice(0, left).map(({ at }) => at));
  return lines.map((line, at) => ({ ...line, weight: ((floors[at] ?? 0) + (more.has(at) ? 1 : 0)) / 100 }));
}

function each(criteria: Criteria, by: (lines: Line[]) => Line[]): Criteria {
  return { criteria: criteria.criteria.map((criterion) => ({ ...criterion, lines: by(criterion.lines) })) };
}
