"""Which jobs this app does."""

from __future__ import annotations

from siji.courses.roster.actions import import_roster
from siji.jobs.registry import handler

handler("courses.import_roster")(import_roster)
