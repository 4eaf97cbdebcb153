"""What may be asked about an incident and its assignments."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from dutyroom.domain.kernel import Command
from dutyroom.domain.marked import (
    AnswerCode,
    AssignmentId,
    CallId,
    CancelReason,
    CapabilityCode,
    CategoryCode,
    ClearReason,
    ContactReason,
    DeskCode,
    DispositionCode,
    IncidentId,
    NoteId,
    OrgPath,
    OverrideReason,
    PointReason,
    Priority,
    PromptAnswers,
    PromptCode,
    ReopenReason,
    UnitId,
)
from dutyroom.domain.values import Place, PointKind, Sealed, Settled

Channel = Literal["telephone", "on_view", "order", "petition", "window"]
"""How a matter became known: by a call, met by an officer, or without either: an order from above,
a petition, the service window of a station."""


@dataclass(frozen=True, slots=True)
class UnitToSend:
    """One unit of a dispatch, and the id of the assignment it would get."""

    assignment: AssignmentId
    unit: UnitId


@dataclass(frozen=True, slots=True)
class OpenIncident(Command):
    """Open an incident: from a call, on view (an officer met it; then `unit` is on scene), or by
    another channel.

    `answers` maps prompt codes to answer codes of the pack.
    """

    VERB: ClassVar[str] = "incident.open"
    incident: IncidentId
    category: CategoryCode
    priority: Priority
    place: Sealed[Place]
    channel: Channel = "telephone"
    call: CallId | None = None
    unit: UnitId = ""
    assignment: AssignmentId | None = None
    answers: PromptAnswers = ()
    text: Sealed[str] = ""


@dataclass(frozen=True, slots=True)
class LinkCall(Command):
    """This call reports that incident.

    `category`, `priority` and `answers` are what this caller says, where that was asked already:
    the incident takes over what is more urgent than what it has, or needs more.
    """

    VERB: ClassVar[str] = "incident.link_call"
    incident: IncidentId
    call: CallId
    category: CategoryCode = ""
    priority: Priority | None = None
    answers: PromptAnswers = ()


@dataclass(frozen=True, slots=True)
class UnlinkCall(Command):
    """It does not report or chase it, after all."""

    VERB: ClassVar[str] = "incident.unlink_call"
    incident: IncidentId
    call: CallId


@dataclass(frozen=True, slots=True)
class RecordChase(Command):
    """This call asks again about that incident: help has not come, or the matter isn't concluded.

    It is linked by hand and counted, and raises the incident until somebody acknowledges it.
    """

    VERB: ClassVar[str] = "incident.record_chase"
    incident: IncidentId
    call: CallId


@dataclass(frozen=True, slots=True)
class AcknowledgeChase(Command):
    """The chases of an incident have been seen, those of what is merged into it included.

    `until_ms` is when the last one was made that was looked at: one that came since stays raised.
    """

    VERB: ClassVar[str] = "incident.acknowledge_chase"
    incident: IncidentId
    until_ms: int


@dataclass(frozen=True, slots=True)
class SetCategory(Command):
    """Change what kind of incident it is; its needs follow the new response plan."""

    VERB: ClassVar[str] = "incident.set_category"
    incident: IncidentId
    category: CategoryCode


@dataclass(frozen=True, slots=True)
class SetPriority(Command):
    """Change how urgent it is: 1 is the most urgent."""

    VERB: ClassVar[str] = "incident.set_priority"
    incident: IncidentId
    priority: Priority


@dataclass(frozen=True, slots=True)
class SetPlace(Command):
    """Change where it is. The zone follows from the place."""

    VERB: ClassVar[str] = "incident.set_place"
    incident: IncidentId
    place: Sealed[Place]


@dataclass(frozen=True, slots=True)
class AnswerPrompt(Command):
    """Record the answer to a question of the category. It may raise the priority or the needs."""

    VERB: ClassVar[str] = "incident.answer_prompt"
    incident: IncidentId
    prompt: PromptCode
    answer: AnswerCode


@dataclass(frozen=True, slots=True)
class SettlePoint(Command):
    """An open point is settled: confirmed, or struck with a reason of the pack.

    `prompt` is the question, `partner` or `desk` who may be needed, where the point is about one.
    """

    VERB: ClassVar[str] = "incident.settle_point"
    incident: IncidentId
    point: PointKind
    how: Settled
    prompt: PromptCode = ""
    reason: PointReason = ""
    partner: OrgPath = ""
    desk: DeskCode = ""


@dataclass(frozen=True, slots=True)
class ReopenPoint(Command):
    """It is to be asked, after all."""

    VERB: ClassVar[str] = "incident.reopen_point"
    incident: IncidentId
    point: PointKind
    prompt: PromptCode = ""
    partner: OrgPath = ""
    desk: DeskCode = ""


@dataclass(frozen=True, slots=True)
class AddNote(Command):
    """Write a note to the incident, sealed under its key."""

    VERB: ClassVar[str] = "incident.add_note"
    incident: IncidentId
    note: NoteId
    text: Sealed[str]


@dataclass(frozen=True, slots=True)
class StrikeNote(Command):
    """Strike a note through; it stays readable."""

    VERB: ClassVar[str] = "incident.strike_note"
    incident: IncidentId
    note: NoteId


@dataclass(frozen=True, slots=True)
class RequestMore(Command):
    """Send more: adds to what the response plan needs."""

    VERB: ClassVar[str] = "incident.request_more"
    incident: IncidentId
    capability: CapabilityCode
    count: int = 1


@dataclass(frozen=True, slots=True)
class MergeIncident(Command):
    """This incident is the same as `into`. Reversible without loss."""

    VERB: ClassVar[str] = "incident.merge"
    incident: IncidentId
    into: IncidentId


@dataclass(frozen=True, slots=True)
class SplitIncident(Command):
    """Take a merged incident out again, with what it brought."""

    VERB: ClassVar[str] = "incident.split"
    incident: IncidentId


@dataclass(frozen=True, slots=True)
class SetDisposition(Command):
    """Say how it came out, which closing needs."""

    VERB: ClassVar[str] = "incident.set_disposition"
    incident: IncidentId
    disposition: DispositionCode


@dataclass(frozen=True, slots=True)
class CloseIncident(Command):
    """Close it. Refused while something is missing, with a list of what that is."""

    VERB: ClassVar[str] = "incident.close"
    incident: IncidentId


@dataclass(frozen=True, slots=True)
class ConcludeIncident(Command):
    """Conclude a light matter from the scene: units that are there are done, it came out as its
    route says unless something else was said, and it is closed."""

    VERB: ClassVar[str] = "incident.conclude"
    incident: IncidentId


@dataclass(frozen=True, slots=True)
class ReopenIncident(Command):
    """Open a closed incident again: it is pending, with the needs of its plan."""

    VERB: ClassVar[str] = "incident.reopen"
    incident: IncidentId
    reason: ReopenReason


@dataclass(frozen=True, slots=True)
class MarkUnsafeToContact(Command):
    """It is not safe to contact who called: somebody else may answer. Their telephone is shown to
    nobody from then on, and nobody calls back."""

    VERB: ClassVar[str] = "incident.mark_unsafe"
    incident: IncidentId
    reason: ContactReason = ""


@dataclass(frozen=True, slots=True)
class LiftUnsafeToContact(Command):
    """It is safe to contact them again."""

    VERB: ClassVar[str] = "incident.lift_unsafe"
    incident: IncidentId


MinorLift = Literal["marked_by_mistake", "of_age"]
"""Why the mark that something concerns a minor is lifted."""


@dataclass(frozen=True, slots=True)
class MarkMinor(Command):
    """It concerns a minor: fewer may read what was said of it from then on."""

    VERB: ClassVar[str] = "incident.mark_minor"
    incident: IncidentId


@dataclass(frozen=True, slots=True)
class LiftMinorMark(Command):
    """It doesn't concern a minor, after all."""

    VERB: ClassVar[str] = "incident.lift_minor"
    incident: IncidentId
    reason: MinorLift


@dataclass(frozen=True, slots=True)
class Dispatch(Command):
    """Send units. `override_reason` may say why others than the recommended ones.

    `unavailable_reason` must be given to send a unit that is marked unavailable. `advice` is the
    text that came with the recommendation that was looked at: the dispatch is judged by that one.
    """

    VERB: ClassVar[str] = "incident.dispatch"
    incident: IncidentId
    units: tuple[UnitToSend, ...]
    override_reason: OverrideReason = ""
    unavailable_reason: OverrideReason = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class OnAssignment(Command):
    """What is asked about one assignment of the incident."""

    incident: IncidentId
    assignment: AssignmentId


@dataclass(frozen=True, slots=True)
class Reassign(OnAssignment):
    """Take a unit off one incident and send it to another, in one step. Can be undone."""

    VERB: ClassVar[str] = "assignment.reassign"
    to_incident: IncidentId
    new_assignment: AssignmentId


@dataclass(frozen=True, slots=True)
class UndoReassign(OnAssignment):
    """Give the unit back to where it was, in the state it had."""

    VERB: ClassVar[str] = "assignment.undo_reassign"


@dataclass(frozen=True, slots=True)
class StartEnRoute(OnAssignment):
    """The unit is on its way."""

    VERB: ClassVar[str] = "assignment.en_route"


@dataclass(frozen=True, slots=True)
class ArriveOnScene(OnAssignment):
    """The unit is at the place."""

    VERB: ClassVar[str] = "assignment.on_scene"


@dataclass(frozen=True, slots=True)
class StartTransport(OnAssignment):
    """The unit takes somebody to a facility."""

    VERB: ClassVar[str] = "assignment.transport"


@dataclass(frozen=True, slots=True)
class ArriveAtFacility(OnAssignment):
    """The unit is at the facility."""

    VERB: ClassVar[str] = "assignment.at_facility"


@dataclass(frozen=True, slots=True)
class ClearAssignment(OnAssignment):
    """The unit is done and available again, with the reason."""

    VERB: ClassVar[str] = "assignment.clear"
    reason: ClearReason


@dataclass(frozen=True, slots=True)
class CancelAssignment(OnAssignment):
    """The unit isn't needed any more, or was sent by mistake."""

    VERB: ClassVar[str] = "assignment.cancel"
    reason: CancelReason
