"""The files in ops/ that are made from the rules and promises, so that they cannot say anything else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import yaml

from siji.monitoring.alerts.rules import RULES, Rule
from siji.monitoring.outside.grafana import Json
from siji.monitoring.outside.panels import dashboards
from siji.monitoring.outside.rules import alertmanager, prometheus_rules

OPS = Path(__file__).resolve().parents[4] / "ops"
MADE = "# Made by `siji outside write` from the rules in backend/siji/monitoring/alerts: do not edit.\n"


def files() -> dict[Path, str]:
    """Where → what stands there."""
    shown = {OPS / "grafana" / "dashboards" / f"{name}.json": as_json(one) for name, one in dashboards().items()}
    return {
        OPS / "prometheus" / "rules.yaml": rules_text(RULES),
        OPS / "prometheus" / "alertmanager.yaml": _as_yaml(alertmanager(RULES)),
        **shown,
    }


def rules_text(rules: Mapping[str, Rule]) -> str:
    return _as_yaml(prometheus_rules(rules))


def stale() -> list[Path]:
    return [path for path, text in files().items() if not path.exists() or path.read_text("utf-8") != text]


def write() -> list[Path]:
    """Those that were not as they should be."""
    old = stale()
    for path in old:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files()[path], "utf-8")
    return old


def as_json(found: Json) -> str:
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _as_yaml(found: Json) -> str:
    return MADE + yaml.safe_dump(found, sort_keys=False, allow_unicode=True, width=120)
