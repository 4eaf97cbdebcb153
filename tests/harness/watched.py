"""A record of every kind that has a deadline, open, in a real room."""

from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID

from dutyroom.domain.calls.commands import ClaimCall, EndCall, ReceiveCall
from dutyroom.domain.context import Actor
from dutyroom.domain.desk_requests.commands import AskDesk
from dutyroom.domain.handovers.commands import StartHandover
from dutyroom.domain.incidents.commands import CloseIncident, OpenIncident, SetDisposition
from dutyroom.domain.matters.commands import OpenMatter, PlanMediation, TakeMatter
from dutyroom.domain.notices.commands import PostNotice
from dutyroom.domain.orders.commands import GiveOrder
from dutyroom.domain.referrals.commands import SendReferral
from dutyroom.domain.station_handovers.commands import StartStationHandover
from dutyroom.domain.tasks.commands import OfferTask
from tests.harness.rooms import DISPATCHER, GATEWAY, SUPERVISOR, TAKER, TestRoom

DAY_MS: Final = 86_400_000


def _org(room: TestRoom, incident: UUID) -> str:
    org: str = room.row("incidents", incident)["org"]
    return org


def _loop(room: TestRoom, _now_ms: int) -> UUID:
    return room.open_incident(index=1)


def _task(room: TestRoom, now_ms: int) -> UUID:
    incident, task = room.open_incident(index=2), room.id()
    due_ms = now_ms + DAY_MS
    offer = OfferTask(task, incident, "check", _org(room, incident), "Look", due_ms=due_ms)
    room.done(DISPATCHER, offer)
    return task


def _order(room: TestRoom, _now_ms: int) -> UUID:
    incident, order = room.open_incident(index=3), room.id()
    room.done(SUPERVISOR, GiveOrder(order, incident, _org(room, incident), "Report back"))
    return order


def _desk_request(room: TestRoom, _now_ms: int) -> UUID:
    incident, id_ = room.open_incident(index=4), room.id()
    ask = AskDesk(id_, incident, "antifraud", "stop-payment", "Account 6222", queue=True)
    room.done(DISPATCHER, ask)
    return id_


def _matter(room: TestRoom, now_ms: int) -> UUID:
    kind = room.pack.loop.matters.kinds[0]
    incident = room.open_incident(index=5, category=kind.categories[0])
    matter = room.id()
    open_ = OpenMatter(matter, incident, kind.code, _org(room, incident), "A quarrel")
    room.done(DISPATCHER, open_)
    officer = Actor("mediator", "station_officer", org=_org(room, incident))
    room.done(officer, TakeMatter(matter))
    room.done(officer, PlanMediation(matter, room.id(), now_ms + DAY_MS, "Here"))
    return matter


def _referral(room: TestRoom, _now_ms: int) -> UUID:
    incident, referral = room.id(), room.id()
    room.done(TAKER, OpenIncident(incident, "GAS-LEAK", 1, room.place(6)))
    room.done(DISPATCHER, SendReferral(referral, incident, "gas-leaks", "Shut it off"))
    return referral


def _call_back(room: TestRoom, _now_ms: int) -> UUID:
    rules = room.pack.loop.call_backs
    assert rules is not None
    category = rules.rules[0].categories[0]
    call, incident = room.id(), room.id()
    room.done(GATEWAY, ReceiveCall(call, "110-5", "13800000005"))
    room.done(TAKER, ClaimCall(call))
    room.done(TAKER, OpenIncident(incident, category, 4, room.place(7), call=call))
    room.done(TAKER, EndCall(call))
    disposition = room.pack.vocabulary.dispositions[0].code
    room.done(DISPATCHER, SetDisposition(incident, disposition))
    room.done(DISPATCHER, CloseIncident(incident))
    return incident


def _notice(room: TestRoom, now_ms: int) -> UUID:
    notice = room.id()
    until_ms = now_ms + 30 * DAY_MS
    post = PostNotice(notice, "Bridge lift", until_ms, answer="acknowledge", due_ms=now_ms + 60_000)
    room.done(DISPATCHER, post)
    return notice


def _station_handover(room: TestRoom, _now_ms: int) -> UUID:
    org = _org(room, room.open_incident(index=8))
    handover = room.id()
    room.done(Actor("chief", "station_command", org=org), StartStationHandover(handover, org))
    return handover


def _handover(room: TestRoom, _now_ms: int) -> UUID:
    handover = room.id()
    room.done(DISPATCHER, StartHandover(handover, SUPERVISOR.id))
    return handover


BEGINS: Final[Mapping[str, Callable[[TestRoom, int], UUID]]] = {
    "loop": _loop,
    "task": _task,
    "supervision_order": _order,
    "desk_request": _desk_request,
    "matter": _matter,
    "referral": _referral,
    "call_back": _call_back,
    "notice": _notice,
    "station_handover": _station_handover,
    "handover": _handover,
}
"""By the name of the kind."""
