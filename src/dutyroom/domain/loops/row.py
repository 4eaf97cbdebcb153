"""The row of an incident's loop: what consoles see of it. Times are milliseconds UTC."""

from typing import Final
from uuid import UUID, uuid5

import msgspec

from dutyroom.domain.kernel import Change, Columns, List
from dutyroom.domain.loops.state import LoopState, Run, RunPhase, Standing


class PauseRow(msgspec.Struct, frozen=True, kw_only=True):
    """The clock stood still from an instant until another, or still does. An empty `reason`: the
    incident was merged into another."""

    reason: str
    from_ms: int
    to_ms: int | None


class LoopClockRow(msgspec.Struct, frozen=True, kw_only=True):
    """A run of a clock, by the rule at this place in the list of the city pack of a hash.

    `due_ms` is None while it is paused; `provisional`: it counts days whose holidays haven't been
    announced.

    `late_ms`: how late it was met, None before. `steps` are the escalations so far, the last one
    at `escalated_ms` to `told`. `ended`: why it no longer counts.
    `paused_last`: it is paused while less than a tenth of its time is left.
    """

    clock: str
    state: RunPhase
    from_ms: int
    due_ms: int | None
    provisional: bool
    rule: int
    pack: str
    pauses: tuple[PauseRow, ...]
    extensions: int
    warned: bool
    steps: int
    escalated_ms: int | None
    told: tuple[str, ...]
    stopped_ms: int | None
    late_ms: int | None
    ended: str | None
    paused_last: bool = False


class StayRow(msgspec.Struct, frozen=True, kw_only=True):
    """The incident was in a stage from an instant until another, or still is. `owner`: the role
    that owes its work; "" where it is over."""

    stage: Standing
    owner: str
    from_ms: int
    to_ms: int | None


class LoopRow(msgspec.Struct, frozen=True, kw_only=True):
    """The loop of the incident of this `id`: its clocks in the order in which they started, and the
    stages that it went through, the last one where it stands; none where the pack has no routes.

    `approved_by`: who approved how it was handled, since it was handled last. `task_on`: it is the
    loop of the task of this `id`, which is on that incident.
    """

    id: str
    number: str
    org: str
    clocks: tuple[LoopClockRow, ...]
    route: str = ""
    stages: tuple[StayRow, ...] = ()
    approved_by: str = ""
    task_on: str | None = None
    position: int


def render(id_: str, loop: LoopState, last: Change) -> LoopRow:
    """The row of an incident's loop."""
    return LoopRow(
        id=id_,
        number=loop.number,
        org=loop.org,
        clocks=tuple(_clock(one, owed=one in loop.owed) for one in loop.clocks),
        route=loop.route,
        stages=tuple(
            StayRow(stage=one.stage, owner=one.owner, from_ms=one.from_ms, to_ms=one.to_ms)
            for one in loop.stages
        ),
        approved_by=loop.approved_by,
        task_on=str(loop.task_on) if loop.task_on else None,
        position=last.position,
    )


def _clock(run: Run, *, owed: bool) -> LoopClockRow:
    return LoopClockRow(
        clock=run.clock,
        state=run.state,
        from_ms=run.from_ms,
        due_ms=run.due_ms,
        provisional=run.provisional,
        rule=run.rule,
        pack=run.pack,
        pauses=tuple(
            PauseRow(reason=one.reason, from_ms=one.from_ms, to_ms=one.to_ms) for one in run.pauses
        ),
        extensions=run.extensions,
        warned=run.warned_ms is not None,
        steps=run.steps,
        escalated_ms=run.escalated_ms,
        told=run.told,
        stopped_ms=run.stopped_ms,
        late_ms=run.late_ms,
        ended=run.ended or None,
        paused_last=owed and run.state == "paused" and run.paused_last,
    )


BY_PACK: Final = "by_pack"
"""The state of one that is over only because another city pack is in force: by the next pack it may
go on."""


def columns(loop: LoopState) -> Columns:
    """Open as long as somebody owes something: a stage isn't over, or a clock runs or will go on.
    Its state is the stage; without one, whether its clocks run, stand still or are over."""
    running = loop.running
    still = running and all(one.state == "paused" for one in running)
    stay = loop.stay
    over = BY_PACK if any(one.ended == "pack" for one in loop.clocks) else "over"
    state = stay.stage if stay else "paused" if still else "running" if running else over
    return Columns(
        bool(running) or not loop.is_over,
        state,
        loop.org,
        stay.owner if stay else "",
        amiss=any(one.state == "paused" and one.paused_last for one in loop.owed),
    )


def key_of_task(task: str) -> str:
    """By which the loop of a task is kept: its id is the task's, which has a row too."""
    return str(uuid5(UUID(task), "loop"))


def _key(id_: str, loop: LoopState) -> str:
    return key_of_task(id_) if loop.task_on else id_


_read: Final = msgspec.json.Decoder(LoopRow).decode


def may_change(row: str, hash_: str) -> bool:
    """Whether a clock of it goes by another city pack than the one of this hash, or ended because
    of one."""
    return any(
        one.ended == "pack" or (one.state in ("running", "paused") and one.pack != hash_)
        for one in _read(row).clocks
    )


LIST: Final = List("loops", LoopRow, render, columns, key=_key)
