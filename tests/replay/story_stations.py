"""A station's handover in the story of the golden journals: interrupted, resumed, completed."""

from uuid import UUID

from tests.harness.rooms import DISPATCHER, TestRoom, enrol

from dutyroom.actions.clock import now_ms
from dutyroom.actions.keeper import KEEPER
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import OpenIncident
from dutyroom.domain.station_handovers.commands import (
    CancelStationHandover,
    CompleteStationHandover,
    ConfirmStationItem,
    StartStationHandover,
    TakeStationHandover,
)
from dutyroom.domain.tasks.commands import OfferTask
from dutyroom.domain.watching.commands import LookAtDeadlines
from dutyroom.projections.models import ListedView

_HOUR_MS = 3_600_000


def play(room: TestRoom) -> None:
    """One task is late; the third who comes takes it over."""
    incident, task = room.id(), room.id()
    opening = OpenIncident(incident, room.pack.vocabulary.categories[0].code, 3, room.place(9))
    room.done(DISPATCHER, opening, occurred_at_ms=now_ms() - 3 * _HOUR_MS)
    org = room.row("incidents", incident)["org"]
    night, day, later = (Actor(one, "station_command", org=org) for one in ("night", "day", "late"))
    enrol(night, day, later)
    offer = OfferTask(task, incident, "check", org, "Look again", due_ms=now_ms() - _HOUR_MS)
    room.done(DISPATCHER, offer, occurred_at_ms=now_ms() - 2 * _HOUR_MS)
    room.done(KEEPER, LookAtDeadlines("task", task))
    first, second = room.id(), room.id()
    room.done(night, StartStationHandover(first, org))
    room.done(night, CancelStationHandover(first))
    room.done(night, StartStationHandover(second, org, "day"))
    room.done(later, TakeStationHandover(second, "day"))
    for kind, item in _late(second):
        room.done(later, ConfirmStationItem(second, kind, item, "late"))  # type: ignore[arg-type]
    room.done(later, CompleteStationHandover(second))


def _late(handover: UUID) -> list[tuple[str, UUID]]:
    import json

    items = json.loads(ListedView.objects.get(id=handover).row)["items"]
    return [(one["kind"], UUID(one["id"])) for one in items if one["late"]]
