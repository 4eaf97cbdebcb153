"""The row of an incident's clocks: what consoles see of them. Times are milliseconds UTC."""

from typing import Final

import msgspec

from dutyroom.domain.kernel import Change, Columns, List
from dutyroom.domain.loops.state import LoopState, Run, RunPhase


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


class LoopRow(msgspec.Struct, frozen=True, kw_only=True):
    """The clocks of the incident of this `id`, in the order in which they started."""

    id: str
    number: str
    org: str
    clocks: tuple[LoopClockRow, ...]
    position: int


def render(id_: str, loop: LoopState, last: Change) -> LoopRow:
    """The row of an incident's clocks."""
    return LoopRow(
        id=id_,
        number=loop.number,
        org=loop.org,
        clocks=tuple(map(_clock, loop.clocks)),
        position=last.position,
    )


def _clock(run: Run) -> LoopClockRow:
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
    )


def columns(loop: LoopState) -> Columns:
    """Open as long as a clock runs or will go on; paused, where all that are open stand still."""
    running = loop.running
    still = running and all(one.state == "paused" for one in running)
    return Columns(bool(running), "paused" if still else "running" if running else "over", loop.org)


LIST: Final = List("loops", LoopRow, render, columns)
