"""What a command about a follow-up call needs to have loaded, and what policy may look at."""

from collections.abc import Iterator
from uuid import UUID

from dutyroom.domain.callbacks.commands import AnswerCallBack, OfCallBack
from dutyroom.domain.callbacks.state import CallBackState
from dutyroom.domain.context import Context
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.kernel import About, Ask


def asks_of_call_back(command: OfCallBack, context: Context) -> Iterator[Ask]:
    """The follow-up call, its incident with all that is part of it, and who called."""
    yield f"call_back:{command.call_back}"
    if isinstance(command, AnswerCallBack) and command.task is not None:
        yield f"task:{command.task}"
    waiting, seen = [command.call_back], set[UUID]()
    while waiting:
        id_ = waiting.pop()
        if id_ in seen:
            continue
        seen.add(id_)
        yield f"incident:{id_}"
        incident = incident_of(id_, context)
        if incident is not None:
            yield from (f"call:{call}" for call in incident.calls)
            waiting += incident.absorbed
            if incident.merged_into is not None:
                waiting.append(incident.merged_into)


def about_call_back(command: OfCallBack, context: Context) -> About:
    """Who looked after the incident."""
    state = context.find(CallBackState, f"call_back:{command.call_back}")
    if state is not None:
        return About(org=state.org)
    incident = incident_of(command.call_back, context)
    return About(org=context.codes.org_of_zone.get(incident.zone) if incident else None)
