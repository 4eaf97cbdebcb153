"""A night in which everything happens that the journal can hold."""

from typing import Any

from tests.harness.rooms import DISPATCHER, GATEWAY, SUPERVISOR, TAKER, TestRoom, enrol
from tests.replay import (
    story_attachments,
    story_callbacks,
    story_desks,
    story_dividing,
    story_partners,
    story_stations,
)
from tests.replay.story_matters import play_matters, play_minors, play_spots
from tests.replay.story_orders import play_orders

from dutyroom.actions.clock import now_ms
from dutyroom.actions.keeper import KEEPER
from dutyroom.domain.calls.commands import (
    CallBack,
    Caller,
    ClaimCall,
    EndCall,
    HangUpCall,
    MarkCallSilent,
    ReceiveCall,
    RecordCallDetails,
    ReleaseCall,
)
from dutyroom.domain.context import Actor
from dutyroom.domain.handovers.commands import (
    CancelHandover,
    CompleteHandover,
    ConfirmIncident,
    StartHandover,
)
from dutyroom.domain.incidents.commands import (
    AcknowledgeChase,
    AddNote,
    AnswerPrompt,
    ArriveAtFacility,
    ArriveOnScene,
    CancelAssignment,
    ClearAssignment,
    CloseIncident,
    ConcludeIncident,
    Dispatch,
    LinkCall,
    MergeIncident,
    OpenIncident,
    Reassign,
    RecordChase,
    ReopenIncident,
    ReopenPoint,
    RequestMore,
    SetCategory,
    SetDisposition,
    SetPlace,
    SetPriority,
    SettlePoint,
    SplitIncident,
    StartEnRoute,
    StartTransport,
    StrikeNote,
    UndoReassign,
    UnitToSend,
    UnlinkCall,
)
from dutyroom.domain.loops.commands import (
    ApproveHandling,
    ExtendClock,
    LookAtClocks,
    PauseClock,
    ResumeClock,
    WithdrawApproval,
)
from dutyroom.domain.notices.commands import AcknowledgeNotice, PostNotice, WithdrawNotice
from dutyroom.domain.tasks.commands import (
    AcceptTask,
    AddTaskNote,
    ApproveTask,
    NewStep,
    OfferTask,
    ReassignTask,
    ReleaseTask,
    RemindOfTask,
    ReturnTask,
    SendBackTask,
    StartTask,
    SubmitTask,
    TickStep,
    UndoApproval,
    UndoReturn,
    UndoStart,
    UntickStep,
    WithdrawTask,
)
from dutyroom.domain.units.commands import (
    AcknowledgeEmergency,
    EndEmergency,
    HearFrom,
    MarkAvailable,
    MarkUnavailable,
    RaiseEmergency,
    SignOff,
    SignOn,
)


def play(room: TestRoom) -> None:
    """Perform the night through the real door."""
    _calls_and_incidents(room)
    _units(room)
    _desk(room)
    _notices(room)
    _clocks(room)
    _stages(room)
    _tasks(room)
    story_callbacks.play(room)
    play_orders(room)
    story_desks.play(room)
    story_stations.play(room)
    story_attachments.play(room)
    story_dividing.play(room)
    room.open_incident(index=9, category="OTH-OFFICER")  # which leaves a task by itself
    play_matters(room)
    story_partners.play(room)
    play_minors(room)
    play_spots(room)
    incident = room.open_incident(index=4)
    room.room.reader.open(DISPATCHER, "incident", incidents=[incident])


def _call(room: TestRoom, line: str, *more: Any) -> Any:
    call = room.id()
    room.done(GATEWAY, ReceiveCall(call, line, "13800000000"))
    for make in more:
        room.done(TAKER, make(call))
    return call


def _calls_and_incidents(room: TestRoom) -> None:
    first = _call(room, "110-1", ClaimCall, ReleaseCall, ClaimCall)
    room.done(TAKER, RecordCallDetails(first, Caller("Li", "13800000000"), "smoke 冒烟"))
    fire = room.id()
    room.done(TAKER, OpenIncident(fire, "FIRE-STRUCT", 2, room.place(0), call=first, text="烟"))
    prompt = room.pack.prompts["FIRE-STRUCT"][0]
    room.done(TAKER, AnswerPrompt(fire, prompt.code, prompt.answers[0].code))
    room.done(TAKER, EndCall(first))
    silent = _call(room, "110-2", ClaimCall, MarkCallSilent)
    room.done(TAKER, CallBack(silent, "reached"))
    room.done(TAKER, LinkCall(fire, silent))
    room.done(TAKER, UnlinkCall(fire, silent))
    room.done(TAKER, EndCall(silent, room.pack.vocabulary.no_incident_reasons[0].code))
    room.done(GATEWAY, HangUpCall(_call(room, "110-3")))
    room.done(TAKER, SetCategory(fire, "FIRE-OUTDOOR"))
    room.done(TAKER, SetPriority(fire, 1))
    room.done(TAKER, SetPlace(fire, room.place(1)))
    note = room.id()
    room.done(DISPATCHER, AddNote(fire, note, "behind the school 学校后面"))
    room.done(DISPATCHER, StrikeNote(fire, note))
    room.done(DISPATCHER, RequestMore(fire, "patrol", 1))
    same = room.open_incident(index=1)
    room.done(DISPATCHER, MergeIncident(same, fire))
    room.done(DISPATCHER, SplitIncident(same))
    _assignments(room, fire, same)
    reported_twice, as_one = room.open_incident(index=2), room.open_incident(index=3)
    room.done(DISPATCHER, Dispatch(reported_twice, (UnitToSend(room.id(), "P3"),)))
    room.done(DISPATCHER, MergeIncident(reported_twice, as_one))
    worse = _call(room, "110-4", ClaimCall)
    room.done(TAKER, LinkCall(as_one, worse, category="MED-CARDIAC", priority=1))
    reason = room.pack.loop.point_reasons[0].code
    room.done(TAKER, SettlePoint(fire, "units", "struck", reason=reason))
    room.done(TAKER, ReopenPoint(fire, "units"))
    again = _call(room, "110-1", ClaimCall)
    room.done(TAKER, RecordChase(as_one, again))
    room.done(DISPATCHER, AcknowledgeChase(as_one, now_ms()))
    room.done(TAKER, EndCall(again))
    room.done(DISPATCHER, SetDisposition(fire, room.pack.vocabulary.dispositions[0].code))
    room.done(DISPATCHER, CloseIncident(fire))
    room.done(DISPATCHER, ReopenIncident(fire, room.pack.vocabulary.reopen_reasons[0].code))


def _assignments(room: TestRoom, fire: Any, same: Any) -> None:
    room.sign_on_all()
    words = room.pack.vocabulary
    one, two, three, moved = (room.id() for _ in range(4))
    engines = (UnitToSend(one, "E1"), UnitToSend(two, "A1"), UnitToSend(three, "P1"))
    room.done(DISPATCHER, Dispatch(fire, engines))
    room.done(DISPATCHER, Reassign(fire, three, same, moved))
    room.done(DISPATCHER, UndoReassign(same, moved))
    room.done(DISPATCHER, CancelAssignment(fire, three, words.cancel_reasons[0].code))
    for step in (StartEnRoute, ArriveOnScene, StartTransport, ArriveAtFacility):
        room.done(DISPATCHER, step(fire, two))
    room.done(DISPATCHER, StartEnRoute(fire, one))
    for assignment in (one, two):
        room.done(DISPATCHER, ClearAssignment(fire, assignment, words.clear_reasons[0].code))


def _units(room: TestRoom) -> None:
    reason = room.pack.vocabulary.unavailable_reasons[0].code
    for command in (
        SignOn("F1", ("P1-1", "F1-1"), move_reason="relief"),
        MarkUnavailable("P2", reason),
        MarkAvailable("P2"),
        HearFrom("P2"),
        RaiseEmergency("P2"),
        AcknowledgeEmergency("P2"),
        EndEmergency("P2"),
        SignOff("P2"),
    ):
        room.done(DISPATCHER, command)


def _desk(room: TestRoom) -> None:
    enrol(DISPATCHER, SUPERVISOR)
    first, second = room.id(), room.id()
    room.done(DISPATCHER, StartHandover(first, "supervisor"))
    room.done(DISPATCHER, CancelHandover(first))
    room.done(DISPATCHER, StartHandover(second, "supervisor"))
    for row in _open(room):
        room.done(SUPERVISOR, ConfirmIncident(second, row))
    room.done(SUPERVISOR, CompleteHandover(second))


def _notices(room: TestRoom) -> None:
    """One that stands, one that replaced another, one that was withdrawn."""
    until_ms = now_ms() + 3_600_000
    standing, first, second, withdrawn = (room.id() for _ in range(4))
    said = "Bridge lift at 22:00 大桥开启"
    room.done(SUPERVISOR, PostNotice(standing, said, until_ms, answer="acknowledge"))
    room.done(TAKER, AcknowledgeNotice(standing))
    room.done(SUPERVISOR, PostNotice(first, "Channel 2 is down", until_ms, priority="urgent"))
    room.done(SUPERVISOR, PostNotice(second, "Channel 2 is back", until_ms, replaces=first))
    room.done(SUPERVISOR, PostNotice(withdrawn, "Fog", until_ms))
    room.done(SUPERVISOR, WithdrawNotice(withdrawn))


def _open(room: TestRoom) -> list[Any]:
    from uuid import UUID

    from dutyroom.projections.models import IncidentView

    return [
        UUID(one) for one in IncidentView.objects.filter(open=True).values_list("id", flat=True)
    ]


def _clocks(room: TestRoom) -> None:
    """Clocks of the demo city: paused, prolonged, by another rule, warned of, late, met."""

    def org_at(index: int) -> str:
        place = room.place(index)
        return room.pack.org_of_zone(room.pack.zone_at(place.lon, place.lat))

    elsewhere = next(one for one in range(len(room.pack.places)) if org_at(one) != org_at(5))
    category = room.pack.vocabulary.categories[0].code

    def opened(priority: int, before_ms: int = 0) -> Any:
        incident = room.id()
        command = OpenIncident(incident, category, priority, room.place(5))
        room.done(TAKER, command, occurred_at_ms=now_ms() - before_ms)
        return incident

    incident = opened(3)
    room.done(DISPATCHER, PauseClock(incident, "conclude", "appraisal"))
    room.done(DISPATCHER, ResumeClock(incident, "conclude"))
    room.done(SUPERVISOR, ExtendClock(incident, "conclude", "other-agency"))
    room.done(TAKER, SetPriority(incident, 2))
    room.done(TAKER, SetPriority(incident, 3))
    room.done(TAKER, SetPlace(incident, room.place(elsewhere)))
    for soon_or_late in (opened(4, 700_000), opened(4, 3_600_000)):
        room.done(KEEPER, LookAtClocks(soon_or_late))
    room.done(DISPATCHER, SetDisposition(incident, room.pack.vocabulary.dispositions[0].code))
    room.done(DISPATCHER, CloseIncident(incident))


def _stages(room: TestRoom) -> None:
    """What a supervisor must approve before it is closed, and a light matter in one step."""
    routes = room.pack.loop.routes
    serious = next(one for one in routes if one.needs_approval).categories[0]
    light = next(one for one in routes if one.light).categories[0]
    incident, trifle = room.id(), room.id()
    room.done(TAKER, OpenIncident(incident, serious, 2, room.place(7)))
    room.done(DISPATCHER, SetDisposition(incident, room.pack.vocabulary.dispositions[0].code))
    room.done(SUPERVISOR, ApproveHandling(incident))
    room.done(SUPERVISOR, WithdrawApproval(incident))
    room.done(SUPERVISOR, ApproveHandling(incident))
    room.done(DISPATCHER, CloseIncident(incident))
    room.done(TAKER, OpenIncident(trifle, light, 4, room.place(8)))
    room.done(DISPATCHER, ConcludeIncident(trifle))


def _tasks(room: TestRoom) -> None:
    """One at each state: passed from hand to hand, returned, sent back, approved, withdrawn."""
    incident = room.open_incident(index=6)
    north = room.row("incidents", incident)["org"]
    chief = Actor("chief", "station_command", org=north)
    officer = Actor("officer", "station_officer", org=north)
    enrol(chief, officer)
    reason = room.pack.loop.task_reasons[0].code

    def offered(*commands: tuple[Actor, type[Any], tuple[Any, ...]], **more: Any) -> None:
        task = room.id()
        said = "Ask the neighbours 走访邻居"
        room.done(DISPATCHER, OfferTask(task, incident, "visit", north, said, **more))
        for actor, command, values in commands:
            room.done(actor, command(task, *values))

    step = room.id()
    offered(
        (chief, ReassignTask, (north, "community", "officer")),
        (officer, AcceptTask, ()),
        (officer, ReleaseTask, ()),
        (officer, AcceptTask, ()),
        (officer, StartTask, ()),
        (officer, UndoStart, ()),
        (officer, StartTask, ()),
        (officer, AddTaskNote, (room.id(), "Nobody at home 无人在家")),
        (officer, TickStep, (step,)),
        (officer, UntickStep, (step,)),
        (officer, SubmitTask, ("They heard nothing 未听到动静",)),
        (chief, SendBackTask, (reason,)),
        (officer, SubmitTask, ("They heard a dog 听到狗叫",)),
        (chief, ApproveTask, ()),
        (chief, UndoApproval, ()),
        (DISPATCHER, ApproveTask, ()),
        steps=(NewStep(step, "Ring the bell 敲门"),),
        due_ms=now_ms() + 86_400_000,
    )
    offered(
        (DISPATCHER, RemindOfTask, ()),
        (officer, ReturnTask, (reason,)),
        (officer, UndoReturn, ()),
        (officer, ReturnTask, (reason,)),
    )
    offered((DISPATCHER, WithdrawTask, ()))
    offered((officer, AcceptTask, ()))
