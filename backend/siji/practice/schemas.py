"""What the interface says of attempts, answers, marks, reports and results."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from siji.bank.schemas import AnchorScript, ItemOut, KeyOut, RubricOut, Section, SectionKey, Withheld
from siji.practice.feedback.rules import Kind
from siji.practice.rewriting.schemas import Rewriting
from siji.practice.trust.schemas import AppealOut
from siji.problems import Words
from siji.schema import Schema

ModeName = Literal["exam", "practice"]
StateName = Literal["created", "writing", "listening", "collection", "reading", "closed", "marked", "practising"]
"""created: waits for the room's start. reading: the block of reading and translation. practising: practice, no clock."""
PartKey = Literal["writing", "listening", "collection", "reading"]

LONGEST_ANSWER = 20_000


class AttemptIn(Schema):
    paper: int
    mode: ModeName
    assignment: int | None = None
    sections: list[SectionKey] = []
    """Practice without an assignment: the sections to do; empty means the whole paper."""


class PartOut(Schema):
    key: PartKey
    state: Literal["pending", "open", "locked"]
    slots: list[str]
    starts_in_ms: int
    """0 once begun."""
    remaining_ms: int
    """To its lock; 0 once locked; the whole duration before it begins."""
    duration_ms: int


class AnswerOut(Schema):
    item: str
    seq: int
    value: str
    saved_at: datetime


class ReplayOut(Schema):
    """Spans that were missed and may be heard again, one after another as a track of their own: once, by the server's time.

    waiting: to be begun within ``ends_in_ms``. As in an exam, nothing before ``position_ms`` is served, nor more than 10 s ahead.
    """

    id: int
    state: Literal["waiting", "playing", "over"]
    url: str
    ends_in_ms: int
    position_ms: int
    duration_ms: int
    bytes_per_second: int
    size_bytes: int


class AudioOut(Schema):
    """Exam: ``position_ms`` is the server's position in the track now; nothing before it is served, nor more than 10 s ahead.

    Practice: position 0, everything is served. Time = byte ÷ ``bytes_per_second``. ``state`` none: this attempt has no listening.
    withheld: practice of a paper that is set as an exam meanwhile. untimed: a recording of which nobody has said where the
    sections begin, and this attempt has only some of them.
    """

    state: Literal["none", "missing", "building", "failed", "untimed", "withheld", "pending", "playing", "over", "free"]
    url: str
    origin: str
    position_ms: int
    starts_in_ms: int
    duration_ms: int
    bytes_per_second: int
    size_bytes: int
    replay: ReplayOut | None
    """What the teacher lets this student hear again; null where there is nothing of the kind, or no more."""


class AttemptOut(Schema):
    id: UUID
    paper: int
    paper_title: Words
    mode: ModeName
    assignment: int | None
    course: int | None
    course_name: str
    number: int
    state: StateName
    server_time: datetime
    remaining_ms: int | None
    """To the end of the last part; null in practice and before a room starts."""
    parts: list[PartOut]
    sections: list[Section]
    """Only what may be seen now."""
    withheld: Withheld | None
    """Practice: the paper is set as an exam meanwhile, so transcripts, keys and free listening are closed."""
    all_sections: list[SectionKey]
    answers: list[AnswerOut]
    late_answers: list[AnswerOut]
    audio: AudioOut
    is_late_start: bool
    started_at: datetime | None
    submitted_at: datetime | None
    closed_at: datetime | None
    marked_at: datetime | None


class AttemptClock(Schema):
    """The light form of an attempt, for asking often."""

    state: StateName
    server_time: datetime
    remaining_ms: int | None
    parts: list[PartOut]
    audio: AudioOut


class AttemptRow(Schema):
    id: UUID
    paper: int
    paper_title: Words
    mode: ModeName
    assignment: int | None
    assignment_title: str
    course_name: str
    number: int
    state: StateName
    sections: list[SectionKey]
    created_at: datetime
    submitted_at: datetime | None
    raw: float | None
    raw_of: float | None
    """Raw marks reached and reachable so far; null until closed."""
    estimate: int | None
    """The middle of the 710 estimate; null where there is none."""


class AnswerIn(Schema):
    item: str = Field(min_length=1, max_length=4)
    seq: int = Field(ge=1, le=2**53)
    value: str = Field(max_length=LONGEST_ANSWER)


class AnswersIn(Schema):
    answers: list[AnswerIn] = Field(max_length=200)
    """Repeats of an item are taken in the order given."""


class CurrentAnswer(Schema):
    seq: int
    value: str


class Acknowledged(Schema):
    item: str
    seq: int
    status: Literal["saved", "superseded", "late"]
    current: CurrentAnswer | None = None
    """With superseded and late: what counts for this item now."""


class SavedOut(Schema):
    acknowledged: list[Acknowledged]
    """One for each answer sent, in the order sent."""
    server_time: datetime


class SubmissionOut(Schema):
    id: UUID
    state: StateName
    submitted_at: datetime
    closed_at: datetime


class CheckIn(Schema):
    items: list[str] = Field(min_length=1, max_length=60)


class CheckOut(Schema):
    item: str
    value: str
    is_correct: bool | None
    key: KeyOut | None
    """null while keys are withheld; the item stays frozen as it was checked."""


class ChecksOut(Schema):
    """The items that were looked at; ``references`` for a checked essay or translation."""

    checked: list[CheckOut]
    references: dict[str, list[str]]
    withheld: Withheld | None


class LateChoice(Schema):
    item: str = Field(min_length=1, max_length=4)
    seq: int
    id: int | None = None
    """Of the late value: needed only where two tabs sent different values under one seq."""


class LateAcceptanceIn(Schema):
    """At most one value for each item."""

    values: list[LateChoice] = Field(min_length=1, max_length=60)


DAY_MS = 24 * 3600 * 1000
"""No track is as long; what is longer is no place in one."""


class AudioGap(Schema):
    """What the browser could not play in an exam, in track time."""

    from_ms: int = Field(ge=0, le=DAY_MS)
    to_ms: int = Field(ge=0, le=DAY_MS)
    reason: str = Field("", max_length=40)


class AudioGapOut(AudioGap):
    """What was missed. The teacher sees it and may let it be heard again, give more time, or another attempt."""

    id: int
    reported_at: datetime
    grant: int | None
    """The leave to hear it again; null where none was given."""


class Range(Schema):
    low: int
    middle: int
    high: int


class SectionEstimate(Schema):
    key: Literal["listening", "reading", "writing_translation"]
    range: Range
    highest: int
    percentile: Range


class Estimate(Schema):
    """An 80 % range of the reported score, never an official score."""

    total: Range
    percentile: Range
    """Per cent of the norm group below."""
    chance_425: float
    """0–1."""
    sections: list[SectionEstimate]
    is_provisional: bool
    """True while a script waits for its mark: the range counts every mark it may still get."""
    note: Words


MakerName = Literal["", "teacher", "appeal", "model", "rule", "builtin"]


class SectionScore(Schema):
    key: SectionKey
    raw: float | None
    """null while its script waits for a mark."""
    provisional: float | None = None
    """What an engine gives meanwhile; in no sum."""
    by: MakerName = ""
    """Who gave the mark or the provisional one: see ``WrittenMark``."""
    raw_of: float
    correct: int
    items: int


class SkillScore(Schema):
    skill: str
    name: Words
    correct: int
    items: int


class TrapCount(Schema):
    trap: str
    name: Words
    times: int


class MarkOut(Schema):
    id: int
    value: int
    kind: Literal["teacher", "rule", "model"]
    """rule: a blank script is 0. model: released above the teacher's bar. ``marker`` is "" for both."""
    marker: str
    comment: str
    created_at: datetime


class MachineFlag(Schema):
    """A named reason to look twice; ``quote`` is "" where the whole script shows it."""

    name: str
    quote: str


class MachineEvidence(Schema):
    """``text[start:end]`` of the script is ``quote``."""

    quote: str
    start: int
    end: int
    speaks: Literal["for", "against"]
    says: Words


class InlineMark(Schema):
    kind: Kind
    quote: str
    start: int
    end: int
    reason: Words
    better: str | None
    is_serious: bool


class SourceSentenceOut(Schema):
    """A sentence of the source and what became of it; ``best`` and ``accepted`` are keys and stay away until those are shown."""

    source: str
    script: str
    met: list[str]
    missed: list[str]
    accepted: dict[str, list[str]]
    best: str
    is_conveyed: bool


class Feedback(Schema):
    overall: Words
    next: list[Words]
    inline: list[InlineMark]
    sentences: list[SourceSentenceOut]


class SourceSentenceWritten(Schema):
    """A sentence of the source, a version that would do, and what the student made of it. A key."""

    source: str
    version: str
    comment: str


class WrittenOut(Schema):
    """A model's longer feedback, in Chinese. While it is being written: as far as it is."""

    state: Literal["writing", "done", "failed"]
    overall: str
    next: list[str]
    higher: str
    """What a script of the next band would do."""
    inline: list[InlineMark]
    """Empty until every quote was looked up in the script."""
    noted: int
    """How many it named so far, looked up or not."""
    sentences: list[SourceSentenceWritten]
    failure: Words | None
    version: str
    model: str


class MachineMarkOut(Schema):
    """What an engine says of a script; never a teacher's mark."""

    engine: Literal["builtin", "model", "second"]
    value: int | None
    band: Words | None
    low: int | None
    high: int | None
    confidence: float | None
    flags: list[MachineFlag]
    evidence: list[MachineEvidence]
    failure: Words | None
    """Why the model gave no mark."""
    version: str
    model: str
    created_at: datetime


DoubtName = Literal["far_apart", "checks_failed", "unsure", "orders_to_marker", "off_topic", "not_english", "template", "copied"]


class MachineMarks(Schema):
    """The newest word of each engine on the text as it is."""

    builtin: MachineMarkOut | None
    model: MachineMarkOut | None
    second: MachineMarkOut | None = None
    """The blind second marking of an appeal: for the teacher at once, for the student once it is decided."""
    shown: Literal["builtin", "model"] | None
    """Whose mark is the provisional one."""
    doubts: list[DoubtName]
    """Why a person has to look."""


class LateAcceptanceOut(Schema):
    """A teacher's decision that a late value counts; it stands while ``withdrawn_at`` is null."""

    by: str
    at: datetime
    withdrawn_by: str
    """"" while it stands."""
    withdrawn_at: datetime | None


class LateValue(Schema):
    id: int
    seq: int
    value: str
    saved_at: datetime
    late_ms: int
    """From the item's lock to this value, by the server's clock."""
    is_accepted: bool
    acceptances: list[LateAcceptanceOut]


class ReportItem(Schema):
    item: ItemOut
    """With the key once it may be seen; without its text until then."""
    answer: str
    is_correct: bool | None
    """null for scripts and where keys are not released."""
    trap: Words | None
    late: list[LateValue]
    """Every value that came after the lock, in the order in which they came."""


class ReportScript(Schema):
    id: int
    slot: str
    text: str
    words: int
    state: Literal["unassigned", "waiting", "marked"]
    mark: MarkOut | None
    marks: list[MarkOut]
    band: Words | None
    references: list[str]
    machine: MachineMarks
    feedback: Feedback | None
    """The built-in engine's, in the text as it is."""
    appeal: AppealOut | None = None
    appeal_until: datetime | None = None
    """Until then its student may appeal; null where they may not."""
    rewriting: Rewriting | None = None
    """The versions of this text and what became of it; null while keys are withheld and where there is nothing to say."""


class Report(Schema):
    attempt: AttemptRow
    keys: Literal["shown", "after_window", "by_teacher"]
    """Why keys are not shown, or that they are."""
    withheld: Withheld | None
    """What they wait for; null where they are shown."""
    sections: list[SectionScore]
    raw: float
    raw_of: float
    estimate: Estimate | None
    """null for attempts of less than listening, reading, writing and translation together."""
    skills: list[SkillScore]
    traps: list[TrapCount]
    content: list[Section]
    """Passages (with transcripts) and items to look back at; empty while keys are not shown."""
    items: list[ReportItem]
    scripts: list[ReportScript]
    audio: AudioOut
    audio_gaps: list[AudioGapOut]


class DeskRow(Schema):
    """A script in the pile."""

    id: int
    slot: str
    student_name: str
    student_number: str
    course: int
    course_name: str
    assignment: int
    assignment_title: str
    words: int
    state: Literal["waiting", "marked"]
    mark: int | None
    provisional: int | None
    """Of an engine, while no mark stands."""
    doubts: list[DoubtName]
    is_appealed: bool
    """And not decided."""
    submitted_at: datetime


class DeskCounts(Schema):
    waiting: int
    marked: int


class DeskScript(Schema):
    row: DeskRow
    text: str
    task: ItemOut
    references: list[str]
    points: list[str]
    rubric: RubricOut
    anchors: list[AnchorScript]
    marks: list[MarkOut]
    machine: MachineMarks
    feedback: Feedback | None
    written: WrittenOut | None
    """The model's, on the text as it is."""
    appeal: AppealOut | None
    next: int | None
    """The next waiting script of the same pile (assignment and slot)."""
    counts: DeskCounts


class MarkIn(Schema):
    value: int = Field(ge=0, le=15)
    comment: str = Field("", max_length=4000)


class WrittenMark(Schema):
    """Of an essay or translation. ``by``: teacher, appeal (a teacher after an appeal), model (released above the teacher's bar),
    rule (a blank one is 0) or builtin; "" where it was marked before that was kept."""

    section: SectionKey
    value: float
    by: MakerName
    is_provisional: bool
    """An engine's, in no sum: nobody has marked it yet."""


class ResultCell(Schema):
    assignment: int
    attempt: UUID | None
    state: StateName | None
    raw: float | None
    raw_of: float | None
    estimate: int | None
    written: list[WrittenMark]


class ResultStudent(Schema):
    id: int
    name: str
    student_number: str
    administrative_class: str
    progress: float
    cells: list[ResultCell]


class ResultAssignment(Schema):
    """Over the latest closed attempt of each active student."""

    id: int
    title: str
    is_required: bool
    completed: int
    students: int
    mean_raw: float | None
    raw_of: float
    waiting_scripts: int
    sections: list[SectionMean]
    bins: list[int]
    """Ten counts: 0–10 % of the raw marks, 10–20 % … 90–100 %."""


class SectionMean(Schema):
    key: SectionKey
    percent: float


class CourseResults(Schema):
    course: int
    assignments: list[ResultAssignment]
    students: list[ResultStudent]
    next: str | None


ResultAssignment.model_rebuild()
