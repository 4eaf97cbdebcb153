"""A stage over weeks from the read models, for the room or for an organisation with all below."""

from typing import Final

import msgspec

from dutyroom.bulletin import (
    StagePart,
    StageWeek,
    parts_of,
    trend_of,
    week_at,
    week_named,
    weeks_until,
)
from dutyroom.clocks.route import Stage
from dutyroom.domain.orgs import within
from dutyroom.projections.cases import BulletinCase, as_row, cases_since, named_by
from dutyroom.projections.packs import pack_in_force

MOST_WEEKS: Final = 26


class StageTrend(msgspec.Struct, frozen=True, kw_only=True):
    """A stage in some weeks, the earliest first, and in the last of them by police station and
    category, what lies elsewhere by its organisation; figures name ``cases`` by their ids.
    ``category``: only of this one; empty for all. ``next``: None where that week hasn't begun.
    ``at_ms``: what was known then."""

    stage: Stage
    org: str
    category: str
    week: str
    previous: str
    next: str | None
    at_ms: int
    weeks: tuple[StageWeek, ...]
    parts: tuple[StagePart, ...]
    cases: tuple[BulletinCase, ...]


def trend(
    stage: Stage, week_name: str | None, count: int, org: str, category: str, now_ms: int
) -> StageTrend | None:
    """``count`` weeks up to one, without a name up to the present one; None if there is no such
    week or organisation, or the week hasn't begun."""
    pack = pack_in_force()
    this = week_at(now_ms, pack.timezone)
    last = this if week_name is None else week_named(week_name, pack.timezone)
    paths = [one.path for one in pack.orgs]
    if last is None or last.from_ms > now_ms or (org and org not in paths):
        return None
    weeks = weeks_until(last, min(count, MOST_WEEKS), pack.timezone)
    found = [
        one for one in cases_since(weeks[0].from_ms, org, now_ms) if category in ("", one.category)
    ]
    stations = [one.path for one in pack.orgs if one.level == "station" and within(one.path, org)]
    by_week = trend_of(stage, found, weeks, now_ms)
    parts = parts_of(stage, found, last, stations, now_ms)
    named = named_by(one.figures for one in by_week)
    after = week_at(last.to_ms, pack.timezone)
    return StageTrend(
        stage=stage,
        org=org,
        category=category,
        week=last.name,
        previous=week_at(last.from_ms - 1, pack.timezone).name,
        next=after.name if after.from_ms <= now_ms else None,
        at_ms=now_ms,
        weeks=by_week,
        parts=parts,
        cases=tuple(as_row(one) for one in found if one.id in named),
    )
