"""Lists by the page, where the board doesn't hold all that is open. No personal data."""

import re
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from dutyroom.actions.clock import now_ms
from dutyroom.api.answers import Kept, may_answer
from dutyroom.api.asking import NotFound, actor_of, reader
from dutyroom.domain.orgs import LONGEST_PATH
from dutyroom.policy import limit_of, lists_for
from dutyroom.projections import lists
from dutyroom.projections.board import BoardRows
from dutyroom.projections.lists import ListCounts, ListPage, Reach, Wanted
from dutyroom.projections.watched import Kind, WatchCounts

router = Router(tags=["board"])

Code = Annotated[str, Query(max_length=40)]
Path = Annotated[str, Query(max_length=LONGEST_PATH)]
_AFTER = re.compile(r"[0-9]{0,15}/[0-9a-f-]{0,36}")


@router.get("/lists/{name}")
@may_answer(404)
def page(
    request: HttpRequest,
    name: str,
    *,
    state: Code = "",
    org: Path = "",
    team: Code = "",
    owner: Code = "",
    due_before_ms: Annotated[int | None, Query(ge=0, le=1 << 52)] = None,
    watch: Kind | Literal[""] = "",
    after: Annotated[str, Query(max_length=60)] = "",
) -> Kept[ListPage]:
    """At most 500 of the open records of a list, the most urgent first: those of a state, of an
    organisation with all below it, of a team, of an owner, due before a time, or with a case of a
    kind to watch; `after` is the `next` of the page before. 404 for a list that there isn't."""
    reach = _reach(request)
    if not reach.has(name) or (after and not _AFTER.fullmatch(after)):
        raise NotFound
    wanted = Wanted(state, org, team, owner, due_before_ms, watch)
    return Kept(lists.page(name, wanted, reach, after, now_ms()))


@router.get("/lists/{name}/counts")
@may_answer(404)
def counts(request: HttpRequest, name: str) -> ListCounts:
    """How many open records of a list lie with which organisation and team, in which state."""
    reach = _reach(request)
    if not reach.has(name):
        raise NotFound
    return lists.counts(name, reach, now_ms())


@router.get("/lists/{name}/watched")
@may_answer(404)
def watched(request: HttpRequest, name: str) -> WatchCounts:
    """How many cases of a list somebody has to watch, by kind and organisation; of `incidents`,
    too. 404 for a list that there isn't."""
    reach = _reach(request)
    if not reach.watches(name):
        raise NotFound
    return lists.watch_counts(name, reach, now_ms())


@router.get("/about/{incident}")
def about(request: HttpRequest, incident: UUID) -> Kept[BoardRows]:
    """All that is about one incident, as a patch of the board: its row, its tasks, their clocks,
    also what is over. Empty where there is nothing, or nothing for the one who asks."""
    reach = _reach(request)
    return Kept(lists.about(str(incident), reach, now_ms()))


def _reach(request: HttpRequest) -> Reach:
    actor = reader(request, "board", org=actor_of(request).org)
    return Reach(limit_of(actor.role, "board", actor.org), lists_for(actor.role))
