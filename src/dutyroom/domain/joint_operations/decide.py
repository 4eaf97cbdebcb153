"""Joint operations: begun, joined and left, worked off by one plan, ended."""

from dutyroom.domain.context import Context
from dutyroom.domain.incidents.complaints import is_barred
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.joint_operations import refusals
from dutyroom.domain.joint_operations.commands import (
    AddPlanLine,
    BeginJointOperation,
    EndJointOperation,
    JoinOperation,
    LeaveOperation,
    ReopenJointOperation,
    StrikePlanLine,
    TickPlanLine,
    UntickPlanLine,
    WriteLog,
)
from dutyroom.domain.joint_operations.events import (
    JointOperationBegun,
    JointOperationEnded,
    JointOperationReopened,
    LogWritten,
    OrganisationJoined,
    OrganisationLeft,
    PlanLineAdded,
    PlanLineStruck,
    PlanLineTicked,
    PlanLineUnticked,
)
from dutyroom.domain.joint_operations.state import JointOperationState
from dutyroom.domain.joint_operations.table import JOINT_OPERATION
from dutyroom.domain.kernel import DONE, GO, Decision, Emitted, Refusal
from dutyroom.domain.orgs import within
from dutyroom.domain.tasks.checks import LONGEST_TEXT, check_incident_open, text_of
from dutyroom.domain.tasks.refusals import complaint_of_own_station

type LineCommand = StrikePlanLine | TickPlanLine | UntickPlanLine
type JointOperationCommand = (
    BeginJointOperation
    | JoinOperation
    | LeaveOperation
    | AddPlanLine
    | LineCommand
    | WriteLog
    | EndJointOperation
    | ReopenJointOperation
)


def decide_joint_operation(command: JointOperationCommand, context: Context) -> Decision:
    """Decide a command about one operation."""
    id_ = command.joint_operation
    stream = f"joint_operation:{id_}"
    state = context.find(JointOperationState, stream)
    cell = JOINT_OPERATION[state.phase if state else "none", command.VERB]
    if isinstance(command, BeginJointOperation):
        if state is not None:
            return refusals.joint_operation_exists(id_, state.phase)
        return _begin(stream, command, context)
    if state is None:
        return refusals.unknown_joint_operation(id_)
    if cell == DONE:
        return ()
    if cell != GO:
        return refusals.joint_operation_is_over(id_)
    if context.afterwards and context.occurred_at_ms < state.begun_ms:
        return refusals.time_before_joint_operation(context.occurred_at_ms, state.begun_ms)
    match command:
        case JoinOperation() | LeaveOperation():
            return _take_part(stream, command, state, context)
        case AddPlanLine() | WriteLog() | EndJointOperation():
            return _say(stream, command, state, context)
        case StrikePlanLine() | TickPlanLine() | UntickPlanLine():
            return _line(stream, command, state, context.actor.id)
        case ReopenJointOperation():
            refused = check_incident_open(state.incident, context)
            return refused or (Emitted(stream, JointOperationReopened(context.actor.id)),)


def _begin(stream: str, command: BeginJointOperation, context: Context) -> Decision:
    wrong = check_incident_open(command.incident, context)
    incident = incident_of(command.incident, context)
    if wrong or incident is None:
        return wrong or ()
    orgs = tuple(dict.fromkeys(command.orgs))
    unknown = next((one for one in orgs if one not in context.codes.orgs), None)
    if unknown is not None or len(orgs) < 2:
        return refusals.joint_operation_needs_organisations(unknown or "")
    barred = next((one for one in orgs if is_barred(one, incident, context)), None)
    if barred is not None:
        return complaint_of_own_station(barred, incident.number)
    text = text_of("text", command.text, LONGEST_TEXT)
    if isinstance(text, Refusal):
        return text
    begun = JointOperationBegun(context.actor.id, command.incident, incident.number, orgs)
    return (Emitted(stream, begun, {"text": text}, f"incident:{command.incident}"),)


def _take_part(
    stream: str,
    command: JoinOperation | LeaveOperation,
    state: JointOperationState,
    context: Context,
) -> Decision:
    by, org = context.actor.id, command.org
    there = org in state.orgs
    if isinstance(command, JoinOperation):
        if org not in context.codes.orgs:
            return refusals.joint_operation_needs_organisations(org)
        if is_barred(org, incident_of(state.incident, context), context):
            return complaint_of_own_station(org, state.number)
        return () if there else (Emitted(stream, OrganisationJoined(by, org)),)
    if not there:
        return ()
    if state.orgs == (org,):
        return refusals.last_one_takes_part(org)
    left = sum(one.org == org and one.state == "open" for one in state.lines)
    return (
        refusals.plan_lines_are_open(left)
        if left
        else (Emitted(stream, OrganisationLeft(by, org)),)
    )


def _say(
    stream: str,
    command: AddPlanLine | WriteLog | EndJointOperation,
    state: JointOperationState,
    context: Context,
) -> Decision:
    """What carries a text: a line of the plan, an entry of the log, what came of it."""
    by, key = context.actor.id, f"incident:{state.incident}"
    text = text_of("text", command.text, LONGEST_TEXT)
    if isinstance(text, Refusal):
        return text
    match command:
        case AddPlanLine(_, line, org):
            if state.line(line) is not None:
                return ()
            if org not in state.orgs:
                return refusals.org_takes_no_part(org)
            return (Emitted(stream, PlanLineAdded(by, line, org), {"text": text}, key),)
        case WriteLog(_, note):
            if note in state.notes:
                return ()
            own = next((one for one in state.orgs if within(context.actor.org, one)), "")
            return (Emitted(stream, LogWritten(by, note, own), {"text": text}, key),)
        case EndJointOperation():
            left = sum(one.state == "open" for one in state.lines)
            ended = Emitted(stream, JointOperationEnded(by), {"text": text}, key)
            return refusals.plan_lines_are_open(left) if left else (ended,)


def _line(stream: str, command: LineCommand, state: JointOperationState, by: str) -> Decision:
    line = state.line(command.plan_line)
    if line is None or (line.state == "struck" and not isinstance(command, StrikePlanLine)):
        return refusals.unknown_plan_line(command.plan_line)
    if isinstance(command, UntickPlanLine) and line.org not in state.orgs:
        return refusals.org_takes_no_part(line.org)  # it would be with nobody
    match command:
        case StrikePlanLine(_, id_):
            return () if line.state == "struck" else (Emitted(stream, PlanLineStruck(by, id_)),)
        case TickPlanLine(_, id_):
            return () if line.state == "done" else (Emitted(stream, PlanLineTicked(by, id_)),)
        case UntickPlanLine(_, id_):
            return () if line.state == "open" else (Emitted(stream, PlanLineUnticked(by, id_)),)
