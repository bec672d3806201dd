"""People and what is recorded of them: users, sign-in failures, the audit log, and what they are told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.crypto import salted_hmac


class Role(models.TextChoices):
    STUDENT = "student"
    TEACHER = "teacher"
    ADMIN = "admin"


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: User) -> Self:
        """Administrators see everybody, anybody else only themselves; classmates are reached through a course."""
        return self if user.is_admin else self.filter(pk=user.pk)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]  # built at run time by Django
    def get_by_natural_key(self, username: str | None) -> User:
        """Usernames are compared without case."""
        user: User = self.get(username__iexact=username or "")
        return user


class User(AbstractBaseUser):
    username = models.CharField(max_length=150)
    name = models.CharField(max_length=100)
    email = models.EmailField(blank=True, default="")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.STUDENT)
    student_number = models.CharField(max_length=40, blank=True, default="")
    administrative_class = models.CharField(max_length=80, blank=True, default="")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    is_minor = models.BooleanField(default=False, db_default=False)
    """Under 18: what they write goes to no outside model before a guardian has consented."""
    guardian_consent = models.CharField(max_length=200, default="", db_default="")
    """How it was given, as the administrator who recorded it wrote; "" where there is none. Who and when: the audit log."""
    session_salt = models.CharField(max_length=32, default="")
    """Changed to end every session of this person at once."""
    created_at = models.DateTimeField(db_default=Now())

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("username"), name="user_username_without_case"),
            models.UniqueConstraint(
                fields=["student_number"], condition=~models.Q(student_number=""), name="user_student_number_once"
            ),
        ]
        indexes = [models.Index(fields=["role", "id"], name="user_role")]

    def __str__(self) -> str:
        return f"{self.name} ({self.username})"

    @property
    def is_admin(self) -> bool:
        return self.role == Role.ADMIN

    @property
    def is_teacher(self) -> bool:
        return self.role == Role.TEACHER

    @property
    def is_student(self) -> bool:
        return self.role == Role.STUDENT

    def get_session_auth_hash(self) -> str:
        """Covers the password and the salt, so changing either signs this person out everywhere."""
        secret = self.password + self.session_salt
        return salted_hmac("siji.accounts.session", secret, algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """None: no key was ever rotated."""
        return iter(())


class SignInFailure(models.Model):
    """A try at a password that did not succeed, or is being looked at. What counts is said in ``lockout``."""

    username = models.CharField(max_length=150)
    """As typed, in lower case: a name that nobody has is counted the same way."""
    device = models.CharField(max_length=40, blank=True, default="")
    """The known device's id; "" for every other."""
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["username", "device", "at"], name="failure_person"),
            models.Index(fields=["address", "at"], name="failure_address", condition=models.Q(address__isnull=False)),
            models.Index(fields=["at"], name="failure_age"),
        ]


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def visible_to(self, user: User) -> Self:
        """Administrators alone."""
        return self if user.is_admin else self.none()


class AuditEntry(models.Model):
    """Who did what to whom, when and why. Rows are only added: the database itself refuses to change or delete one."""

    at = models.DateTimeField(db_default=Now())
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    """What it was done to, as ``kind:id``, for example ``user:17`` or ``attempt:…``."""
    detail: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    address = models.GenericIPAddressField(null=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-id"], name="audit_subject"),
            models.Index(fields=["actor", "-id"], name="audit_actor"),
        ]


class AuditSeal(models.Model):
    """An audit row's place in the chain (see ``sealing``): its digest covers the row and the digest before. Only added to."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64)


class NoticeKind(models.TextChoices):
    """Each has a sender in a room above; one that nothing sends is not offered."""

    ASSIGNED = "assigned"
    ROOM_STARTED = "room_started"
    DUE_SOON = "due_soon"
    MARKED = "marked"
    RETURNED = "returned"
    ROSTER_IMPORTED = "roster_imported"
    COURSE_RECEIVED = "course_received"
    APPEALED = "appealed"
    APPEAL_DECIDED = "appeal_decided"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> Self:
        """One's own: what somebody was told is nobody else's, not even an administrator's."""
        return self.filter(person=user)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One person was told of one thing. It says what and about what; the words are made in the reader's language."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=NoticeKind.choices)
    cause = models.CharField(max_length=80)
    """What brought it, as ``kind:id``. Nobody is told twice of the same kind for the same cause."""
    data: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    """``schemas.NoticeBody``: names as they were then, so that reading a page of notices asks nothing more."""
    at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cause", "kind", "person"], name="notice_once")]
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_person"),
            models.Index(fields=["person"], name="notice_unread", condition=models.Q(read_at__isnull=True)),
            models.Index(fields=["at"], name="notice_age"),
        ]


class NoticePreferenceQuerySet(models.QuerySet["NoticePreference"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(person=user)


class NoticePreference(models.Model):
    """What a person chose about one kind; without a row the kind is on."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notice_preferences")
    kind = models.CharField(max_length=20, choices=NoticeKind.choices)
    is_on = models.BooleanField()

    objects = NoticePreferenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="notice_preference_once")]
