"""The weekly bulletin from the read models, for the room or for an organisation with all below."""

import msgspec

from dutyroom.bulletin import WeekFigures, figures_of, week_at, week_named
from dutyroom.bulletin.ratings import FEWEST, RatingFigures, ratings_of
from dutyroom.domain.orgs import within
from dutyroom.projections.cases import BulletinCase, as_row, cases_since, named_by
from dutyroom.projections.packs import pack_in_force
from dutyroom.projections.ratings import ended_call_backs, rated_cases


class Bulletin(msgspec.Struct, frozen=True, kw_only=True):
    """A week of an organisation: its figures name ``cases`` by their ids. ``next``: None where that
    week hasn't begun. ``to_ms``: the end of the week; ``at_ms``: what was known then. ``ratings``:
    what callers said in follow-up calls that came to an end in the week, and ``ratings_by_org``; of
    fewer than ``fewest`` answers no share is told."""

    week: str
    previous: str
    next: str | None
    from_ms: int
    to_ms: int
    at_ms: int
    org: str
    figures: WeekFigures
    ratings: RatingFigures
    ratings_by_org: tuple[RatingFigures, ...]
    fewest: int
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
    calls = ended_call_backs(org, week.from_ms, week.to_ms)
    ratings, ratings_by_org, _ = ratings_of(calls, below(org, paths))
    return Bulletin(
        week=week.name,
        previous=week_at(week.from_ms - 1, pack.timezone).name,
        next=after.name if after.from_ms <= now_ms else None,
        from_ms=week.from_ms,
        to_ms=week.to_ms,
        at_ms=now_ms,
        org=org,
        figures=figures,
        ratings=ratings,
        ratings_by_org=ratings_by_org,
        fewest=FEWEST,
        cases=(
            *(as_row(one) for one in cases if one.id in named),
            *rated_cases([one for one in calls if one.id not in named]),
        ),
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
