"""What an event changes in the loop of an incident."""

from typing import Final

from dutyroom.clocks.pauses import Pause
from dutyroom.domain.kernel import Event
from dutyroom.domain.loops.events import (
    ClockEnded,
    ClockEscalated,
    ClockExtended,
    ClockMet,
    ClockPaused,
    ClockResumed,
    ClockRetimed,
    ClockStarted,
    ClockWarned,
    LoopApprovalWithdrawn,
    LoopApproved,
    LoopBegun,
    LoopMoved,
    LoopStageEntered,
    LoopTaskGiven,
    OfRun,
)
from dutyroom.domain.loops.state import LoopState, Run, Stay
from dutyroom.domain.replacing import replace

LAST_PART: Final = 10
"""In the last one of so many parts of its time a clock is at risk."""
_AFTER_APPROVAL: Final = ("conclude", "concluded", "merged")


def evolve_loop(state: LoopState | None, event: Event, at_ms: int) -> LoopState | None:
    """The loop of an incident after an event of it."""
    if state is None:
        if not isinstance(event, LoopBegun):
            return None
        return LoopState(event.number, event.org, task_on=event.task_on)
    match event:
        case LoopMoved(org):
            return replace(state, org=org)
        case LoopStageEntered(stage, role, route):
            # An entry afterwards may lie before the stage that it ends: then that lasted no time.
            from_ms = max(at_ms, state.stay.from_ms) if state.stay else at_ms
            left = tuple(one if one.to_ms is not None else replace(one, to_ms=from_ms)
                         for one in state.stages)  # fmt: skip
            return replace(
                state,
                route=route,
                stages=(*left, Stay(stage, role, from_ms)),
                approved_by=state.approved_by if stage in _AFTER_APPROVAL else "",
            )
        case LoopTaskGiven(given):
            return replace(state, given=(*state.given, given))
        case LoopApproved(by):
            return replace(state, approved_by=by)
        case LoopApprovalWithdrawn():
            return replace(state, approved_by="")
        case ClockStarted():
            return replace(state, clocks=(*state.clocks, _started(event)))
        case OfRun(clock):
            latest = state.run(clock)
            if latest is None:
                return state
            restored = isinstance(event, ClockRetimed) and event.because == "restored"
            if isinstance(event, ClockRetimed) and (latest.may_come_back or restored):
                after = _after(latest.back, event, at_ms)
            elif latest.ended == "over" and event == ClockEnded(clock, "pack"):
                after = replace(latest, ended="pack")
            elif latest.runs:
                after = _after(latest, event, at_ms)
            else:
                return state
            return replace(
                state, clocks=tuple(after if one is latest else one for one in state.clocks)
            )
    return state


def _started(event: ClockStarted) -> Run:
    return Run(
        event.clock,
        "running",
        from_ms=event.from_ms,
        rule=event.rule,
        pack=event.pack,
        due_ms=event.due_ms,
        look_ms=event.look_ms,
        provisional=event.provisional,
    )


def _after(run: Run, event: OfRun, at_ms: int) -> Run:
    match event:
        case ClockPaused(_, reason):
            begins = max(at_ms, run.from_ms)  # an entry afterwards may lie before the clock
            pauses = (*_closed(run.pauses, at_ms), Pause(reason, begins, None))
            paused = replace(run, state="paused", pauses=pauses, due_ms=None, look_ms=None)
            if run.due_ms is None:  # paused twice, it knows no end of its own any more
                return paused
            return replace(paused, paused_last=_is_last(run, run.due_ms, begins))
        case ClockResumed(_, due_ms, look_ms, provisional):
            pauses = _closed(run.pauses, at_ms)
            timed = replace(run, due_ms=due_ms, look_ms=look_ms, provisional=provisional)
            return replace(timed, state="running", pauses=pauses)
        case ClockRetimed(_, due_ms, look_ms, rule, pack, provisional):
            timed = replace(run, due_ms=due_ms, look_ms=look_ms, provisional=provisional)
            return replace(timed, rule=rule, pack=pack)
        case ClockExtended(_, due_ms, look_ms, provisional):
            timed = replace(run, due_ms=due_ms, look_ms=look_ms, provisional=provisional)
            return replace(timed, extensions=run.extensions + 1)
        case ClockWarned(_, look_ms):
            return replace(run, warned_ms=at_ms, look_ms=look_ms)
        case ClockEscalated(_, step, _, to, _, look_ms):
            escalated = replace(run, steps=step, escalated_ms=at_ms, told=to)
            return replace(escalated, look_ms=look_ms)
    return _over(run, event, at_ms)


def _is_last(run: Run, due_ms: int, at_ms: int) -> bool:
    """Whether less than a tenth of its time is left: on the wall clock, without its pauses."""
    still_ms = sum(one.until_ms - one.from_ms for one in run.pauses if one.to_ms is not None)
    return (due_ms - at_ms) * LAST_PART < due_ms - run.from_ms - still_ms


def _over(run: Run, event: OfRun, at_ms: int) -> Run:
    over = replace(
        run,
        look_ms=None,
        stopped_ms=max(at_ms, run.from_ms),
        still=run.state == "paused",
        pauses=_closed(run.pauses, at_ms),
    )
    match event:
        case ClockMet(_, late_ms):
            return replace(over, state="met", late_ms=late_ms)
        case ClockEnded(_, because):
            return replace(over, state="ended", ended=because)
    return run


def _closed(pauses: tuple[Pause, ...], at_ms: int) -> tuple[Pause, ...]:
    return tuple(one.ended(at_ms) for one in pauses)
