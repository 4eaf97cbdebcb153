"""Which calls the next hour brings: as learnt from a room's own where it has that, else assumed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dutyroom.advice import answers
from dutyroom.advice.kept_file import WhyNot
from dutyroom.advice.nearest import nearest_point
from dutyroom.citypack import CityPack, PackRefused
from dutyroom.domain.values import Need
from dutyroom.rehearsal.scenario.from_pack import ON_SCENE, TURNOUT
from dutyroom.rehearsal.scenario.model import CallKind, Geography, Scenario
from dutyroom.rehearsal.scenario.usual import UsualCalls, UsualKind, read_usual


@dataclass(frozen=True, slots=True)
class ExpectedCalls:
    """What the next hour stands on. ``usual`` None: all calls are assumed, and ``why``."""

    usual: UsualCalls | None = None
    why: WhyNot = "no_file"

    def apply(self, scenario: Scenario, pack: CityPack) -> Scenario:
        """The scenario with the learnt calls in place of its own, if there are any. How long work
        takes isn't learnt here: it is as in the scenario of the pack."""
        if self.usual is None:
            return scenario
        points = _points_of(scenario.geography, pack)
        kinds = tuple(_kind(kind, scenario.geography, points, pack) for kind in self.usual.kinds)
        return replace(scenario, kinds=kinds)

    def said(self) -> answers.AssumedCalls | answers.LearntCalls:
        """On what it stands, to be said on the screen."""
        if self.usual is None:
            return answers.AssumedCalls(why=self.why)
        found = self.usual
        return answers.LearntCalls(
            source=found.source,
            calls=found.calls,
            begin_ms=found.begin_ms,
            end_ms=found.end_ms,
        )


def expected_calls(path: Path, pack: CityPack) -> ExpectedCalls:
    """What a file says of the calls of a pack."""
    try:
        usual = read_usual(path)
    except PackRefused:
        return ExpectedCalls(why="unusable")
    if usual is None:
        return ExpectedCalls()
    if usual.pack != pack.hash:
        return ExpectedCalls(why="other_pack")
    zones = {zone.id for zone in pack.zones}
    known = all(
        served_plan(pack, kind.category, kind.priority) and kind.zones.keys() <= zones
        for kind in usual.kinds
    )
    return ExpectedCalls(usual) if usual.kinds and known else ExpectedCalls(why="unusable")


def served_plan(pack: CityPack, category: str, priority: int) -> tuple[Need, ...]:
    """What such a call needs; empty if there is no plan, or the pack's units could never do it."""
    try:
        plan = pack.plan_for(category, priority)
    except KeyError:
        return ()
    has = Counter(capability for unit in pack.units for capability in unit.capabilities)
    return plan if all(has[need.capability] >= need.count for need in plan) else ()


def _kind(
    kind: UsualKind, geography: Geography, points: Mapping[str, list[int]], pack: CityPack
) -> CallKind:
    weight = [0.0] * len(geography.ids)
    for zone, count in kind.zones.items():
        for point in points[zone]:
            weight[point] += count / len(points[zone])
    return CallKind(
        category=kind.category,
        per_h=kind.per_h,
        priority=kind.priority,
        needs=pack.plan_for(kind.category, kind.priority),
        on_scene=ON_SCENE,
        turnout=TURNOUT,
        by_hour=kind.by_hour,
        point_weight=tuple(weight),
    )


def _points_of(geography: Geography, pack: CityPack) -> dict[str, list[int]]:
    """Where calls from each zone come from: all its points alike, or the one nearest to its middle
    if it has none."""
    points: dict[str, list[int]] = {zone.id: [] for zone in pack.zones}
    for point, zone_id in enumerate(geography.zone):
        points[zone_id].append(point)
    for zone in pack.zones:
        points[zone.id] = points[zone.id] or [nearest_point(geography, zone.centre)]
    return points
