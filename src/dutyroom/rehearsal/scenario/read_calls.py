"""Reads how many calls of which kind come: the entry ``calls`` of a scenario."""

from pathlib import Path
from typing import Final

import numpy as np

from dutyroom.citypack import CityPack
from dutyroom.domain.values import Need
from dutyroom.reading.json_entry import Entry
from dutyroom.rehearsal.scenario.from_pack import pack_kinds
from dutyroom.rehearsal.scenario.model import CallKind, Duration, Geography
from dutyroom.rehearsal.scenario.read_parts import point_of
from dutyroom.rehearsal.scenario.tables import read_rows

KIND_KEYS: Final = (
    "priority", "needs", "on_scene", "turnout", "handover", "transport_share", "travel_cv",
    "by_hour", "weights", "officer_initiated", "together",
)  # fmt: skip
DURATION_KINDS: Final = ("lognormal", "gamma", "exponential")


def read_kinds(
    scenario: Entry,
    folder: Path,
    geography: Geography,
    index: dict[str, int],
    capabilities: tuple[str, ...],
    has_facilities: bool,
    pack: CityPack | None,
) -> tuple[CallKind, ...]:
    """``{"per_h": 20, "by_hour": [...], "weights": "demand.csv", "kinds": [{...}]}``."""
    entry = Entry(scenario.file, ("calls",), (), ("per_h", "by_hour", "weights", "kinds"))
    by_hour = _by_hour(entry)
    weight = _weights(entry, folder, index)
    per_h = entry.number("per_h", 0.0, 1e6) if entry.has("per_h") else None
    kinds: list[CallKind] = []
    for one in entry.entries("kinds", ("category", "per_h"), KIND_KEYS):
        share = one.number("transport_share", 0.0, 1.0)
        if share and not has_facilities:
            one.problem("transport_share", "there is no facility", "Name a file of facilities")
        kinds.append(
            CallKind(
                category=one.string("category"),
                per_h=one.number("per_h", 0.0, 1e6),
                priority=one.integer("priority", 1, 9, 1) if one.has("priority") else 1,
                needs=_needs(one, capabilities),
                on_scene=_duration(one, "on_scene", Duration(1500.0, 1.0)),
                turnout=_duration(one, "turnout", Duration(0.0, 0.0)),
                handover=_duration(one, "handover", Duration(0.0, 0.0)),
                transport_share=share,
                travel_cv=one.number("travel_cv", 0.0, 3.0),
                by_hour=_by_hour(one) if one.has("by_hour") else by_hour,
                point_weight=_weights(one, folder, index) if one.has("weights") else weight,
                officer_initiated=one.flag("officer_initiated"),
                together=one.flag("together"),
            )
        )
    if kinds or pack is None:
        if not kinds:
            entry.problem("kinds", "there is no kind of calls", "Add at least one")
        return tuple(kinds)
    return tuple(
        CallKind(
            kind.category, kind.per_h, kind.priority, kind.needs, kind.on_scene, kind.turnout,
            by_hour=by_hour if entry.has("by_hour") else kind.by_hour,
            point_weight=weight or kind.point_weight,
        )
        for kind in pack_kinds(pack, geography, per_h)
    )  # fmt: skip


def _needs(entry: Entry, capabilities: tuple[str, ...]) -> tuple[Need, ...]:
    needs = []
    for one in entry.entries("needs", ("capability",), ("count",)):
        capability = one.string("capability")
        if capability and capability not in capabilities:
            one.problem(
                "capability", f'no unit can ever serve "{capability}"',
                f"Use one of {', '.join(capabilities)}",
            )  # fmt: skip
        elif capability:
            count = one.integer("count", 1, 50) if one.has("count") else 1
            needs.append(Need(capability, count))
    if not entry.has("needs"):
        if "any" not in capabilities and len(capabilities) > 1:
            entry.problem("needs", "what these calls need is missing", 'Add "needs"')
        only = capabilities[0] if len(capabilities) == 1 else "any"
        return (Need("any" if "any" in capabilities else only, 1),)
    return tuple(needs)


def _duration(entry: Entry, key: str, otherwise: Duration) -> Duration:
    """A number of seconds (constant), or ``{"mean_s": 1500, "cv": 1, "kind": "lognormal"}``."""
    if not entry.has(key):
        return otherwise
    if not isinstance(entry.value[key], dict):
        return Duration(entry.number(key, 0.0, 1e6), 0.0)
    given = Entry(entry.file, (*entry.path, key), (), ("mean_s", "mean_min", "cv", "kind"))
    kind = given.value.get("kind", "lognormal")
    if kind not in DURATION_KINDS:
        given.problem("kind", f'unknown kind "{kind}"', f"Write one of {', '.join(DURATION_KINDS)}")
        kind = "lognormal"
    mean_s = given.number("mean_s", 0.0, 1e6) + 60.0 * given.number("mean_min", 0.0, 1e5)
    return Duration(mean_s, given.number("cv", 0.0, 10.0, 1.0), kind)


def _by_hour(entry: Entry) -> tuple[float, ...]:
    if not entry.has("by_hour"):
        return (1.0,)
    value = entry.items("by_hour")
    good = [v for v in value if isinstance(v, int | float) and not isinstance(v, bool) and v >= 0]
    if len(good) != len(value) or len(value) not in (24, 168) or not sum(good):
        entry.problem("by_hour", '"by_hour" must be 24 or 168 numbers from 0 on',
                      "Write one weight per hour of the day or of the week")  # fmt: skip
        return (1.0,)
    return tuple(float(v) for v in good)


def _weights(entry: Entry, folder: Path, index: dict[str, int]) -> tuple[float, ...]:
    """How likely a call comes from each point; points that aren't listed have none."""
    if not entry.has("weights"):
        return ()
    name = entry.string("weights")
    weights = np.zeros(max(index.values()) + 1)
    for row in read_rows(folder, name, ("point", "weight"), (), entry.file.problems):
        weights[point_of(row, "point", index)] += row.number("weight", 0.0, 1e12)
    if not weights.sum() and not entry.file.problems:
        entry.file.problems.add(name, None, "all weights are 0", "Give a point a weight")
    return tuple(float(w) for w in weights)
