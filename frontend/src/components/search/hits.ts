import type { Schema } from "@/client/types";
import type { Locale } from "@/i18n/routing";

export type Found = Schema<"SearchOut">;
export type Kind = "course" | "paper" | "item";
type Piece = Schema<"Piece">;

/** Something found, as it is shown in the box and on the page. */
export interface Hit {
  /** Unique among all that is found. */
  key: string;
  kind: Kind;
  /** Null where there is no page to go to: an item that stands in no paper. */
  href: string | null;
  title: Piece[];
  /** What else matched, or says what this is; empty where there is nothing to say. */
  about: Piece[];
  of: { teacher: string; status: Schema<"CourseHit">["status"] } | { slot: string | null; item: ItemKind } | null;
}

export type ItemKind = Schema<"ItemHit">["kind"];

export const itemKinds = [
  "essay",
  "listening_choice",
  "banked_cloze",
  "paragraph_matching",
  "careful_reading",
  "translation",
] as const satisfies readonly ItemKind[];

/** In the order of the answer: courses, papers, items, each the best first. */
export function hitsOf(found: Found, locale: Locale): Hit[] {
  return [
    ...found.courses.map(ofCourse),
    ...found.papers.map((paper) => ofPaper(paper, locale)),
    ...found.items.map(ofItem),
  ];
}

function ofCourse(course: Schema<"CourseHit">): Hit {
  return {
    key: `course-${course.id}`,
    kind: "course",
    href: `/courses/${course.id}`,
    title: course.name,
    about: course.excerpt,
    of: { teacher: course.teacher_name, status: course.status },
  };
}

/** The title in the reader's language; the other one too where only that has the word. */
function ofPaper(paper: Schema<"PaperHit">, locale: Locale): Hit {
  const [mine, other] = locale === "en" ? [paper.title_en, paper.title_zh] : [paper.title_zh, paper.title_en];
  const isElsewhere = !mine.some((piece) => piece.found) && other.some((piece) => piece.found);
  return {
    key: `paper-${paper.id}`,
    kind: "paper",
    href: `/papers/${paper.id}`,
    title: mine,
    about: isElsewhere ? other : [],
    of: null,
  };
}

function ofItem(item: Schema<"ItemHit">): Hit {
  return {
    key: `item-${item.id}`,
    kind: "item",
    href: item.paper === null ? null : `/papers/${item.paper}#item-${item.slot}`,
    title: item.text,
    about: item.passage_title ? [{ text: item.passage_title, found: false }] : [],
    of: { slot: item.slot, item: item.kind },
  };
}
