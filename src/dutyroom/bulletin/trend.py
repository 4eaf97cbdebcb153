"""A stage over weeks, and in the last of them by station and category together. Pure."""

from collections.abc import Iterable, Sequence

import msgspec

from dutyroom.bulletin.cases import Case
from dutyroom.bulletin.figures import StageFigures, spells_at, stage_of, stage_of_spells
from dutyroom.bulletin.weeks import Week
from dutyroom.clocks.route import Stage
from dutyroom.domain.orgs import within


class StageWeek(msgspec.Struct, frozen=True, kw_only=True):
    """A stage in a week. ``to_ms`` belongs to the next one; of a week that lasts it is as far as it
    has gone."""

    week: str
    from_ms: int
    to_ms: int
    figures: StageFigures


class StagePart(msgspec.Struct, frozen=True, kw_only=True):
    """The same of a category at one organisation with all below it."""

    org: str
    category: str
    figures: StageFigures


def trend_of(
    stage: Stage, cases: Sequence[Case], weeks: Iterable[Week], now_ms: int
) -> tuple[StageWeek, ...]:
    """A stage in each of some weeks."""
    spells = spells_at(stage, cases)
    return tuple(
        StageWeek(
            week=one.name,
            from_ms=one.from_ms,
            to_ms=one.to_ms,
            figures=stage_of_spells(stage, spells, one, now_ms),
        )
        for one in weeks
    )


def parts_of(
    stage: Stage, cases: Sequence[Case], week: Week, paths: Sequence[str], now_ms: int
) -> tuple[StagePart, ...]:
    """A stage in a week, by organisation and category: where there is something to count. What lies
    with none of the ``paths`` stands last, under the path that it has."""
    groups: dict[tuple[str, str], list[Case]] = {}
    for one in cases:
        org = next((path for path in paths if within(one.org, path)), one.org)
        groups.setdefault((org, one.category), []).append(one)
    order = {path: at for at, path in enumerate(paths)}
    found = (
        StagePart(org=org, category=category, figures=stage_of(stage, some, week, now_ms))
        for (org, category), some in sorted(
            groups.items(), key=lambda one: (order.get(one[0][0], len(order)), one[0])
        )
    )
    return tuple(one for one in found if _says_something(one.figures))


def _says_something(one: StageFigures) -> bool:
    return bool(one.done or one.there or one.paused or one.again)
