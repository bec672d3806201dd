"""The shape of a Grafana dashboard, as little of it as it needs. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Json = dict[str, Any]
Kind = Literal["timeseries", "stat", "table"]
SOURCE = {"type": "prometheus", "uid": "siji-prometheus"}
SCHEMA = 41
WIDE = 24


@dataclass(frozen=True, slots=True)
class Panel:
    title: str
    queries: tuple[tuple[str, str], ...]
    """PromQL and what its line is called."""
    unit: str = "short"
    kind: Kind = "timeseries"
    width: int = 12
    height: int = 8
    must: float | None = None
    """Red beyond it."""
    is_low_good: bool = True
    about: str = ""


def dashboard(uid: str, title: str, panels: Sequence[Panel], *, since: str = "now-6h") -> Json:
    return {
        "uid": uid,
        "title": title,
        "tags": ["siji"],
        "timezone": "browser",
        "editable": False,
        "graphTooltip": 1,
        "refresh": "30s",
        "time": {"from": since, "to": "now"},
        "schemaVersion": SCHEMA,
        "version": 1,
        "templating": {"list": []},
        "annotations": {"list": []},
        "links": [{"type": "dashboards", "title": "Siji", "tags": ["siji"], "asDropdown": True, "keepTime": True}],
        "panels": [
            _panel(number, panel, place) for number, (panel, place) in enumerate(zip(panels, _places(panels), strict=True), 1)
        ],
    }


def _places(panels: Sequence[Panel]) -> list[Json]:
    """In rows from the left, each as high as its highest."""
    found: list[Json] = []
    x = y = high = 0
    for panel in panels:
        if x + panel.width > WIDE:
            x, y, high = 0, y + high, 0
        found.append({"x": x, "y": y, "w": panel.width, "h": panel.height})
        x, high = x + panel.width, max(high, panel.height)
    return found


def _panel(number: int, panel: Panel, place: Json) -> Json:
    return {
        "id": number,
        "type": panel.kind,
        "title": panel.title,
        "description": panel.about,
        "datasource": SOURCE,
        "gridPos": place,
        "fieldConfig": {"defaults": {"unit": panel.unit, "min": 0, **_thresholds(panel)}, "overrides": []},
        "options": _options(panel.kind),
        "targets": [
            {
                "refId": chr(ord("A") + place_),
                "datasource": SOURCE,
                "expr": expression,
                "legendFormat": legend,
                "instant": panel.kind == "table",
                "format": "table" if panel.kind == "table" else "time_series",
            }
            for place_, (expression, legend) in enumerate(panel.queries)
        ],
    }


def _thresholds(panel: Panel) -> Json:
    if panel.must is None:
        return {"color": {"mode": "palette-classic"}}
    good, bad = ("green", "red") if panel.is_low_good else ("red", "green")
    steps = [{"color": good, "value": None}, {"color": bad, "value": panel.must}]
    lines = {"custom": {"thresholdsStyle": {"mode": "dashed"}}} if panel.kind == "timeseries" else {}
    color = "thresholds" if panel.kind == "stat" else "palette-classic"
    return {"color": {"mode": color}, "thresholds": {"mode": "absolute", "steps": steps}, **lines}


def _options(kind: Kind) -> Json:
    if kind == "stat":
        return {"reduceOptions": {"calcs": ["lastNotNull"]}, "graphMode": "area", "colorMode": "value", "textMode": "auto"}
    if kind == "table":
        return {"showHeader": True}
    return {"legend": {"displayMode": "list", "placement": "bottom"}, "tooltip": {"mode": "multi", "sort": "desc"}}
