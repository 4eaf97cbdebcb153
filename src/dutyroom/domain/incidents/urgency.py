"""What an incident asks for, so that nothing of it is lost when two become one."""

from dataclasses import replace

from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.values import Urgency


def matters(incident: IncidentState) -> tuple[Urgency, ...]:
    """Its own matter, then what it keeps of others, each with how far its help has come by now.

    Where a person has set the priority since something came, that priority counts for it, too.
    """
    own = Urgency(
        category=incident.category,
        priority=incident.without_inherited,
        answers=incident.answers,
        more=incident.more,
        waiting_from_ms=incident.waiting_from_ms,
        progress=incident.progress,
        served=incident.own_served,
    )
    kept = tuple(
        replace(
            part,
            priority=part.priority if one.priority is not None else incident.priority,
            progress=incident.progress_of(one, part),
        )
        for one in incident.inherited
        for part in one.parts
    )
    return (own, *kept)
