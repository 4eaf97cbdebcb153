"""What must hold of the incident, the time, the reason and the texts of a supervision order."""

from typing import Final
from uuid import UUID

from dutyroom.domain import refusals as shared_refusals
from dutyroom.domain.context import Context
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.kernel import Refusal
from dutyroom.domain.orders import refusals
from dutyroom.domain.tasks.state import TaskState

LONGEST_TEXT: Final = 2_000
LONGEST_DAYS: Final = 90
_DAY_MS: Final = 86_400_000


def text_of(field: str, said: str, most: int) -> str | Refusal:
    """What was said, without blanks around it; it has to say something."""
    text = said.strip()
    return text if 0 < len(text) <= most else refusals.order_text_wrong(field, len(text), most)


def check_reason(reason: str, context: Context) -> Refusal | None:
    """One of the pack's; where it has none, none is asked for."""
    if reason in (context.codes.task_reasons or {""}):
        return None
    return shared_refusals.unknown_code("reason", reason)


def check_due(due_ms: int, context: Context) -> Refusal | None:
    """It lies ahead, but not so far that nobody would remember."""
    now = context.occurred_at_ms
    if now < due_ms <= now + LONGEST_DAYS * _DAY_MS:
        return None
    return refusals.order_due_wrong(LONGEST_DAYS)


def merged_into(incident: UUID, context: Context) -> UUID:
    """What an incident is part of by now; itself, if it was merged into none."""
    seen: set[UUID] = set()
    id_, state = incident, incident_of(incident, context)
    while state is not None and state.merged_into is not None and id_ not in seen:
        seen.add(id_)
        id_ = state.merged_into
        state = incident_of(id_, context)
    return id_


def check_task(task: UUID | None, incident: UUID, context: Context) -> Refusal | None:
    """It is an open one of the incident, or of what was merged into it."""
    if task is None:
        return None
    state = context.find(TaskState, f"task:{task}")
    whose = state.incident if state and not state.over else None
    if whose is not None and merged_into(whose, context) == incident:
        return None
    return refusals.task_not_of_incident(task, incident)


def check_open(incident: UUID, context: Context) -> Refusal | None:
    """An answer can be owed only while the incident is open, or what it was merged into is."""
    id_ = merged_into(incident, context)
    state = incident_of(id_, context)
    if state is not None and state.state == "open":
        return None
    return refusals.incident_takes_no_order(id_, state.state if state else "none")
