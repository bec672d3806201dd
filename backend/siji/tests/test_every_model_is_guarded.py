"""A model is read through ``visible_to(user)``, or it is written down here why nobody asks for it by itself."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from siji.conftest import make_user
from siji.tests.world import World

THROUGH_A_PAPER = "reached through a paper, which is visible or not"
THROUGH_AN_ATTEMPT = "reached through its attempt"
REACHED_OTHERWISE = {
    "accounts.SignInFailure": "read by the lock-out alone, shown to nobody",
    "accounts.AuditSeal": "digests of the audit log, read by its verification alone",
    "ai.DayBudget": "sums of the ledger, shown to administrators",
    "ai.ModelStanding": "whether a model is left alone, shown to administrators",
    "bank.Blueprint": THROUGH_A_PAPER,
    "bank.Clock": THROUGH_A_PAPER,
    "bank.NormTable": THROUGH_A_PAPER,
    "bank.Rubric": THROUGH_A_PAPER,
    "bank.Vocabulary": "names of traps and skills, public with every paper",
    "bank.Passage": THROUGH_A_PAPER,
    "bank.PaperItem": THROUGH_A_PAPER,
    "bank.Audio": THROUGH_A_PAPER,
    "courses.CourseTally": "numbers of a course, read with it",
    "courses.CourseCount": "totals of a teacher's list, read by the list",
    "practice.TimeExtension": THROUGH_AN_ATTEMPT,
    "practice.Reopening": THROUGH_AN_ATTEMPT,
    "practice.AudioGrant": THROUGH_AN_ATTEMPT,
    "practice.AssignmentExtension": "reached through its assignment",
    "practice.Answer": THROUGH_AN_ATTEMPT,
    "practice.LateAnswer": THROUGH_AN_ATTEMPT,
    "practice.LateAcceptance": THROUGH_AN_ATTEMPT,
    "practice.AudioGap": THROUGH_AN_ATTEMPT,
    "practice.Presence": THROUGH_AN_ATTEMPT,
    "practice.Absence": THROUGH_AN_ATTEMPT,
    "monitoring.Measured": "figures of the machines, read by administrators' pages alone",
    "monitoring.Alert": "of the machines, read by administrators' pages alone",
    "monitoring.AlertRuleNumbers": "settings of the installation, read by administrators' pages alone",
    "monitoring.Channel": "settings of the installation, its secrets shown to nobody",
    "monitoring.Silence": "settings of the installation, read by administrators' pages alone",
    "monitoring.Turn": "when something was done last, shown to nobody",
    "practice.Mark": "reached through its script",
    "practice.MachineMark": "reached through its script",
    "practice.WrittenFeedback": "reached through its script",
    "practice.Appeal": "reached through its script",
    "practice.AnchorMark": "reached through its course, by its staff alone",
    "practice.ReleaseRule": "reached through its course, by its staff alone",
    "teaching.RunStage": "reached through its run",
    "teaching.StageRound": "reached through its run",
    "teaching.Draft": "reached through its run",
    "teaching.StageDecision": "reached through its run",
}
PERSONAL = {"courses.Roster", "uploads.Upload", "accounts.Notice", "accounts.NoticePreference"}
"""Seen by the one person they are for, whoever else asks."""
MODELS = {model._meta.label: model for model in apps.get_models() if model.__module__.startswith("siji.")}
GUARDED = {label: model for label, model in MODELS.items() if hasattr(model._default_manager, "visible_to")}


def test_every_model_is_guarded_or_reached_through_one_that_is() -> None:
    assert set(MODELS) - set(GUARDED) == set(REACHED_OTHERWISE)


@pytest.mark.parametrize("label", GUARDED)
def test_a_newcomer_sees_nothing_and_an_administrator_something(world: World, label: str) -> None:
    """Published papers are for everybody and one sees oneself; all else belongs to somebody."""
    newcomer = make_user("newcomer")
    manager: models.Manager[models.Model] = GUARDED[label]._default_manager
    seen = set(manager.visible_to(newcomer))  # type: ignore[attr-defined]  # guarded: it has it
    match label:
        case "accounts.User":
            assert seen == {newcomer}
        case "bank.Paper":
            assert world.papers.draft not in seen
        case _:
            assert seen == set()
    assert manager.visible_to(world.people.admin).exists() == (label not in PERSONAL)  # type: ignore[attr-defined]
