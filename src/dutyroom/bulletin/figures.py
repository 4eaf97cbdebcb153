"""Figures of a week. Every count is the cases that it counts, so that it can be opened.

Medians and nine in ten are sample quantiles by linear interpolation (Hyndman and Fan 1996, type 7).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import floor

import msgspec

from dutyroom.bulletin.cases import Case, Promise, Spell
from dutyroom.bulletin.weeks import Week
from dutyroom.clocks.route import STAGES, Stage
from dutyroom.domain.orgs import within

type Cases = tuple[str, ...]
"""Ids of incidents, each once."""


class StageFigures(msgspec.Struct, frozen=True, kw_only=True):
    """A stage: incidents that left it in the week (``done``), those of them of which no promise was
    broken there (``in_time``) or one was (``late``), those that were there at its end (``there``),
    those that stood still there (``paused``), and those that came back after a reopening
    (``again``), which are in no other figure.

    ``median_s``, ``p90_s``: how long what is done was there, without the time that it stood still.
    """

    stage: Stage
    done: Cases
    in_time: Cases
    late: Cases
    there: Cases
    paused: Cases
    again: Cases
    median_s: float | None
    p90_s: float | None


class ClockFigures(msgspec.Struct, frozen=True, kw_only=True):
    """A clock: runs that were met in the week in time or late, and those that ran out before its
    end and were not met by then."""

    clock: str
    in_time: Cases
    late: Cases
    open_late: Cases


class ByPart(msgspec.Struct, frozen=True, kw_only=True):
    """The same of one category, or of one organisation with all below it."""

    of: str
    opened: Cases
    concluded: Cases
    late: Cases


class WeekFigures(msgspec.Struct, frozen=True, kw_only=True):
    """A week of an organisation. ``late``: a promise was broken in the week."""

    opened: Cases
    concluded: Cases
    reopened: Cases
    late: Cases
    stages: tuple[StageFigures, ...]
    clocks: tuple[ClockFigures, ...]
    by_category: tuple[ByPart, ...]
    by_org: tuple[ByPart, ...]


def figures_of(cases: Sequence[Case], week: Week, parts: Iterable[str], now_ms: int) -> WeekFigures:
    """The figures of a week, as far as it has gone by ``now_ms``. ``parts``: paths of the
    organisations that it is broken down by."""
    end_ms = min(week.to_ms, now_ms)
    paths = tuple(parts)
    holding = {
        org: [path for path in paths if within(org, path)] for org in {one.org for one in cases}
    }
    by_org = _grouped(cases, lambda one: holding[one.org])
    return WeekFigures(
        opened=_which(cases, lambda one: week.holds(one.opened_ms)),
        concluded=_which(cases, lambda one: any(map(week.holds, one.concluded_ms))),
        reopened=_which(cases, lambda one: any(map(week.holds, one.reopened_ms))),
        late=_which(cases, lambda one: _is_late(one, week, end_ms)),
        stages=tuple(stage_of(stage, cases, week, now_ms) for stage in STAGES),
        clocks=tuple(_clocks(cases, week, end_ms)),
        by_category=tuple(
            part
            for code, some in sorted(_grouped(cases, lambda one: (one.category,)).items())
            if _says_something(part := _part(code, some, week, end_ms))
        ),
        by_org=tuple(_part(path, by_org.get(path, []), week, end_ms) for path in paths),
    )


def _grouped(
    cases: Iterable[Case], groups_of: Callable[[Case], Iterable[str]]
) -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    for one in cases:
        for group in groups_of(one):
            found.setdefault(group, []).append(one)
    return found


def quantile(values: Sequence[float], share: float) -> float | None:
    """The sample quantile of a share, interpolated (type 7); None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    at = (len(ordered) - 1) * share
    low = floor(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def _which(cases: Iterable[Case], counts: Callable[[Case], bool]) -> Cases:
    return tuple(one.id for one in cases if counts(one))


def _is_late(case: Case, week: Week, end_ms: int) -> bool:
    """Whether one of its promises was broken in the week."""
    return any(
        one.due_ms is not None
        and week.from_ms <= one.due_ms < end_ms
        and (one.over_ms is None or one.over_ms > one.due_ms)
        for one in case.promises
    )


def stage_of(stage: Stage, cases: Sequence[Case], week: Week, now_ms: int) -> StageFigures:
    """The figures of a stage in a week, as far as it has gone by ``now_ms``."""
    return stage_of_spells(stage, spells_at(stage, cases), week, now_ms)


def spells_at(stage: Stage, cases: Iterable[Case]) -> list[tuple[str, Spell]]:
    """All spells of cases at a stage, each with the id of its case."""
    return [(one.id, spell) for one in cases for spell in one.spells if spell.stage == stage]


def stage_of_spells(
    stage: Stage, spells: Iterable[tuple[str, Spell]], week: Week, now_ms: int
) -> StageFigures:
    """The same of its spells, which are looked at once: there may be many, and many weeks."""
    from_ms, to_ms, end_ms = week.from_ms, week.to_ms, min(week.to_ms, now_ms)
    done: dict[str, bool] = {}
    there: list[str] = []
    paused: list[str] = []
    again: list[str] = []
    lasted: list[float] = []
    for id_, one in spells:
        if one.again:
            if from_ms <= one.from_ms < to_ms:
                again.append(id_)
            continue
        if one.from_ms < end_ms and (one.to_ms is None or one.to_ms >= end_ms):
            there.append(id_)
        if one.to_ms is None or not from_ms <= one.to_ms < to_ms:
            continue
        done[id_] = done.get(id_, False) or one.late
        lasted.append((one.to_ms - one.from_ms - one.paused_ms) / 1000)
        if one.paused_ms > 0:
            paused.append(id_)
    return StageFigures(
        stage=stage,
        done=tuple(done),
        in_time=tuple(id_ for id_, late in done.items() if not late),
        late=tuple(id_ for id_, late in done.items() if late),
        there=_once(there),
        paused=_once(paused),
        again=_once(again),
        median_s=quantile(lasted, 0.5),
        p90_s=quantile(lasted, 0.9),
    )


def _clocks(cases: Sequence[Case], week: Week, end_ms: int) -> Iterator[ClockFigures]:
    of_clock: dict[str, list[tuple[Case, Promise]]] = {}
    for case in cases:
        for each in case.promises:
            of_clock.setdefault(each.clock, []).append((case, each))
    for clock, runs in sorted(of_clock.items(), key=lambda one: one[0]):
        met = [(case, one) for case, one in runs if one.met and week.holds(one.over_ms)]
        found = ClockFigures(
            clock=clock,
            in_time=_once(case.id for case, one in met if not one.late_ms),
            late=_once(case.id for case, one in met if one.late_ms),
            open_late=_once(
                case.id
                for case, one in runs
                if one.due_ms is not None
                and one.due_ms < end_ms
                and (one.over_ms is None or one.over_ms >= end_ms)
            ),
        )
        if found.in_time or found.late or found.open_late:
            yield found


def _part(of: str, cases: Sequence[Case], week: Week, end_ms: int) -> ByPart:
    return ByPart(
        of=of,
        opened=_which(cases, lambda one: week.holds(one.opened_ms)),
        concluded=_which(cases, lambda one: any(map(week.holds, one.concluded_ms))),
        late=_which(cases, lambda one: _is_late(one, week, end_ms)),
    )


def _says_something(part: ByPart) -> bool:
    return bool(part.opened or part.concluded or part.late)


def _once(ids: Iterable[str]) -> Cases:
    return tuple(dict.fromkeys(ids))
