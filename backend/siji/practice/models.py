"""What students do: attempts, answers, scripts and marks.

An attempt stores the versions it was sat under (its paper pins blueprint, clock and norm) and its own timetable (``sheet``).
Time is the database's. What is kept of an answer: the newest value on time in ``Answer``, each late value in ``LateAnswer``.
"""

from __future__ import annotations

import hashlib
import secrets
import time
import uuid
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import MD5, Now

if TYPE_CHECKING:
    from collections.abc import Collection

    from siji.accounts.models import User
    from siji.courses.models import Assignment


def new_attempt_id() -> uuid.UUID:
    """A UUID of version 7: ids grow with time, so that pages by id are pages by age and new rows lie together in the index."""
    milliseconds = time.time_ns() // 1_000_000
    number = (milliseconds << 80) | (7 << 76) | (secrets.randbits(12) << 64) | (2 << 62) | secrets.randbits(62)
    return uuid.UUID(int=number)


class AttemptMode(models.TextChoices):
    EXAM = "exam"
    PRACTICE = "practice"


SELDOM_READ = ("audio__timeline", "paper__audio__timeline", "paper__search", "assignment__course__search")
"""Large, and read of few attempts: a timeline is 35 KB, to be sent and parsed, and only an attempt of some listening sections
needs it (by a query of its own)."""


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def visible_to(self, user: User) -> Self:
        """Everybody's own; a teacher's those of their courses, for as long as they are a teacher; an administrator's all."""
        if user.is_admin:
            return self
        own = models.Q(student=user)
        return self.filter(own | models.Q(assignment__course__teacher=user) if user.is_teacher else own)

    def with_everything(self) -> Self:
        """With all that its clock, its scoring and its pages read of single rows."""
        rows = self.select_related("student", "paper__audio", "assignment__course", "audio", "audio_grant")
        return rows.defer(*SELDOM_READ)

    def latest_closed(self, assignments: Collection[Assignment], students: models.QuerySet[Any, Any]) -> Self:
        """What counts in a class's figures: each of these students' latest closed attempt at each of these assignments."""
        closed = self.filter(assignment__in=assignments, student__in=students, closed_at__isnull=False)
        return closed.order_by("assignment_id", "student_id", "-number").distinct("assignment_id", "student_id")

    def waiting_for_a_started_room(self) -> Self:
        return self.filter(started_at__isnull=True, closed_at__isnull=True, assignment__room_started_at__isnull=False)


class Attempt(models.Model):
    id = models.UUIDField(primary_key=True, default=new_attempt_id, editable=False)
    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts")
    paper = models.ForeignKey("bank.Paper", on_delete=models.PROTECT, related_name="+")
    assignment = models.ForeignKey("courses.Assignment", null=True, on_delete=models.PROTECT, related_name="attempts")
    mode = models.CharField(max_length=10, choices=AttemptMode.choices)
    rewrite_of = models.ForeignKey("Script", null=True, on_delete=models.CASCADE, related_name="rewrites", db_index=False)
    """Practice that writes one script anew: the first script, however often it was rewritten since."""
    number = models.PositiveSmallIntegerField(default=1)
    """1 for the first attempt at this assignment (or paper, where there is none), 2 for the first retake …"""
    sections: models.JSONField[list[str]] = models.JSONField(default=list)
    sheet: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    """The timetable, parsed by ``clock.Sheet``: parts with slots and offsets from the start in milliseconds."""
    audio = models.ForeignKey("bank.Audio", null=True, on_delete=models.SET_NULL, related_name="+")
    """The track as it was when the attempt began: a new recording must not move the server's position in a running exam."""
    audio_grant = models.ForeignKey("AudioGrant", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    """The newest leave to hear again what was missed: a pointer, so that no request asks for it."""
    is_late_start = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    """The last lock by the present timetable; null in practice and before a room starts."""
    submitted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    marked_at = models.DateTimeField(null=True)
    result: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    """Raw marks and the estimate, written when closed and again with each mark (``scoring.Result``)."""

    objects = AttemptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "assignment", "number"],
                condition=models.Q(assignment__isnull=False),
                name="attempt_number_once",
            ),
            models.UniqueConstraint(
                fields=["student", "assignment"],
                condition=models.Q(assignment__isnull=False, closed_at__isnull=True),
                name="attempt_open_once",
            ),
            models.UniqueConstraint(
                fields=["student", "paper", "mode", "sections"],
                condition=models.Q(assignment__isnull=True, rewrite_of__isnull=True, closed_at__isnull=True),
                name="attempt_own_open_once",
            ),
            models.UniqueConstraint(
                fields=["rewrite_of"],
                condition=models.Q(rewrite_of__isnull=False, closed_at__isnull=True),
                name="attempt_rewrite_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["student", "-id"], name="attempt_student"),
            models.Index(
                fields=["assignment"],
                name="attempt_waits_for_room",
                condition=models.Q(started_at__isnull=True, closed_at__isnull=True),
            ),
            models.Index(fields=["assignment", "student"], name="attempt_assignment"),
            models.Index(fields=["rewrite_of"], name="attempt_rewrite", condition=models.Q(rewrite_of__isnull=False)),
            models.Index(fields=["closes_at"], name="attempt_open", condition=models.Q(closed_at__isnull=True)),
        ]

    @property
    def is_invigilated(self) -> bool:
        """An exam that a teacher has set, as long as it is open."""
        return self.mode == AttemptMode.EXAM and self.assignment_id is not None and self.closed_at is None


class AssignmentExtension(models.Model):
    """More time for everybody who writes an assignment, by a decision of the teacher. Who enters its room later gets it too."""

    assignment = models.ForeignKey("courses.Assignment", on_delete=models.CASCADE, related_name="extensions")
    milliseconds = models.PositiveIntegerField()
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.UUIDField(null=True)
    """Made by who decides, so that a decision sent twice is one."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "key"], name="assignment_extension_once")]


class TimeExtension(models.Model):
    """More time for one attempt from one part on, by a decision of the teacher."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="extensions")
    part = models.CharField(max_length=20)
    milliseconds = models.PositiveIntegerField()
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    of_all = models.ForeignKey(AssignmentExtension, null=True, on_delete=models.CASCADE, related_name="given")
    """The decision about everybody that gave it."""
    key = models.UUIDField(null=True)
    """Made by who decides, so that a decision sent twice is one."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "key"], name="time_extension_once")]


class Reopening(models.Model):
    """A closed attempt that goes on, by a decision of the teacher; the times are those it had before."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="reopenings")
    milliseconds = models.PositiveIntegerField()
    """More time than was left when it was closed."""
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    was_started_at = models.DateTimeField()
    was_submitted_at = models.DateTimeField(null=True)
    was_closed_at = models.DateTimeField()
    key = models.UUIDField(null=True)
    """Made by who decides, so that a decision sent twice is one."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "key"], name="reopening_once")]


class Answer(models.Model):
    """The newest value that was on time. ``seq`` is the browser's counter for this item; the highest wins."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    slot = models.CharField(max_length=4)
    seq = models.BigIntegerField()
    value = models.TextField()
    saved_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    """Practice: when the student looked at the key; what comes later is not counted."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "slot"], name="answer_slot_once")]


class LateAnswer(models.Model):
    """A value that came after its part was locked: kept, flagged, counted only while a teacher's acceptance of it stands."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="late_answers")
    slot = models.CharField(max_length=4)
    seq = models.BigIntegerField()
    value = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("attempt", "slot", "seq", MD5("value"), name="late_answer_once")]


class LateAcceptance(models.Model):
    """A teacher lets one late value of an item count, until it is withdrawn. The row stays; at most one stands for an item."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="late_acceptances")
    slot = models.CharField(max_length=4)
    late = models.ForeignKey(LateAnswer, on_delete=models.CASCADE, related_name="acceptances")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "slot"], condition=models.Q(withdrawn_at__isnull=True), name="late_acceptance_stands_once"
            )
        ]


class AudioGrant(models.Model):
    """Leave to hear again what was missed, by a decision of the teacher: these spans, once, begun by ``until``."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="audio_grants")
    spans: models.JSONField[list[list[int]]] = models.JSONField()
    """First and last-plus-one millisecond of each, in the attempt's track; in order, apart from each other."""
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    """When the student began to hear it; its position runs from then."""
    key = models.UUIDField(null=True)
    """Made by who decides, so that a decision sent twice is one."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "key"], name="audio_grant_once")]


class AudioGap(models.Model):
    """What a lost network missed of the track, in milliseconds of it, as the browser reported it."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="audio_gaps")
    from_ms = models.PositiveIntegerField()
    to_ms = models.PositiveIntegerField()
    reason = models.CharField(max_length=40, blank=True, default="")
    reported_at = models.DateTimeField(db_default=Now())
    grant = models.ForeignKey(AudioGrant, null=True, on_delete=models.SET_NULL, related_name="gaps")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt", "from_ms", "to_ms"], name="audio_gap_once"),
            models.CheckConstraint(condition=models.Q(to_ms__gt=models.F("from_ms")), name="audio_gap_has_length"),
        ]


class Presence(models.Model):
    """When the student of an exam last asked for anything; written at most every 15 s (``invigilation.presence``)."""

    attempt = models.OneToOneField(Attempt, primary_key=True, on_delete=models.CASCADE, related_name="presence")
    seen_at = models.DateTimeField()


class Absence(models.Model):
    """The exam page was left, as the browser reported it; ``back_at`` null: not come back to, or never reported."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="absences")
    key = models.UUIDField()
    """Made by the browser, so that a report sent twice is one absence."""
    left_at = models.DateTimeField()
    back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt", "key"], name="absence_once"),
            models.CheckConstraint(condition=models.Q(back_at__gt=models.F("left_at")), name="absence_has_length"),
        ]


class ScriptState(models.TextChoices):
    """``unassigned``: an exam of the student's own, which waits for a marker that can take it (built-in, AI)."""

    UNASSIGNED = "unassigned"
    WAITING = "waiting"
    MARKED = "marked"


class ScriptQuerySet(models.QuerySet["Script"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(attempt__in=Attempt.objects.visible_to(user))

    def with_marks(self) -> Self:
        return self.prefetch_related("marks__marker", "machine_marks")

    def marked_by(self, user: User) -> Self:
        """What this person may mark: scripts of their own courses' assignments, for as long as they are a teacher."""
        if user.is_admin:
            return self
        return self.filter(attempt__assignment__course__teacher=user) if user.is_teacher else self.none()


class Script(models.Model):
    """A written answer (slot W or T) as it stood when the attempt was closed."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="scripts")
    slot = models.CharField(max_length=4)
    text = models.TextField()
    words = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, choices=ScriptState.choices, default=ScriptState.WAITING)
    is_doubtful = models.BooleanField(default=False, db_default=False)
    """A machine's mark of this text gives a person a reason to look: kept, so that the desk's pile can be narrowed by it."""
    created_at = models.DateTimeField(db_default=Now())

    objects = ScriptQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "slot"], name="script_slot_once")]
        indexes = [models.Index(fields=["id"], name="script_waiting", condition=models.Q(state="waiting"))]

    @property
    def digest(self) -> str:
        """Of its text, by which a machine's mark is known to speak of it as it is."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def latest_mark(self) -> Mark | None:
        """Read from prefetched marks. It stands unless the script waits again."""
        return max(self.marks.all(), key=lambda mark: mark.pk, default=None)


class MarkerKind(models.TextChoices):
    """``rule``: a blank script is 0 by the official bands; nobody has to look at it. ``model``: released above the bar."""

    TEACHER = "teacher"
    RULE = "rule"
    MODEL = "model"


class Mark(models.Model):
    """One decision about one script: whole, 0–15. Rows are only added; the newest teacher's mark stands."""

    script = models.ForeignKey(Script, on_delete=models.CASCADE, related_name="marks")
    value = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=MarkerKind.choices, default=MarkerKind.TEACHER)
    marker = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    rubric = models.ForeignKey("bank.Rubric", on_delete=models.PROTECT, related_name="+")
    machine = models.ForeignKey("MachineMark", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    """What was released as it stands; null for every other mark."""
    comment = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["script", "-id"], name="mark_script")]
        constraints = [models.CheckConstraint(condition=models.Q(value__lte=15), name="mark_up_to_15")]


class Engine(models.TextChoices):
    """``second``: the model asked by another prompt because a student appealed; it is told nothing of the first marking."""

    BUILTIN = "builtin"
    MODEL = "model"
    SECOND = "second"


class MachineMark(models.Model):
    """What an engine says of a script, or why it says nothing. Rows are only added; it never counts as a mark.

    ``digest`` is the text's: of a script that was written on after a reopening the earlier rows speak of another text.
    """

    script = models.ForeignKey(Script, on_delete=models.CASCADE, related_name="machine_marks")
    engine = models.CharField(max_length=10, choices=Engine.choices)
    digest = models.CharField(max_length=64)
    value = models.PositiveSmallIntegerField(null=True)
    anchor = models.PositiveSmallIntegerField(null=True)
    low = models.PositiveSmallIntegerField(null=True)
    high = models.PositiveSmallIntegerField(null=True)
    """Where four of five marks would lie; the built-in engine alone says so."""
    confidence = models.FloatField(null=True)
    flags: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    evidence: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    feedback: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    failure = models.CharField(max_length=30, blank=True, default="")
    """An ``ai.Outcome``: why the model gave no mark that may be used."""
    version = models.CharField(max_length=120)
    """Of the engine, or the prompt with its version."""
    model = models.CharField(max_length=100, blank=True, default="")
    call = models.BigIntegerField(null=True)
    """Of the ledger."""
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["script", "-id"], name="machine_mark_script")]
        constraints = [
            models.CheckConstraint(condition=models.Q(value__lte=15), name="machine_mark_up_to_15"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True, failure__gt="") | models.Q(value__isnull=False, failure=""),
                name="machine_mark_or_why_not",
            ),
        ]


class WrittenState(models.TextChoices):
    WRITING = "writing"
    DONE = "done"
    FAILED = "failed"


class WrittenFeedback(models.Model):
    """A model's longer words on a text, as far as they are written. ``inline`` and ``sentences`` only once they were checked."""

    script = models.ForeignKey(Script, on_delete=models.CASCADE, related_name="written")
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=WrittenState.choices, default=WrittenState.WRITING)
    text = models.TextField(default="")
    """As it came, line by line: see ``feedback.rules``."""
    inline: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    sentences: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    failure = models.CharField(max_length=30, blank=True, default="")
    """An ``ai.Outcome``."""
    version = models.CharField(max_length=120)
    model = models.CharField(max_length=100, blank=True, default="")
    call = models.BigIntegerField(null=True)
    """Of the ledger."""
    created_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["script", "digest"], name="feedback_once_for_a_text")]


class AnchorMark(models.Model):
    """A script of a course that its teacher marks blind, to see whether the engines mark as they do. It counts as no mark."""

    course = models.ForeignKey("courses.Course", on_delete=models.CASCADE, related_name="anchor_marks")
    script = models.OneToOneField(Script, on_delete=models.CASCADE, related_name="anchor_mark")
    digest = models.CharField(max_length=64)
    """Of the text that was marked: of another text it says nothing."""
    value = models.PositiveSmallIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(value__lte=15), name="anchor_mark_up_to_15")]


class ReleaseRule(models.Model):
    """From which agreement on a model's marks are released without review, by a decision of the teacher. The newest stands.

    Of an assignment where it has one, else of its course.
    """

    course = models.ForeignKey("courses.Course", on_delete=models.CASCADE, related_name="release_rules")
    assignment = models.ForeignKey("courses.Assignment", null=True, on_delete=models.CASCADE, related_name="release_rules")
    slot = models.CharField(max_length=4)
    is_on = models.BooleanField()
    least_within_one = models.PositiveSmallIntegerField()
    """Per cent of the anchor scripts on which the two marks are no more than 1 apart."""
    least_kappa = models.FloatField()
    most_bias = models.FloatField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["course", "slot", "-id"], name="release_rule_course")]


class Appeal(models.Model):
    """A student asks that a mark be looked at again: once for each script. A teacher decides, with words."""

    script = models.OneToOneField(Script, on_delete=models.CASCADE, related_name="appeal")
    mark = models.ForeignKey(Mark, on_delete=models.PROTECT, related_name="+")
    """The one that stood."""
    words = models.TextField()
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Mark, null=True, on_delete=models.PROTECT, related_name="+")
    """The mark that the decision gave, which may have the same value."""

    class Meta:
        indexes = [models.Index(fields=["id"], name="appeal_open", condition=models.Q(decided_at__isnull=True))]
