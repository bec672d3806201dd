"""A paper held against its blueprint and the rules of content/README.md. Pure: sources in, findings in words out."""

from __future__ import annotations

from siji.bank.findings import Finding
from siji.bank.sources import Content, PaperSource
from siji.bank.validation import choices, cloze, matching, prose, review, structure, written
from siji.bank.validation.scope import Scope

RULES = [
    structure.check_references,
    structure.check_sections,
    structure.check_groups,
    structure.check_passages,
    prose.check_lengths,
    prose.check_turns,
    prose.check_plain_text,
    choices.check_choices,
    choices.check_traps,
    choices.check_proofs,
    choices.check_explanations,
    choices.check_skills,
    cloze.check_banks,
    cloze.check_blanks,
    cloze.check_cloze_traps,
    matching.check_statements,
    written.check_essays,
    written.check_translations,
    written.check_anchors,
    review.check_review,
]


def check_content(content: Content) -> list[Finding]:
    """Everything wrong with what was read, what could not be read first."""
    findings = list(content.findings)
    for blueprint in content.blueprints.values():
        findings += structure.check_blueprint(blueprint)
    for paper in content.papers:
        findings += check_paper(paper, content)
    return findings


def check_paper(paper: PaperSource, content: Content) -> list[Finding]:
    """Everything wrong with one paper, in the order of the rules."""
    scope = Scope(paper=paper, content=content, blueprint=content.blueprints[paper.about.blueprint])
    return [finding for rule in RULES for finding in rule(scope)]
