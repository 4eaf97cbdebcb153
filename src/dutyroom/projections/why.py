"""Why a clock is due when it is: the parts of its time, by its rule and calendar."""

from collections.abc import Iterable

import msgspec

from dutyroom.clocks.days import Kind
from dutyroom.clocks.pauses import Pause
from dutyroom.clocks.rule import Length, Unit
from dutyroom.clocks.ruler import Part, ruler
from dutyroom.core.text import Text
from dutyroom.domain.loops import LOOPS
from dutyroom.domain.loops.row import LoopClockRow, key_of_task
from dutyroom.projections import packs
from dutyroom.projections.models import ListedView
from dutyroom.projections.rows import read_loop


class Within(msgspec.Struct, frozen=True, kw_only=True):
    """So many of a unit."""

    count: int
    unit: Unit


class WhyPart(msgspec.Struct, frozen=True, kw_only=True):
    """A span of a clock's time, ms UTC. `days`: how many of it count, where days are counted.
    `name`: of the holiday or make-up day. `reason`: the code of the pause's, empty for a merge."""

    kind: Kind
    from_ms: int
    to_ms: int
    days: int
    name: Text | None
    reason: str | None


class WhyDeadline(msgspec.Struct, frozen=True, kw_only=True):
    """Why a clock is due when it is: the parts from its start to its end, or to now while it stands
    still; what counts of them adds up to the promise.

    `confirmed`: by the centre's lawyers. `counted`: days where days are counted, else ms.
    """

    clock: str
    name: Text
    within: Within
    extended: int
    calendar: Text
    citations: tuple[Text, ...]
    holds_from: str
    confirmed: bool
    provisional: bool
    due_ms: int | None
    in_days: bool
    counted: int
    parts: tuple[WhyPart, ...]


def why(incident: str, clock: str, now_ms: int) -> WhyDeadline | None:
    """Of the latest run of a clock; None if the incident has none. Raises `NoPack` where the pack
    that it goes by is gone."""
    runs = [one for one in clocks_of(incident) if one.clock == clock]
    return _why(runs[-1], now_ms) if runs else None


def clocks_of(incident: str) -> tuple[LoopClockRow, ...]:
    """All runs of clocks for an incident, also for one that is closed."""
    keys = (incident, key_of_task(incident))
    found = ListedView.objects.filter(kind=LOOPS.name, id__in=keys).values_list("row", flat=True)
    return tuple(one for row in found for one in read_loop(row).clocks)


def _why(run: LoopClockRow, now_ms: int) -> WhyDeadline:
    loop = packs.load(run.pack).loop
    rule = loop.clocks[run.rule]
    calendar = loop.calendar(rule.calendar)
    pauses = tuple(Pause(one.reason, one.from_ms, one.to_ms) for one in run.pauses)
    told = ruler(rule, calendar, run.from_ms, pauses, run.extensions, now_ms)
    return WhyDeadline(
        clock=run.clock,
        name=rule.name,
        within=_within(rule.within),
        extended=run.extensions,
        calendar=calendar.name,
        citations=told.citations,
        holds_from=rule.edition.from_date.isoformat(),
        confirmed=rule.confirmed,
        provisional=told.promise.provisional,
        due_ms=told.promise.due_ms,
        in_days=told.in_days,
        counted=told.amount("counted") + told.amount("extension"),
        parts=tuple(_parts(told.parts)),
    )


def _parts(parts: Iterable[Part]) -> Iterable[WhyPart]:
    for one in parts:
        yield WhyPart(
            kind=one.kind,
            from_ms=one.from_ms,
            to_ms=one.to_ms,
            days=one.days,
            name=one.name,
            reason=one.reason,
        )


def _within(length: Length) -> Within:
    return Within(count=length.count, unit=length.unit)
