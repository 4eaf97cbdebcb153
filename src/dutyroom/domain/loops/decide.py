"""The loop of an incident: approved; its clocks paused, resumed, extended, looked at."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from dutyroom.clocks.pauses import Pause
from dutyroom.clocks.rule import Rule
from dutyroom.domain.context import Context
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import DONE, GO, Decision, Emitted, Event, Refusal
from dutyroom.domain.loops import refusals
from dutyroom.domain.loops.commands import (
    ApproveHandling,
    ExtendClock,
    LookAtClocks,
    PauseClock,
    ResumeClock,
    WithdrawApproval,
)
from dutyroom.domain.loops.events import (
    ClockExtended,
    ClockPaused,
    ClockResumed,
    LoopApprovalWithdrawn,
    LoopApproved,
    LoopMoved,
)
from dutyroom.domain.loops.looking import look
from dutyroom.domain.loops.open_tasks import Decided, facts_of_tasks
from dutyroom.domain.loops.returning import come_back, task_comes_back
from dutyroom.domain.loops.stages import lacking_for_approval, org_now
from dutyroom.domain.loops.state import MERGED, LoopState, Run
from dutyroom.domain.loops.table import CLOCK, LOOP
from dutyroom.domain.loops.times import Times, rule_of, times_of
from dutyroom.domain.tasks.state import TaskState

type LoopCommand = (
    PauseClock | ResumeClock | ExtendClock | LookAtClocks | ApproveHandling | WithdrawApproval
)


def decide_loop(command: LoopCommand, context: Context) -> Decision:
    """Decide a command about the loop of one incident."""
    stream = f"loop:{command.loop}"
    loop = context.find(LoopState, stream)
    if isinstance(command, LookAtClocks):
        return tuple(Emitted(stream, event) for event in _look(loop, command, context))
    if isinstance(command, ApproveHandling | WithdrawApproval):
        return _decide_approval(stream, command, loop, context)
    run = loop.run(command.clock) if loop else None
    cell = CLOCK[run.state if run else "none", command.VERB]
    if run is None or cell not in (GO, DONE):
        return _refused(cell, command.loop, command.clock)
    if cell == DONE:
        return ()
    rule = rule_of(run, context)
    match command:
        case PauseClock(_, _, reason):
            return _pause(stream, run, rule, reason, context)
        case ResumeClock(id_):
            return _resume(id_, run, rule, context)
        case ExtendClock(_, _, reason):
            return _extend(stream, run, rule, reason, context)


def _look(loop: LoopState | None, command: LookAtClocks, context: Context) -> Iterator[Event]:
    """What has fallen due, and what an earlier pack ended that this one knows again; first, who
    looks after the place by the pack in force, since they are told."""
    incident = context.find(IncidentState, f"incident:{command.loop}")
    if loop is None:
        return
    org = org_now(loop, incident, context)
    if org != loop.org:
        yield LoopMoved(org)
        loop = replace(loop, org=org)
    yield from look(loop, context)
    if any(one.ended == "pack" for one in loop.clocks):
        task = context.find(TaskState, f"task:{command.loop}")
        if incident is not None:
            yield from come_back(loop, incident, "pack", context)
        elif task is not None:
            yield from task_comes_back(loop, task, context)


def _decide_approval(
    stream: str,
    command: ApproveHandling | WithdrawApproval,
    loop: LoopState | None,
    context: Context,
) -> Decision:
    stay = loop.stay if loop else None
    incident = context.find(IncidentState, f"incident:{command.loop}")
    over = loop is not None and loop.is_over and incident is not None and incident.state != "open"
    phase = "none" if stay is None else stay.stage if over else "open"
    cell = LOOP[phase, command.VERB]
    if cell == "TooLateToWithdraw" and loop and loop.approved_by:
        return refusals.too_late_to_withdraw(command.loop)
    if cell == "NothingToApprove":
        return refusals.nothing_to_approve(command.loop)
    if cell != GO or loop is None or incident is None:
        return ()
    if isinstance(command, WithdrawApproval):
        withdrawn = LoopApprovalWithdrawn(context.actor.id)
        return (Emitted(stream, withdrawn),) if loop.approved_by else ()
    lacking = (*lacking_for_approval(incident), *_tasks_lacking(command.loop, incident, context))
    if lacking:
        return refusals.not_handled_yet(command.loop, lacking)
    return () if loop.approved else (Emitted(stream, LoopApproved(context.actor.id)),)


def _tasks_lacking(id_: UUID, incident: IncidentState, context: Context) -> tuple[str, ...]:
    """`task`, where its route has tasks done or approved before how it was handled is approved."""
    route = context.loop.route_for(incident.category, incident.priority)
    wanted = route.tasks_before_approval if route else frozenset()
    if not wanted:
        return ()
    held = facts_of_tasks(Decided(context).phases(id_, incident))
    return () if wanted <= {*held} else ("task",)


def _refused(cell: str, loop: UUID, clock: str) -> Refusal:
    match cell:
        case "ClockIsOver":
            return refusals.clock_is_over(loop, clock)
        case "ClockIsPaused":
            return refusals.clock_is_paused(loop, clock)
    return refusals.unknown_clock(loop, clock)


def _pause(stream: str, run: Run, rule: Rule | None, reason: str, context: Context) -> Decision:
    allowed = rule.pauses if rule else ()
    if reason not in allowed:
        return refusals.reason_not_allowed(run.clock, reason, allowed)
    if run.due_ms is not None and run.due_ms <= max(context.now_ms, context.occurred_at_ms):
        return refusals.clock_has_run_out(run.clock)
    return (Emitted(stream, ClockPaused(run.clock, reason)),)


def _resume(loop: UUID, run: Run, rule: Rule | None, context: Context) -> Decision:
    incident = context.find(IncidentState, f"incident:{loop}")
    is_merged = incident is not None and incident.state == "merged"  # nothing runs for it
    if is_merged or (run.pauses and run.pauses[-1].reason == MERGED):
        return refusals.reason_not_allowed(run.clock, MERGED, ())
    return (Emitted(f"loop:{loop}", resumed(run, rule, context)),)


def resumed(run: Run, rule: Rule | None, context: Context) -> ClockResumed:
    """It goes on. Without its rule, because another pack is in force, it is looked at at once."""
    now = context.occurred_at_ms
    if rule is None:
        return ClockResumed(run.clock, None, now, run.provisional)
    still = run.pauses[-1] if run.pauses else None
    ended = (*run.pauses[:-1], still.ended(now)) if still else ()
    times = _times(run, rule, context, ended, run.extensions)
    return ClockResumed(run.clock, times.due_ms, times.look_ms, times.provisional)


def _extend(stream: str, run: Run, rule: Rule | None, reason: str, context: Context) -> Decision:
    if reason not in context.codes.clock_reasons:
        return refusals.reason_not_allowed(
            run.clock, reason, tuple(sorted(context.codes.clock_reasons))
        )
    extensions = rule.extensions if rule else None
    at_most = extensions.at_most if extensions else 0
    if rule is None or extensions is None or run.extensions >= at_most:
        return refusals.not_extended_again(run.clock, at_most)
    if context.actor.role != extensions.approver:
        return refusals.not_the_approver(run.clock, extensions.approver)
    times = _times(run, rule, context, run.pauses, run.extensions + 1)
    extended = ClockExtended(
        run.clock,
        times.due_ms,
        times.look_ms,
        provisional=times.provisional,
        by=context.actor.id,
        reason=reason,
    )
    return (Emitted(stream, extended),)


def _times(
    run: Run, rule: Rule, context: Context, pauses: tuple[Pause, ...], extensions: int
) -> Times:
    return times_of(
        rule,
        context.loop,
        run.from_ms,
        pauses,
        extensions,
        warned=run.warned_ms is not None,
        steps=run.steps,
    )
