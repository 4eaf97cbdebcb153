"""The weekly bulletin from the read models, for the room or for an organisation with all below."""

from collections.abc import Iterator
from typing import Final

import msgspec
from django.db.models import Q

from dutyroom.bulletin import Case, Week, WeekFigures, case_of, figures_of, week_at, week_named
from dutyroom.domain.loops import LOOPS
from dutyroom.domain.orgs import within
from dutyroom.projections.models import IncidentView, ListedView
from dutyroom.projections.packs import pack_in_force
from dutyroom.projections.rows import read_loop

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
    cases = tuple(_cases(week, org, now_ms))
    figures = figures_of(cases, week, _below(org, paths), now_ms)
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
        cases=tuple(_as_row(one) for one in cases if one.id in named),
    )


def _below(org: str, paths: list[str]) -> list[str]:
    """The organisations that it is broken down by: those right below it."""
    below = [one for one in paths if one != org and within(one, org)]
    return [one for one in below if not any(one != other and within(one, other) for other in below)]


def _named(figures: WeekFigures) -> set[str]:
    """The incidents that some figure counts."""
    named = {*figures.opened, *figures.concluded, *figures.reopened, *figures.late}
    for stage in figures.stages:
        named |= {*stage.done, *stage.there, *stage.paused, *stage.again}
    for clock in figures.clocks:
        named |= {*clock.in_time, *clock.late, *clock.open_late}
    return named


def _cases(week: Week, org: str, now_ms: int) -> Iterator[Case]:
    """The incidents that may count: those that are open, and those that changed since the week
    began; in portions, in the order of their ids."""
    may_count = Q(open=True) | Q(changed_at_ms__gte=week.from_ms)
    rows = ListedView.objects.filter(may_count, kind=LOOPS.name).exclude(state="merged")
    if org:
        rows = rows.filter(Q(org=org) | Q(org__startswith=f"{org}/"))
    last = ""
    while portion := list(
        rows.filter(id__gt=last).order_by("id").values_list("id", "row")[:PORTION]
    ):
        last = portion[-1][0]
        facts = {
            id_: (category, priority, opened_ms)
            for id_, category, priority, opened_ms in IncidentView.objects.filter(
                id__in=[id_ for id_, _ in portion]
            )
            .exclude(state="merged")
            .values_list("id", "category", "priority", "opened_at_ms")
        }
        for id_, row in portion:
            if id_ in facts:
                yield case_of(read_loop(row), *facts[id_], now_ms)


def _as_row(case: Case) -> BulletinCase:
    return BulletinCase(
        id=case.id,
        number=case.number,
        org=case.org,
        category=case.category,
        priority=case.priority,
        opened_ms=case.opened_ms,
    )
