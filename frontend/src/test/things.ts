import type { Schema } from "@/client/types";

export function anAssignment(change: Partial<Schema<"AssignmentOut">> = {}): Schema<"AssignmentOut"> {
  return {
    id: 1,
    course: 5,
    paper: 3,
    paper_title: "四级训练卷一",
    title: "第一次模拟考试",
    sections: [],
    is_required: true,
    mode: "exam",
    start: "personal",
    room_started_at: null,
    opens_at: null,
    closes_at: null,
    late_policy: "refuse",
    attempts_allowed: 1,
    key_release: "on_submission",
    keys_released_at: null,
    my_status: "not_started",
    my_opens_at: null,
    my_closes_at: null,
    completed_count: null,
    ...change,
  };
}

export function anAttempt(change: Partial<Schema<"AttemptRow">> = {}): Schema<"AttemptRow"> {
  return {
    id: "0d6b3e1c-0000-4000-8000-000000000001",
    paper: 3,
    paper_title: { zh: "四级训练卷一", en: "Training paper 1" },
    mode: "exam",
    assignment: null,
    assignment_title: "",
    course_name: "",
    number: 1,
    state: "closed",
    sections: [],
    created_at: "2026-11-24T01:00:00Z",
    submitted_at: null,
    raw: null,
    raw_of: null,
    estimate: null,
    ...change,
  };
}

export function aSeat(change: Partial<Schema<"RoomStudent">> = {}): Schema<"RoomStudent"> {
  return {
    id: 1,
    name: "王思远",
    student_number: "20260001",
    administrative_class: "英语2601",
    standing: "present",
    is_excused: false,
    extra_percent: 0,
    attempt: "0d6b3e1c-0000-4000-8000-000000000001",
    number: 1,
    part: "writing",
    part_ends_at: "2026-11-24T01:30:00Z",
    ends_at: "2026-11-24T03:10:00Z",
    answered: 1,
    of: 57,
    last_saved_at: "2026-11-24T01:05:00Z",
    seen_at: "2026-11-24T01:05:10Z",
    is_late_start: false,
    extended_minutes: 0,
    missed_audio_ms: 0,
    away_since: null,
    absences: 0,
    away_ms: 0,
    ...change,
  };
}

export function aRoom(change: Partial<Schema<"Room">> = {}): Schema<"Room"> {
  return {
    assignment: 7,
    title: "期末模拟",
    course: 5,
    course_name: "大学英语四级",
    paper_title: { zh: "四级训练卷一", en: "Training paper 1" },
    start: "personal",
    room_started_at: null,
    opens_at: null,
    closes_at: null,
    server_time: "2026-11-24T01:06:00Z",
    students: [],
    ...change,
  };
}

export function anItemRow(change: Partial<Schema<"ItemRow">> = {}): Schema<"ItemRow"> {
  return {
    slot: "46",
    section: "reading-c",
    students: 36,
    correct: 14,
    blank: 0,
    facility: 0.389,
    discrimination: 0.3,
    point_biserial: 0.17,
    top_wrong: { letter: "B", count: 10, trap: { zh: "意思相反", en: "Opposite" } },
    flags: [],
    ...change,
  };
}

export function anItemView(change: Partial<Schema<"ItemAnalysis">> = {}): Schema<"ItemAnalysis"> {
  const choices = ["A", "B", "C", "D"].map((letter) => ({ letter, text: `Choice ${letter}` }));
  return {
    about: {
      assignment: 7,
      title: "第一次模考",
      course: 5,
      course_name: "大学英语四级",
      paper: 3,
      paper_title: { zh: "四级训练卷一", en: "Training paper 1" },
      mode: "exam",
    },
    row: anItemRow(),
    item: {
      slot: "46",
      kind: "careful_reading",
      passage: 1,
      prompt: "What did Lin find?",
      choices,
      words_min: null,
      words_max: null,
      marks: 2,
      skills: ["detail"],
      key: {
        key: "D",
        explanation: { zh: "第一段最后一句。", en: "The last sentence." },
        proof: { quote: "They dreamed more.", paragraph: 0, sentence: 0, letter: null },
        traps: [],
      },
    },
    passage: {
      id: 1,
      kind: "reading",
      slots: ["46"],
      title: null,
      paragraphs: ["They slept. They dreamed more."],
      letters: [],
      bank: [],
      script: null,
      start_ms: null,
      end_ms: null,
    },
    choices: [],
    caution: null,
    before: null,
    after: "47",
    ...change,
  };
}

export function aWork(change: Partial<Schema<"Work">> = {}): Schema<"Work"> {
  return {
    id: 1,
    title: "第一次模拟考试",
    course: 5,
    course_name: "大学英语四级",
    paper: 3,
    paper_title: { zh: "四级训练卷一", en: "Training paper 1" },
    sections: [],
    mode: "exam",
    start: "personal",
    room_started_at: null,
    is_required: true,
    is_excused: false,
    opens_at: null,
    closes_at: null,
    state: "not_started",
    next: "start",
    attempt: null,
    attempt_state: null,
    attempts_left: 1,
    ...change,
  };
}
