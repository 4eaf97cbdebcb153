"""What must hold of the incident, the time, the reason and the texts of a supervision order."""

from typing import Final
from uuid import UUID

from dutyroom.domain import refusals as shared_refusals
from dutyroom.domain.context import Context
from dutyroom.domain.incidents.complaints import is_barred
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import Refusal
from dutyroom.domain.orders import refusals
from dutyroom.domain.orders.commands import GiveOrder
from dutyroom.domain.orgs import within
from dutyroom.domain.tasks import refusals as task_refusals
from dutyroom.domain.tasks.checks import check_team, merged_into
from dutyroom.domain.tasks.known import WorksFor

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


def check_receiver(command: GiveOrder, incident: IncidentState, context: Context) -> Refusal | None:
    """It goes to an organisation that there is, and there to a team or a member of it, if they are
    named; never to the command office that gives it, nor to a station about its own officers."""
    org, actor = command.org, context.actor
    if org not in context.codes.orgs:
        return refusals.order_needs_organisation(org)
    if is_barred(org, incident, context):
        return task_refusals.complaint_of_own_station(org, incident.number)
    if wrong := check_team(command.team, org, context):
        return wrong
    if command.owner:
        works_for = context.answer(WorksFor(command.owner))
        if works_for is None or not within(org, works_for):
            name = context.codes.org(org)
            return task_refusals.owner_not_of_organisation(command.owner, org, name)
    if command.owner == actor.id or (org == actor.org and not (command.team or command.owner)):
        return refusals.order_to_oneself(org)
    return None


def check_there(org: str, context: Context) -> Refusal | None:
    """With another city pack organisations go: nobody would owe the answer."""
    return None if org in context.codes.orgs else refusals.order_organisation_is_gone(org)


def check_due(due_ms: int, context: Context) -> Refusal | None:
    """It lies ahead, but not so far that nobody would remember."""
    now = context.occurred_at_ms
    if now < due_ms <= now + LONGEST_DAYS * _DAY_MS:
        return None
    return refusals.order_due_wrong(LONGEST_DAYS)


def check_open(incident: UUID, context: Context) -> Refusal | None:
    """An answer can be owed only while the incident is open, or what it was merged into is."""
    id_ = merged_into(incident, context)
    state = incident_of(id_, context)
    if state is not None and state.state == "open":
        return None
    return refusals.incident_takes_no_order(id_, state.state if state else "none")
