"""What must hold of the incident, the reason and the texts of a task."""

from functools import partial
from typing import Final
from uuid import UUID

from dutyroom.domain import refusals as shared_refusals
from dutyroom.domain.context import Context
from dutyroom.domain.incidents.complaints import is_barred
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.incidents.state import outermost
from dutyroom.domain.kernel import Refusal
from dutyroom.domain.tasks import refusals
from dutyroom.domain.tasks.commands import Team
from dutyroom.domain.tasks.state import TaskState

LONGEST_TEXT: Final = 2_000
LONGEST_STEP: Final = 200
LONGEST_DAYS: Final = 400
_DAY_MS: Final = 86_400_000


def text_of(field: str, said: str, most: int) -> str | Refusal:
    """What was said, without blanks around it; it has to say something."""
    text = said.strip()
    return text if 0 < len(text) <= most else refusals.task_text_wrong(field, len(text), most)


def check_reason(reason: str, context: Context) -> Refusal | None:
    """One of the pack's; where it has none, none is asked for."""
    if reason in (context.codes.task_reasons or {""}):
        return None
    return shared_refusals.unknown_code("reason", reason)


def check_team(team: Team, org: str, context: Context) -> Refusal | None:
    """One that the organisation has, or none of them."""
    there = context.codes.teams.get(org, ())
    return None if not team or team in there else refusals.unknown_team(team, org, there)


def check_not_complained_of(task: TaskState, context: Context) -> Refusal | None:
    """A station doesn't go on with a task where its incident has become a complaint about its own
    officers: it can only give it back. Who is of no station may judge what it did before."""
    incident = incident_of(task.incident, context)
    org = context.actor.org
    if incident is None or not org or not is_barred(org, incident, context):
        return None
    return refusals.complaint_of_own_station(org, incident.number)


def check_task_goes_on(task: TaskState, context: Context) -> Refusal | None:
    """As long as its incident is open; but for what answers who was called after it was closed."""
    return None if task.after_close else check_incident_open(task.incident, context)


def check_incident_open(incident: UUID, context: Context) -> Refusal | None:
    """Work can be left on an incident only while it is open, or what it was merged into is."""
    id_ = merged_into(incident, context)
    state = incident_of(id_, context)
    if state is not None and state.state == "open":
        return None
    return refusals.incident_takes_no_task(id_, state.state if state else "none")


def merged_into(incident: UUID, context: Context) -> UUID:
    """What an incident is part of by now; itself, if it was merged into none."""
    return outermost(incident, partial(incident_of, context=context))


def check_task(task: UUID | None, incident: UUID, context: Context) -> Refusal | None:
    """It is an open one of the incident, or of what was merged into it."""
    if task is None:
        return None
    state = context.find(TaskState, f"task:{task}")
    whose = state.incident if state and not state.over else None
    if whose is not None and merged_into(whose, context) == incident:
        return None
    return refusals.task_not_of_incident(task, incident)


def check_due(due_ms: int | None, context: Context) -> Refusal | None:
    """By a time to come, or by none."""
    now = context.occurred_at_ms
    if due_ms is None or now < due_ms <= now + LONGEST_DAYS * _DAY_MS:
        return None
    return refusals.task_due_wrong(LONGEST_DAYS)
