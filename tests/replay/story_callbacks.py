"""Whom not to contact, and follow-up calls of every kind: done, not reached, not solved, dropped."""

from typing import Any

from tests.harness.rooms import DISPATCHER, GATEWAY, SUPERVISOR, TAKER, TestRoom

from dutyroom.domain.callbacks.commands import (
    AnswerCallBack,
    ClaimCallBack,
    DropCallBack,
    NoteNotReached,
    OfferCallBack,
    ReleaseCallBack,
    UndoCallBack,
)
from dutyroom.domain.calls.commands import ClaimCall, EndCall, ReceiveCall
from dutyroom.domain.incidents.commands import (
    CloseIncident,
    LiftUnsafeToContact,
    MarkUnsafeToContact,
    OpenIncident,
    ReopenIncident,
    SetDisposition,
)


def play(room: TestRoom) -> None:
    rules = room.pack.loop.call_backs
    assert rules is not None
    category = rules.rules[0].categories[0]
    other = next(
        one.code
        for one in room.pack.vocabulary.categories
        if rules.rule_for(one.code, 4, attended=True) is None and _is_simple(room, one.code)
    )
    reason = room.pack.vocabulary.reopen_reasons[0].code
    good = {"attitude": "good", "speed": "fair", "result": "good", "solved": "solved"}
    bad: dict[str, Any] = good | {"result": "poor", "solved": "not_solved"}

    one = _concluded(room, category)
    room.done(TAKER, ClaimCallBack(one))
    room.done(TAKER, ReleaseCallBack(one))
    room.done(SUPERVISOR, ClaimCallBack(one))
    room.done(SUPERVISOR, AnswerCallBack(one, **good, comment="They came fast 来得快"))  # type: ignore[arg-type]
    room.done(SUPERVISOR, UndoCallBack(one))
    room.done(DISPATCHER, ReopenIncident(one, reason))
    _close(room, one)
    contact = room.pack.loop.contact_reasons[0].code
    room.done(TAKER, MarkUnsafeToContact(one, contact))
    room.done(DISPATCHER, LiftUnsafeToContact(one))

    lost = _concluded(room, category)
    for _ in range(rules.attempts):
        room.done(TAKER, NoteNotReached(lost))
    again = _concluded(room, category)
    room.done(TAKER, AnswerCallBack(again, **bad, then="reopen", reason=reason))
    task = _concluded(room, category)
    org = room.row("incidents", task)["org"]
    said = {"then": "task", "task": room.id(), "org": org, "text": "Go and see them 上门答复"}
    room.done(TAKER, AnswerCallBack(task, **bad, **said))
    by_hand = _concluded(room, other)
    room.done(TAKER, OfferCallBack(by_hand))
    room.done(TAKER, DropCallBack(by_hand))


def _is_simple(room: TestRoom, category: str) -> bool:
    route = room.pack.loop.route_for(category, 4)
    return route is None or not route.needs_approval


def _concluded(room: TestRoom, category: str) -> Any:
    call, incident = room.id(), room.id()
    room.done(GATEWAY, ReceiveCall(call, "110-5", "13800000005"))
    room.done(TAKER, ClaimCall(call))
    room.done(TAKER, OpenIncident(incident, category, 4, room.place(9), call=call))
    room.done(TAKER, EndCall(call))
    _close(room, incident)
    return incident


def _close(room: TestRoom, incident: Any) -> None:
    room.done(DISPATCHER, SetDisposition(incident, room.pack.vocabulary.dispositions[0].code))
    room.done(DISPATCHER, CloseIncident(incident))
