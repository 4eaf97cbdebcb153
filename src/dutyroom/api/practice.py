"""Beginning a practice from the real room, and the debrief of a practice room."""

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router

from dutyroom.api.answers import may_answer
from dutyroom.api.asking import NotFound, Refused, doer, reader
from dutyroom.core.text import Text
from dutyroom.machine.ports import LAST, PortTaken
from dutyroom.practice import record
from dutyroom.practice.answers import (
    NoPracticeRoom,
    PracticeChoice,
    PracticeDebrief,
    PracticeLook,
    PracticeRoom,
    TrainersDesk,
)
from dutyroom.practice.launching import Launcher, Practising, Wanted
from dutyroom.practice.looking import Chosen

router = Router(tags=["practice"])
_launcher = Launcher(settings.HOME, settings.PRACTICE_ROOM)


@router.get("/practice/debrief")
@may_answer(404)
def everybody(request: HttpRequest) -> PracticeDebrief:
    """All trainees' times and choices beside the engine's. 404 outside a practice room."""
    reader(request, "debrief")
    return record.everything(_here())


@router.get("/practice/own")
@may_answer(404)
def own(request: HttpRequest) -> PracticeDebrief:
    """The member's own times and choices. 404 outside a practice room."""
    actor = reader(request, "own_debrief")
    return record.own(_here(), actor.id)


@router.get("/practice/room")
@may_answer(404)
def room(request: HttpRequest) -> TrainersDesk:
    """What may be practised, the practice that goes on, and those that have left a debrief."""
    desk = _looking(request)
    return TrainersDesk(
        choices=tuple(
            PracticeChoice(scenario=key, name=name) for key, name in desk.choices().items()
        ),
        room=desk.state(),
        past=desk.past(),
        port=desk.port(),
    )


@router.get("/practice/look")
@may_answer(404)
def look(request: HttpRequest, chosen: Query[Chosen]) -> PracticeLook:
    """Whether a scenario can be practised, and what of it people won't play."""
    return _looking(request).look(chosen)


@router.post("/practice/room")
@may_answer(404, 409)
def begin(request: HttpRequest, body: Wanted) -> PracticeRoom:
    """Open a practice room in a process that can't reach this one's database."""
    doer(request, "practice.begin")
    desk = _desk()
    try:
        desk.start(body)
    except Practising as error:
        raise Refused(
            "practice_open",
            Text("A practice room is open already.", "演练室已开启。"),
            Text("End it first.", "请先结束当前演练。"),
        ) from error
    except PortTaken as error:
        other = desk.port(first=min(body.port + 1, LAST))
        raise Refused(
            "practice_port",
            Text(f"Port {body.port} is in use.", f"端口 {body.port} 已被占用。"),
            Text(f"Choose another, such as {other}.", f"请改用其他端口，例如 {other}。"),
        ) from error
    found = desk.state()
    if found is None:
        raise NotFound
    return found


@router.delete("/practice/room")
@may_answer(404)
def end(request: HttpRequest) -> PracticeRoom | NoPracticeRoom:
    """End the practice; its debrief stays."""
    doer(request, "practice.end")
    desk = _desk()
    desk.stop()
    return desk.state() or NoPracticeRoom()


@router.get("/practice/past/{key}")
@may_answer(404)
def past(request: HttpRequest, key: str) -> PracticeDebrief:
    """The debrief of a practice that has ended."""
    return _looking(request).debrief(key)


def _looking(request: HttpRequest) -> Launcher:
    """The desk, for a trainer who looks at it."""
    reader(request, "practise")
    return _desk()


def _desk() -> Launcher:
    """The trainer's desk; a practice room has none."""
    if settings.PRACTICE:
        raise NotFound
    return _launcher


def _here() -> record.Practice:
    found = record.practice()
    if found is None:
        raise NotFound
    return found
