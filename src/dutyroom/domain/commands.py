"""Commands: what people and machines may ask for; decided upon, they change nothing themselves.

Each command names its verb (`VERB`), and the record that it is about. Ids (`UUID`) are made by the
client, so that asking twice happens once. Fields wrapped in `Sealed[...]` are personal data: they
travel only in sealed bodies.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal
from uuid import UUID

SEALED = "sealed"
type Sealed[T] = Annotated[T, SEALED]

Channel = Literal["telephone", "on_view"]
PlaceKind = Literal["address", "street", "crossing", "place", "point"]
MOVE_REASONS: tuple[str, ...] = ("relief", "reinforcement", "illness", "correction")
"""Why somebody is moved from one unit to another: takes over, helps out, stands in for somebody who
is ill, or was signed on by mistake."""
CallBackOutcome = Literal["reached", "no_answer"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something happened, exactly. Personal data: only the zone is ever in clear."""

    lon: float
    lat: float
    label: str
    kind: PlaceKind


@dataclass(frozen=True, slots=True)
class Caller:
    """Who called. Personal data."""

    name: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a unit was at a time (WGS84, milliseconds UTC). Personal data of its crew."""

    lon: float
    lat: float
    at_ms: int


@dataclass(frozen=True, slots=True)
class Need:
    """How many units with a capability are needed."""

    capability: str
    count: int


@dataclass(frozen=True, slots=True)
class UnitToSend:
    """One unit of a dispatch, and the id of the assignment it would get."""

    assignment: UUID
    unit: str


# --- calls -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReceiveCall:
    """A line rings (said by the telephone gateway)."""

    VERB: ClassVar[str] = "call.receive"
    call: UUID
    line: str
    number: Sealed[str] = ""


@dataclass(frozen=True, slots=True)
class ClaimCall:
    """Take a ringing call, or take over the call-back of an abandoned one."""

    VERB: ClassVar[str] = "call.claim"
    call: UUID


@dataclass(frozen=True, slots=True)
class ReleaseCall:
    """Put a claimed call back, to ring again."""

    VERB: ClassVar[str] = "call.release"
    call: UUID


@dataclass(frozen=True, slots=True)
class HangUpCall:
    """The caller's side ended the connection."""

    VERB: ClassVar[str] = "call.hang_up"
    call: UUID


@dataclass(frozen=True, slots=True)
class MarkCallSilent:
    """Somebody is on the line and says nothing: a call-back is owed."""

    VERB: ClassVar[str] = "call.mark_silent"
    call: UUID


@dataclass(frozen=True, slots=True)
class CallBack:
    """A call-back was tried."""

    VERB: ClassVar[str] = "call.call_back"
    call: UUID
    outcome: CallBackOutcome


@dataclass(frozen=True, slots=True)
class RecordCallDetails:
    """What the caller said about themselves and what happened. Sealed under the call's key."""

    VERB: ClassVar[str] = "call.record_details"
    call: UUID
    caller: Sealed[Caller] = Caller()
    text: Sealed[str] = ""


@dataclass(frozen=True, slots=True)
class EndCall:
    """Finish a call. Without a linked incident, a reason why there is none is needed."""

    VERB: ClassVar[str] = "call.end"
    call: UUID
    no_incident_reason: str = ""


# --- incidents -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """Open an incident: from a call, or on view (an officer met it; then `unit` is on scene).

    `answers` maps prompt codes to answer codes of the pack.
    """

    VERB: ClassVar[str] = "incident.open"
    incident: UUID
    category: str
    priority: int
    place: Sealed[Place]
    channel: Channel = "telephone"
    call: UUID | None = None
    unit: str = ""
    assignment: UUID | None = None
    answers: tuple[tuple[str, str], ...] = ()
    text: Sealed[str] = ""


@dataclass(frozen=True, slots=True)
class LinkCall:
    """This call tells of that incident.

    `category`, `priority` and `answers` are what this caller tells, where that was asked already:
    the incident takes over what is more urgent than what it has, or needs more.
    """

    VERB: ClassVar[str] = "incident.link_call"
    incident: UUID
    call: UUID
    category: str = ""
    priority: int | None = None
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class UnlinkCall:
    """It does not, after all."""

    VERB: ClassVar[str] = "incident.unlink_call"
    incident: UUID
    call: UUID


@dataclass(frozen=True, slots=True)
class SetCategory:
    VERB: ClassVar[str] = "incident.set_category"
    incident: UUID
    category: str


@dataclass(frozen=True, slots=True)
class SetPriority:
    VERB: ClassVar[str] = "incident.set_priority"
    incident: UUID
    priority: int


@dataclass(frozen=True, slots=True)
class SetPlace:
    VERB: ClassVar[str] = "incident.set_place"
    incident: UUID
    place: Sealed[Place]


@dataclass(frozen=True, slots=True)
class AnswerPrompt:
    VERB: ClassVar[str] = "incident.answer_prompt"
    incident: UUID
    prompt: str
    answer: str


@dataclass(frozen=True, slots=True)
class AddNote:
    VERB: ClassVar[str] = "incident.add_note"
    incident: UUID
    note: UUID
    text: Sealed[str]


@dataclass(frozen=True, slots=True)
class StrikeNote:
    """Strike a note through; it stays readable."""

    VERB: ClassVar[str] = "incident.strike_note"
    incident: UUID
    note: UUID


@dataclass(frozen=True, slots=True)
class RequestMore:
    """Send more: adds to what the response plan needs."""

    VERB: ClassVar[str] = "incident.request_more"
    incident: UUID
    capability: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class MergeIncident:
    """This incident is the same as `into`. Reversible without loss."""

    VERB: ClassVar[str] = "incident.merge"
    incident: UUID
    into: UUID


@dataclass(frozen=True, slots=True)
class SplitIncident:
    """Take a merged incident out again, with what it brought."""

    VERB: ClassVar[str] = "incident.split"
    incident: UUID


@dataclass(frozen=True, slots=True)
class SetDisposition:
    VERB: ClassVar[str] = "incident.set_disposition"
    incident: UUID
    disposition: str


@dataclass(frozen=True, slots=True)
class CloseIncident:
    VERB: ClassVar[str] = "incident.close"
    incident: UUID


@dataclass(frozen=True, slots=True)
class ReopenIncident:
    VERB: ClassVar[str] = "incident.reopen"
    incident: UUID
    reason: str


# --- assignments -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Send units. `override_reason` may say why others than the recommended ones.

    `unavailable_reason` must be given to send a unit that is marked unavailable. `advice` is the
    text that came with the recommendation that was looked at: the dispatch is judged by that one.
    """

    VERB: ClassVar[str] = "incident.dispatch"
    incident: UUID
    units: tuple[UnitToSend, ...]
    override_reason: str = ""
    unavailable_reason: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Reassign:
    """Take a unit off one incident and send it to another, in one step. Can be undone."""

    VERB: ClassVar[str] = "assignment.reassign"
    incident: UUID
    assignment: UUID
    to_incident: UUID
    new_assignment: UUID


@dataclass(frozen=True, slots=True)
class UndoReassign:
    """Give the unit back to where it was, in the state it had."""

    VERB: ClassVar[str] = "assignment.undo_reassign"
    incident: UUID
    assignment: UUID


@dataclass(frozen=True, slots=True)
class StartEnRoute:
    VERB: ClassVar[str] = "assignment.en_route"
    incident: UUID
    assignment: UUID


@dataclass(frozen=True, slots=True)
class ArriveOnScene:
    VERB: ClassVar[str] = "assignment.on_scene"
    incident: UUID
    assignment: UUID


@dataclass(frozen=True, slots=True)
class StartTransport:
    VERB: ClassVar[str] = "assignment.transport"
    incident: UUID
    assignment: UUID


@dataclass(frozen=True, slots=True)
class ArriveAtFacility:
    VERB: ClassVar[str] = "assignment.at_facility"
    incident: UUID
    assignment: UUID


@dataclass(frozen=True, slots=True)
class ClearAssignment:
    VERB: ClassVar[str] = "assignment.clear"
    incident: UUID
    assignment: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class CancelAssignment:
    VERB: ClassVar[str] = "assignment.cancel"
    incident: UUID
    assignment: UUID
    reason: str


# --- units -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SignOn:
    """A crew takes the unit on duty. `crew` are staff numbers.

    A person has one place: who is on another unit is moved from there if `move_reason` (one of
    `MOVE_REASONS`) says why.
    """

    VERB: ClassVar[str] = "unit.sign_on"
    unit: str
    crew: tuple[str, ...]
    move_reason: str = ""


@dataclass(frozen=True, slots=True)
class SignOff:
    VERB: ClassVar[str] = "unit.sign_off"
    unit: str


@dataclass(frozen=True, slots=True)
class MarkUnavailable:
    VERB: ClassVar[str] = "unit.mark_unavailable"
    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class MarkAvailable:
    VERB: ClassVar[str] = "unit.mark_available"
    unit: str


@dataclass(frozen=True, slots=True)
class HearFrom:
    """A real message from the unit: it resets the silence timer."""

    VERB: ClassVar[str] = "unit.hear_from"
    unit: str


@dataclass(frozen=True, slots=True)
class RaiseEmergency:
    """Somebody of the crew is in danger. `position` is where the button was pressed, if it knows;
    else the unit's last known one counts."""

    VERB: ClassVar[str] = "unit.raise_emergency"
    unit: str
    position: Sealed[Position | None] = None


@dataclass(frozen=True, slots=True)
class AcknowledgeEmergency:
    VERB: ClassVar[str] = "unit.acknowledge_emergency"
    unit: str


@dataclass(frozen=True, slots=True)
class EndEmergency:
    VERB: ClassVar[str] = "unit.end_emergency"
    unit: str


# --- the desk --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StartHandover:
    """Offer the desk to a colleague (`to` is a staff number), who confirms each open incident."""

    VERB: ClassVar[str] = "desk.start_handover"
    handover: UUID
    to: str


@dataclass(frozen=True, slots=True)
class ConfirmIncident:
    VERB: ClassVar[str] = "desk.confirm_incident"
    handover: UUID
    incident: UUID


@dataclass(frozen=True, slots=True)
class CompleteHandover:
    VERB: ClassVar[str] = "desk.complete_handover"
    handover: UUID


@dataclass(frozen=True, slots=True)
class CancelHandover:
    VERB: ClassVar[str] = "desk.cancel_handover"
    handover: UUID


# --- the centre ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AdoptPack:
    """From now on this city pack gives codes, plans and places their meaning."""

    VERB: ClassVar[str] = "centre.adopt_pack"
    name: str
    version: str
    hash: str


type Command = (
    ReceiveCall
    | ClaimCall
    | ReleaseCall
    | HangUpCall
    | MarkCallSilent
    | CallBack
    | RecordCallDetails
    | EndCall
    | OpenIncident
    | LinkCall
    | UnlinkCall
    | SetCategory
    | SetPriority
    | SetPlace
    | AnswerPrompt
    | AddNote
    | StrikeNote
    | RequestMore
    | MergeIncident
    | SplitIncident
    | SetDisposition
    | CloseIncident
    | ReopenIncident
    | Dispatch
    | Reassign
    | UndoReassign
    | StartEnRoute
    | ArriveOnScene
    | StartTransport
    | ArriveAtFacility
    | ClearAssignment
    | CancelAssignment
    | SignOn
    | SignOff
    | MarkUnavailable
    | MarkAvailable
    | HearFrom
    | RaiseEmergency
    | AcknowledgeEmergency
    | EndEmergency
    | StartHandover
    | ConfirmIncident
    | CompleteHandover
    | CancelHandover
    | AdoptPack
)

COMMANDS: Mapping[str, type[Command]] = {
    kind.VERB: kind for kind in tuple(globals().values()) if hasattr(kind, "VERB")
}
"""Every command class by its verb."""
