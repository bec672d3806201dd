"""``siji content``: what is wrong with the content folder, in words, and what was loaded."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from siji.bank.findings import Finding, errors
from siji.bank.loading import load_all
from siji.bank.measuring import measure_tracks
from siji.bank.sources import read_content
from siji.bank.validation import check_content
from siji.courses.search.filling import fill


def check() -> bool:
    """True when it may be loaded. Tells the pace and the length of each listening part too."""
    content = read_content(settings.SIJI_CONTENT)
    findings = check_content(content)
    measured = [] if errors(findings) else list(measure_tracks(content))
    for track in measured:
        print(track)
    return _told([*findings, *(finding for track in measured for finding in track.findings)])


def load() -> bool:
    """True when it is loaded; listening tracks still to be made are left to the worker."""
    report = load_all(settings.SIJI_CONTENT)
    if _told(report.findings) and report.is_loaded:
        new = ", ".join(f"{count} {table}" for table, count in sorted(report.new.items())) or "nothing new"
        print(f"{len(report.papers)} papers; {new}; {report.tracks_to_make} listening tracks to make")
        fill()
    return report.is_loaded


def _told(findings: Iterable[Finding]) -> bool:
    findings = sorted(findings)
    for finding in findings:
        print(f"{finding.severity}: {finding}")
    wrong = len(errors(findings))
    if wrong:
        print(f"\n发现 {wrong} 处错误，内容没有载入。请按上面的说明修改 {settings.SIJI_CONTENT}。")
        print(f"{wrong} errors: nothing is loaded. Mend {settings.SIJI_CONTENT} as said above.")
    return not wrong
