"""The weekly bulletin: figures by stage, clock, category and organisation, with their cases."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from dutyroom.actions.clock import now_ms
from dutyroom.api.answers import may_answer
from dutyroom.api.asking import NotFound, reader
from dutyroom.clocks.route import Stage
from dutyroom.domain.orgs import LONGEST_PATH, within
from dutyroom.projections import bulletin, trend
from dutyroom.projections.bulletin import Bulletin
from dutyroom.projections.trend import MOST_WEEKS, StageTrend

router = Router(tags=["loop"])


@router.get("/bulletin")
@may_answer(404)
def weekly_bulletin(request: HttpRequest, week: str = "", org: str = "") -> Bulletin:
    """A week (`2026-W48`; left out: the last one that is over) of an organisation with all below it
    (left out: that of the member). Of another organisation's a member is told nothing."""
    actor = reader(request, "bulletin")
    asked = org or actor.org
    found = bulletin.bulletin(week or None, asked, now_ms()) if within(asked, actor.org) else None
    if found is None:
        raise NotFound
    return found


@router.get("/stage-figures")
@may_answer(404)
def stage_figures(
    request: HttpRequest,
    stage: Stage = "handle",
    *,
    week: str = "",
    weeks: Annotated[int, Query(ge=1, le=MOST_WEEKS)] = 8,
    org: Annotated[str, Query(max_length=LONGEST_PATH)] = "",
    category: Annotated[str, Query(max_length=40)] = "",
) -> StageTrend:
    """A stage over some weeks up to one (left out: the present one), of an organisation with all
    below it (left out: that of the member), and in the last of them by organisation and category.
    Of another organisation's a member is told nothing."""
    actor = reader(request, "bulletin")
    asked = org or actor.org
    if not within(asked, actor.org):
        raise NotFound
    found = trend.trend(stage, week or None, weeks, asked, category, now_ms())
    if found is None:
        raise NotFound
    return found
