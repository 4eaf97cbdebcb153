"""The weekly bulletin from the read models, for the room or for an organisation with all below."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

import msgspec
from django.db.models import Q, QuerySet

from dutyroom.bulletin import (
    Case,
    StageFigures,
    WeekFigures,
    case_of,
    figures_of,
    week_at,
    week_named,
)
from dutyroom.domain.incidents.row import IncidentRow
from dutyroom.domain.loops import LOOPS
from dutyroom.domain.loops.row import LoopRow
from dutyroom.domain.orgs import within
from dutyroom.projections.models import IncidentView, ListedView
from dutyroom.projections.packs import pack_in_force
from dutyroom.projections.rows import read_incident, read_loop

PORTION: Final = 500


class BulletinCase(msgspec.Struct, frozen=True, kw_only=True):
    """An incident that a figure counts."""

    id: str
    number: str
    org: str
    category: str
    priority: int
    opened_ms: int


class Bulletin(msgspec.Struct, frozen=True, kw_only=True):
    """A week of an organisation: its figures name ``cases`` by their ids. ``next``: None where that
    week hasn't begun. ``to_ms``: the end of the week; ``at_ms``: what was known then."""

    week: str
    previous: str
    next: str | None
    from_ms: int
    to_ms: int
    at_ms: int
    org: str
    figures: WeekFigures
    cases: tuple[BulletinCase, ...]


def bulletin(week_name: str | None, org: str, now_ms: int) -> Bulletin | None:
    """Of a week, without a name of the last one that is over; None if there is no such week or
    organisation, or the week hasn't begun."""
    pack = pack_in_force()
    this = week_at(now_ms, pack.timezone)
    last = week_at(this.from_ms - 1, pack.timezone)
    week = last if week_name is None else week_named(week_name, pack.timezone)
    paths = [one.path for one in pack.orgs]
    if week is None or week.from_ms > now_ms or (org and org not in paths):
        return None
    cases = tuple(cases_since(week.from_ms, org, now_ms))
    figures = figures_of(cases, week, below(org, paths), now_ms)
    after = week_at(week.to_ms, pack.timezone)
    named = _named(figures)
    return Bulletin(
        week=week.name,
        previous=week_at(week.from_ms - 1, pack.timezone).name,
        next=after.name if after.from_ms <= now_ms else None,
        from_ms=week.from_ms,
        to_ms=week.to_ms,
        at_ms=now_ms,
        org=org,
        figures=figures,
        cases=tuple(as_row(one) for one in cases if one.id in named),
    )


def below(org: str, paths: list[str]) -> list[str]:
    """The organisations that it is broken down by: those right below it."""
    below = [one for one in paths if one != org and within(one, org)]
    return [one for one in below if not any(one != other and within(one, other) for other in below)]


def _named(figures: WeekFigures) -> set[str]:
    """The incidents that some figure counts."""
    named = {*figures.opened, *figures.concluded, *figures.reopened, *figures.late}
    named |= named_by(figures.stages)
    for clock in figures.clocks:
        named |= {*clock.in_time, *clock.late, *clock.open_late}
    return named


def named_by(stages: Iterable[StageFigures]) -> set[str]:
    """The incidents that figures of stages count."""
    return {
        id_ for one in stages for ids in (one.done, one.there, one.paused, one.again) for id_ in ids
    }


def cases_since(from_ms: int, org: str, now_ms: int) -> Iterator[Case]:
    """The incidents that may count: those that are open, and those that changed since a time; with
    their loops or, where no pack had stages and clocks for them, without."""
    may_count = Q(open=True) | Q(changed_at_ms__gte=from_ms)
    loops = ListedView.objects.filter(may_count, kind=LOOPS.name).exclude(state="merged")
    if org:
        loops = loops.filter(Q(org=org) | Q(org__startswith=f"{org}/"))
    for portion in _portions(loops):
        rows = IncidentView.objects.filter(id__in=list(portion)).exclude(state="merged")
        facts = {one.id: one for one in map(read_incident, rows.values_list("row", flat=True))}
        for id_, row in portion.items():
            if id_ in facts:
                yield _case(read_loop(row), facts[id_], now_ms)
    with_loop = ListedView.objects.filter(kind=LOOPS.name).values("id")
    others = IncidentView.objects.filter(may_count).exclude(state="merged")
    for portion in _portions(others.exclude(id__in=with_loop)):
        for one in map(read_incident, portion.values()):
            if within(one.org, org):
                loop = LoopRow(id=one.id, number=one.number, org=one.org, clocks=(), position=0)
                yield _case(loop, one, now_ms)


def _portions(rows: QuerySet[Any]) -> Iterator[dict[str, str]]:
    """Rows by id, some at a time, in the order of their ids."""
    last = ""
    while portion := dict(
        rows.filter(id__gt=last).order_by("id").values_list("id", "row")[:PORTION]
    ):
        last = next(reversed(portion))
        yield portion


def _case(loop: LoopRow, one: IncidentRow, now_ms: int) -> Case:
    """Where it went through no stages, its own row says whether it was concluded."""
    found = case_of(loop, one.category, one.priority, one.opened_at_ms, now_ms)
    if loop.stages or one.state != "closed":
        return found
    return replace(found, concluded_ms=(one.since_ms,))


def as_row(case: Case) -> BulletinCase:
    """What is shown of a case."""
    return BulletinCase(
        id=case.id,
        number=case.number,
        org=case.org,
        category=case.category,
        priority=case.priority,
        opened_ms=case.opened_ms,
    )
