"""The weekly bulletin: figures by stage, clock, category and organisation, with their cases."""

from django.http import HttpRequest
from ninja import Router

from dutyroom.actions.clock import now_ms
from dutyroom.api.answers import may_answer
from dutyroom.api.asking import NotFound, reader
from dutyroom.domain.orgs import within
from dutyroom.projections import bulletin
from dutyroom.projections.bulletin import Bulletin

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
