"""A night in which everything happens that the journal can hold."""

from typing import Any

from tests.harness.rooms import DISPATCHER, GATEWAY, SUPERVISOR, TAKER, TestRoom, enrol

from dutyroom.domain import commands as c


def tell(room: TestRoom) -> None:
    """Perform the night through the real door."""
    _calls_and_incidents(room)
    _units(room)
    _desk(room)
    incident = room.open_incident(index=4)
    room.room.reader.open(DISPATCHER, "incident", incidents=[incident])


def _call(room: TestRoom, line: str, *more: Any) -> Any:
    call = room.id()
    room.done(GATEWAY, c.ReceiveCall(call, line, "13800000000"))
    for make in more:
        room.done(TAKER, make(call))
    return call


def _calls_and_incidents(room: TestRoom) -> None:
    first = _call(room, "110-1", c.ClaimCall, c.ReleaseCall, c.ClaimCall)
    room.done(TAKER, c.RecordCallDetails(first, c.Caller("Li", "13800000000"), "smoke 冒烟"))
    fire = room.id()
    room.done(TAKER, c.OpenIncident(fire, "FIRE-STRUCT", 2, room.place(0), call=first, text="烟"))
    prompt = room.pack.prompts["FIRE-STRUCT"][0]
    room.done(TAKER, c.AnswerPrompt(fire, prompt.code, prompt.answers[0].code))
    room.done(TAKER, c.EndCall(first))
    silent = _call(room, "110-2", c.ClaimCall, c.MarkCallSilent)
    room.done(TAKER, c.CallBack(silent, "reached"))
    room.done(TAKER, c.LinkCall(fire, silent))
    room.done(TAKER, c.UnlinkCall(fire, silent))
    room.done(TAKER, c.EndCall(silent, room.pack.vocabulary.no_incident_reasons[0].code))
    room.done(GATEWAY, c.HangUpCall(_call(room, "110-3")))
    room.done(TAKER, c.SetCategory(fire, "FIRE-OUTDOOR"))
    room.done(TAKER, c.SetPriority(fire, 1))
    room.done(TAKER, c.SetPlace(fire, room.place(1)))
    note = room.id()
    room.done(DISPATCHER, c.AddNote(fire, note, "behind the school 学校后面"))
    room.done(DISPATCHER, c.StrikeNote(fire, note))
    room.done(DISPATCHER, c.RequestMore(fire, "patrol", 1))
    same = room.open_incident(index=1)
    room.done(DISPATCHER, c.MergeIncident(same, fire))
    room.done(DISPATCHER, c.SplitIncident(same))
    _assignments(room, fire, same)
    told_twice, as_one = room.open_incident(index=2), room.open_incident(index=3)
    room.done(DISPATCHER, c.Dispatch(told_twice, (c.UnitToSend(room.id(), "P3"),)))
    room.done(DISPATCHER, c.MergeIncident(told_twice, as_one))
    worse = _call(room, "110-4", c.ClaimCall)
    room.done(TAKER, c.LinkCall(as_one, worse, category="MED-CARDIAC", priority=1))
    room.done(DISPATCHER, c.SetDisposition(fire, room.pack.vocabulary.dispositions[0].code))
    room.done(DISPATCHER, c.CloseIncident(fire))
    room.done(DISPATCHER, c.ReopenIncident(fire, room.pack.vocabulary.reopen_reasons[0].code))


def _assignments(room: TestRoom, fire: Any, same: Any) -> None:
    room.sign_on_all()
    words = room.pack.vocabulary
    one, two, three, moved = (room.id() for _ in range(4))
    engines = (c.UnitToSend(one, "E1"), c.UnitToSend(two, "A1"), c.UnitToSend(three, "P1"))
    room.done(DISPATCHER, c.Dispatch(fire, engines))
    room.done(DISPATCHER, c.Reassign(fire, three, same, moved))
    room.done(DISPATCHER, c.UndoReassign(same, moved))
    room.done(DISPATCHER, c.CancelAssignment(fire, three, words.cancel_reasons[0].code))
    for step in (c.StartEnRoute, c.ArriveOnScene, c.StartTransport, c.ArriveAtFacility):
        room.done(DISPATCHER, step(fire, two))
    room.done(DISPATCHER, c.StartEnRoute(fire, one))
    for assignment in (one, two):
        room.done(DISPATCHER, c.ClearAssignment(fire, assignment, words.clear_reasons[0].code))


def _units(room: TestRoom) -> None:
    reason = room.pack.vocabulary.unavailable_reasons[0].code
    for command in (
        c.SignOn("F1", ("P1-1", "F1-1"), move_reason="relief"),
        c.MarkUnavailable("P2", reason),
        c.MarkAvailable("P2"),
        c.HearFrom("P2"),
        c.RaiseEmergency("P2"),
        c.AcknowledgeEmergency("P2"),
        c.EndEmergency("P2"),
        c.SignOff("P2"),
    ):
        room.done(DISPATCHER, command)


def _desk(room: TestRoom) -> None:
    enrol(DISPATCHER, SUPERVISOR)
    first, second = room.id(), room.id()
    room.done(DISPATCHER, c.StartHandover(first, "supervisor"))
    room.done(DISPATCHER, c.CancelHandover(first))
    room.done(DISPATCHER, c.StartHandover(second, "supervisor"))
    for row in _open(room):
        room.done(SUPERVISOR, c.ConfirmIncident(second, row))
    room.done(SUPERVISOR, c.CompleteHandover(second))


def _open(room: TestRoom) -> list[Any]:
    from uuid import UUID

    from dutyroom.projections.models import IncidentView

    return [
        UUID(one) for one in IncidentView.objects.filter(open=True).values_list("id", flat=True)
    ]
