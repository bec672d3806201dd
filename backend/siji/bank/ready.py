"""The list of papers and the whole of one, kept ready. Without what depends on who asks or when: callers add or check that."""

from __future__ import annotations

from siji.accounts.models import User
from siji.bank.audio.files import media
from siji.bank.models import AudioState
from siji.bank.reading import paper_out, papers_for
from siji.bank.schemas import PaperOut
from siji.schema import Schema
from siji.storage.cache import spaces
from siji.storage.cache.manager import Tier
from siji.storage.cache.results import cached_value


class Ready(Schema):
    papers: list[PaperOut]
    tracks: dict[str, bool]
    """Where the track of each ready paper lies, and whether it was there: files are lost without anybody writing a row."""


def papers_ready(user: User) -> list[PaperOut]:
    """What this person may choose, as if nothing were withheld."""
    kept = cached_value(
        name="papers",
        shape=Ready,
        make=lambda: _read(user),
        namespaces=[spaces.PAPERS],
        owner=None,
        key=[user.role],
        tier=Tier.LONG,
    )
    if any(_is_there(path) != was_there for path, was_there in kept.tracks.items()):
        kept = _read(user)
    return kept.papers


def _read(user: User) -> Ready:
    rows = list(papers_for(user))
    paths = [row.audio.path for row in rows if row.audio is not None and row.audio.state == AudioState.READY]
    is_staff = not user.is_student
    return Ready(tracks={path: _is_there(path) for path in paths}, papers=[paper_out(row, is_for_staff=is_staff) for row in rows])


def _is_there(path: str) -> bool:
    return bool(path) and (media() / path).is_file()
