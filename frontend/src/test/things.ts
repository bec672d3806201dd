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
