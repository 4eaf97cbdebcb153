"""What can't be, said before anything runs."""

from collections import Counter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.reading.problems import ProblemList
from dutyroom.rehearsal.scenario.build import shift_changes, team_of
from dutyroom.rehearsal.scenario.lines import Lines
from dutyroom.rehearsal.scenario.model import Scenario
from dutyroom.rehearsal.simulation.city import as_seconds
from dutyroom.rehearsal.simulation.records import COMPLIANCE, NEAREST_FACILITY, START_SHIFT

MOST_STRANDED: Final = 20
SHOWN: Final = 3
"""So many of what has the same problem are named."""


def note_impossible(scenario: Scenario, problems: ProblemList, lines: Lines) -> None:
    """Categories that no unit can serve, points that no unit can reach, no time that counts."""
    if not scenario.units:
        problems.add(*lines.units(), "there is no unit", "Add at least one")
        return
    if scenario.warm_up_h >= scenario.hours:
        problems.add(
            *lines.key("warm_up_h"),
            f'"warm_up_h" is {scenario.warm_up_h:g}, and the whole scenario '
            f"{scenario.hours:g} hours: nothing is left that counts",
            'Write fewer hours of warm-up, or more "hours"',
        )
    changes = shift_changes(scenario.units, scenario)
    starts = set(changes["unit"][changes["kind"] == START_SHIFT].tolist())
    there = [unit for number, unit in enumerate(scenario.units) if number in starts]
    has = Counter(c for unit in scenario.units for c in unit.capabilities)
    on_duty = Counter(c for unit in there for c in unit.capabilities)
    _note_lacking(scenario, has, problems, lines)
    geography = scenario.geography
    for capability, called in _called(scenario).items():
        if not has[capability]:
            continue
        if not on_duty[capability]:
            off_duty = next(unit for unit in scenario.units if capability in unit.capabilities)
            problems.add(
                *lines.unit(off_duty.id),
                f'no unit with "{capability}" is on duty in these {scenario.hours:g} hours',
                'Change the shifts, or "start" and "hours"',
            )
            continue
        bases = sorted({unit.base for unit in there if capability in unit.capabilities})
        ways = as_seconds(geography.travel[bases], geography.unit_s)
        lost = np.flatnonzero(~np.isfinite(ways).any(axis=0) & called)
        if len(lost):
            problems.add(
                *lines.point(geography.ids[lost[0]]),
                f'no unit with "{capability}" can reach {_points(scenario, lost)}, '
                "where calls for it come from",
                "Put such a unit where there is a way, or take the calls elsewhere",
            )
    _note_stranded(scenario, problems, lines)
    _note_teamless(scenario, problems, lines)


def _note_teamless(scenario: Scenario, problems: ProblemList, lines: Lines) -> None:
    """Compliance tables that no unit is moved by."""
    if scenario.rules.after != COMPLIANCE:
        return
    moved = {team_of(unit, scenario.compliance) for unit in scenario.units}
    for number in range(len(scenario.compliance)):
        if number not in moved:
            problems.add(
                *lines.rule("compliance", number),
                "no unit is counted by this table: none has its agency and capabilities, or "
                "earlier tables count them all",
                "Change them, or leave the table out",
            )


def _note_lacking(
    scenario: Scenario, has: Counter[str], problems: ProblemList, lines: Lines
) -> None:
    """Capabilities of which there are fewer units than some kind of calls needs: each once."""
    lacking: dict[tuple[str, int], list[int]] = {}
    for number, kind in enumerate(scenario.kinds):
        for need in kind.needs:
            if has[need.capability] < need.count:
                lacking.setdefault((need.capability, need.count), []).append(number)
    for (capability, count), numbers in sorted(lacking.items()):
        categories = {scenario.kinds[number].category for number in numbers}
        some = ", ".join(f'"{category}"' for category in sorted(categories)[:SHOWN])
        more = f" and {len(categories) - SHOWN} more" if len(categories) > SHOWN else ""
        there = has[capability]
        problems.add(
            *lines.need(numbers[0], scenario.kinds[numbers[0]], capability),
            f"calls of {some}{more} need {count} unit{'s' if count > 1 else ''} with "
            f'"{capability}", of which there {"is 1" if there == 1 else f"are {there or 'none'}"}',
            "Add such units, or leave out these calls",
        )


def _points(scenario: Scenario, points: NDArray[np.int64]) -> str:
    """Some of the points by name, and how many there are."""
    ids = [f'"{scenario.geography.ids[point]}"' for point in points[:SHOWN]]
    noun = "the point" if len(points) == 1 else "the points"
    more = f" and {len(points) - SHOWN} more" if len(points) > SHOWN else ""
    return f"{noun} {', '.join(ids)}{more}"


def _note_stranded(scenario: Scenario, problems: ProblemList, lines: Lines) -> None:
    """Calls from which there is no way to the facility that they name, or to any: the unit would
    never arrive, and be gone for good."""
    geography = scenario.geography
    if not scenario.facilities:
        return
    where = np.array([point for _, point in scenario.facilities])
    ways = as_seconds(geography.travel[:, where], geography.unit_s)
    stranded = set()
    if scenario.given is not None:
        at = np.repeat(scenario.given.point, np.diff(scenario.given.first))
        facility = scenario.given.facility
        named = facility >= 0
        missing = ~np.isfinite(ways[at[named], facility[named]])
        for point, number in zip(at[named][missing], facility[named][missing], strict=True):
            stranded.add((int(point), f'the facility "{scenario.facilities[number][0]}"'))
        nearest = at[facility == NEAREST_FACILITY]
        cut_off = nearest[~np.isfinite(ways[nearest]).any(axis=1)]
        stranded |= {(int(point), "any facility") for point in cut_off}
    if any(kind.transport_share > 0 for kind in scenario.kinds):
        called = np.logical_or.reduce(list(_called(scenario).values()))
        cut_off = np.flatnonzero(called & ~np.isfinite(ways).any(axis=1))
        stranded |= {(int(point), "any facility") for point in cut_off}
    for point, to in sorted(stranded)[:MOST_STRANDED]:
        problems.add(
            *lines.point(geography.ids[point]),
            f'there is no way from the point "{geography.ids[point]}" to {to}, '
            "where calls from there are taken",
            "Add the way, or take them elsewhere",
        )


def _called(scenario: Scenario) -> dict[str, NDArray[np.bool_]]:
    """By capability, the points that calls for it come from."""
    points = len(scenario.geography.ids)
    found: dict[str, NDArray[np.bool_]] = {}
    if scenario.given is not None:
        at = np.repeat(scenario.given.point, np.diff(scenario.given.first))
        for need in np.unique(scenario.given.need).tolist():
            mask = np.bincount(at[scenario.given.need == need], minlength=points) > 0
            found[scenario.capabilities[need]] = mask
    for kind in scenario.kinds:
        from_here = np.asarray(kind.point_weight or np.ones(points)) > 0
        for need in kind.needs:
            before = found.get(need.capability, np.zeros(points, np.bool_))
            found[need.capability] = before | (from_here & (kind.per_h > 0))
    return found
