"""Small scenarios on a line: points a minute apart, so that every time can be worked out by hand."""

from dataclasses import replace
from typing import Any

import numpy as np

from dutyroom.domain.values import Need
from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.model import (
    CallKind,
    Compliance,
    Duration,
    Geography,
    GivenCalls,
    Scenario,
    ScenarioUnit,
)
from dutyroom.rehearsal.simulation.records import NO_FACILITY
from dutyroom.rehearsal.simulation.rules import Rules
from dutyroom.rehearsal.simulation.run import Inputs, Run, simulate

MINUTE = 60.0


def line(points: int = 10) -> Geography:
    """Points 0, 1, 2 ... a minute apart; each is an area of its own."""
    x = np.arange(points) * 1000.0
    travel = np.abs(x[:, None] - x) * MINUTE / 1000.0
    ids = tuple(f"p{n}" for n in range(points))
    return Geography(ids, x, np.zeros(points), np.zeros(0), np.zeros(0), ids, travel)


def tables(*rows: tuple[int, ...], **team: Any) -> tuple[Compliance, ...]:
    """A compliance table, of all units or of a team."""
    return (Compliance(rows, **team),)


def unit(id: str, base: int, *capabilities: str, **more: Any) -> ScenarioUnit:
    return ScenarioUnit(id, base, frozenset(capabilities or ("any",)), **more)


def given(*calls: dict[str, Any], capabilities: tuple[str, ...] = ("any",)) -> GivenCalls:
    """Calls of ``at`` (minutes), ``point``, ``priority``, ``needs`` and ``on_scene`` (minutes)."""
    rows = []
    for call in calls:
        needs = [capabilities.index(c) for c in call.get("needs", capabilities[:1])]
        rows.append((call, needs))
    counts = [len(needs) for _, needs in rows]
    places = [(call, place) for call, needs in rows for place in range(len(needs))]

    def column(name: str, otherwise: float = 0.0) -> np.ndarray:
        return np.array([call.get(name, otherwise) for call, _ in places], np.float64)

    return GivenCalls(
        ids=tuple(f"c{n}" for n in range(len(rows))),
        at_s=np.array([call["at"] for call, _ in rows], np.float64) * MINUTE,
        point=np.array([call["point"] for call, _ in rows], np.int32),
        priority=np.array([call.get("priority", 1) for call, _ in rows], np.int8),
        category=("test",) * len(rows),
        officer_initiated=np.array([call.get("own_work", False) for call, _ in rows]),
        first=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        need=np.array([n for _, needs in rows for n in needs], np.int32),
        turnout_s=column("turnout") * MINUTE,
        on_scene_s=column("on_scene", 10.0) * MINUTE,
        handover_s=column("handover") * MINUTE,
        facility=np.array(
            [
                call.get("facility", NO_FACILITY) if place == 0 else NO_FACILITY
                for call, place in places
            ],
            np.int32,
        ),
        stretch=column("stretch", 1.0),
    )


def scenario(units: list[ScenarioUnit], **more: Any) -> Scenario:
    """A scenario on the line; anything may be given instead."""
    capabilities = tuple(sorted({c for one in units for c in one.capabilities}))
    made = Scenario(
        name="test",
        geography=line(),
        units=tuple(units),
        capabilities=capabilities,
        facilities=(),
        posts=(),
        rules=Rules(),
        kinds=(),
        given=None,
        hours=24.0,
        warm_up_h=0.0,
        first_hour=0,
        seed=1,
        replications=2,
        targets_s={},
    )
    return replace(made, **more)


def play(units: list[ScenarioUnit], *calls: dict[str, Any], **more: Any) -> "Played":
    """Run calls by hand on the line."""
    one = scenario(units, **more)
    calls_given = given(*calls, capabilities=one.capabilities)
    return Played(replace(one, given=calls_given))


class Played:
    """A finished run, in minutes and in names."""

    def __init__(self, one: Scenario) -> None:
        self.builder = Builder(one)
        self.calls = self.builder.calls(0)
        self.inputs: Inputs = self.builder.inputs(self.calls)
        self.run: Run = simulate(self.inputs)

    def units(self) -> list[str | None]:
        """Who served each place."""
        names = [unit.id for unit in self.builder.units]
        return [names[u] if u >= 0 else None for u in self.run.outcomes["unit"]]

    def minutes(self, column: str) -> list[float]:
        return [round(float(v) / MINUTE, 6) for v in self.run.outcomes[column]]

    def starts(self) -> list[str]:
        """Where each unit was sent from."""
        return [self.builder.scenario.geography.ids[p] for p in self.run.outcomes["start"]]


def kind(per_h: float, on_scene: Duration, **more: Any) -> CallKind:
    made = CallKind("test", per_h, 1, (Need("any", 1),), on_scene)
    return replace(made, **more)
