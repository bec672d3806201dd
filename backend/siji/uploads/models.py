"""An upload is a row and a file: the row says how much of the file is true."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

if TYPE_CHECKING:
    from siji.accounts.models import User


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, user: User) -> Self:
        """One's own, while one teaches or administers: nobody looks into what another is sending."""
        return self.filter(owner=user) if user.is_teacher or user.is_admin else self.none()

    def expired(self) -> Self:
        return self.filter(claimed_at=None, expires_at__lt=Now())


class Upload(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads")
    key = models.CharField(max_length=64)
    """Chosen by the sender: a creation whose answer was lost, sent again, finds the same upload."""
    filename = models.CharField(max_length=200)
    length = models.PositiveIntegerField()
    offset = models.PositiveIntegerField(default=0)
    """So many bytes are on disk for certain. What the file holds beyond (a killed process) is cut off before it goes on."""
    sha256 = models.CharField(max_length=64, default="")
    """Of the whole, once it is whole."""
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    """Since then it belongs to what was made of it, and goes when that goes."""

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="upload_once"),
            models.CheckConstraint(condition=models.Q(offset__lte=models.F("length")), name="upload_within_length"),
        ]
        indexes = [
            models.Index(fields=["expires_at"], name="upload_unclaimed", condition=models.Q(claimed_at__isnull=True)),
        ]

    @property
    def is_whole(self) -> bool:
        return self.offset == self.length
