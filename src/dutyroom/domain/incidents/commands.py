"""What may be asked about an incident and its assignments."""

from dataclasses import dataclass
from typing import ClassVar, Literal
from uuid import UUID

from dutyroom.domain.kernel import Command
from dutyroom.domain.values import Place, Sealed

Channel = Literal["telephone", "on_view"]


@dataclass(frozen=True, slots=True)
class UnitToSend:
    """One unit of a dispatch, and the id of the assignment it would get."""

    assignment: UUID
    unit: str


@dataclass(frozen=True, slots=True)
class OpenIncident(Command):
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
class LinkCall(Command):
    """This call reports that incident.

    `category`, `priority` and `answers` are what this caller says, where that was asked already:
    the incident takes over what is more urgent than what it has, or needs more.
    """

    VERB: ClassVar[str] = "incident.link_call"
    incident: UUID
    call: UUID
    category: str = ""
    priority: int | None = None
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class UnlinkCall(Command):
    """It does not, after all."""

    VERB: ClassVar[str] = "incident.unlink_call"
    incident: UUID
    call: UUID


@dataclass(frozen=True, slots=True)
class SetCategory(Command):
    VERB: ClassVar[str] = "incident.set_category"
    incident: UUID
    category: str


@dataclass(frozen=True, slots=True)
class SetPriority(Command):
    VERB: ClassVar[str] = "incident.set_priority"
    incident: UUID
    priority: int


@dataclass(frozen=True, slots=True)
class SetPlace(Command):
    VERB: ClassVar[str] = "incident.set_place"
    incident: UUID
    place: Sealed[Place]


@dataclass(frozen=True, slots=True)
class AnswerPrompt(Command):
    VERB: ClassVar[str] = "incident.answer_prompt"
    incident: UUID
    prompt: str
    answer: str


@dataclass(frozen=True, slots=True)
class AddNote(Command):
    VERB: ClassVar[str] = "incident.add_note"
    incident: UUID
    note: UUID
    text: Sealed[str]


@dataclass(frozen=True, slots=True)
class StrikeNote(Command):
    """Strike a note through; it stays readable."""

    VERB: ClassVar[str] = "incident.strike_note"
    incident: UUID
    note: UUID


@dataclass(frozen=True, slots=True)
class RequestMore(Command):
    """Send more: adds to what the response plan needs."""

    VERB: ClassVar[str] = "incident.request_more"
    incident: UUID
    capability: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class MergeIncident(Command):
    """This incident is the same as `into`. Reversible without loss."""

    VERB: ClassVar[str] = "incident.merge"
    incident: UUID
    into: UUID


@dataclass(frozen=True, slots=True)
class SplitIncident(Command):
    """Take a merged incident out again, with what it brought."""

    VERB: ClassVar[str] = "incident.split"
    incident: UUID


@dataclass(frozen=True, slots=True)
class SetDisposition(Command):
    VERB: ClassVar[str] = "incident.set_disposition"
    incident: UUID
    disposition: str


@dataclass(frozen=True, slots=True)
class CloseIncident(Command):
    VERB: ClassVar[str] = "incident.close"
    incident: UUID


@dataclass(frozen=True, slots=True)
class ReopenIncident(Command):
    VERB: ClassVar[str] = "incident.reopen"
    incident: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class Dispatch(Command):
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
class OnAssignment(Command):
    """What is asked about one assignment of the incident."""

    incident: UUID
    assignment: UUID


@dataclass(frozen=True, slots=True)
class Reassign(OnAssignment):
    """Take a unit off one incident and send it to another, in one step. Can be undone."""

    VERB: ClassVar[str] = "assignment.reassign"
    to_incident: UUID
    new_assignment: UUID


@dataclass(frozen=True, slots=True)
class UndoReassign(OnAssignment):
    """Give the unit back to where it was, in the state it had."""

    VERB: ClassVar[str] = "assignment.undo_reassign"


@dataclass(frozen=True, slots=True)
class StartEnRoute(OnAssignment):
    VERB: ClassVar[str] = "assignment.en_route"


@dataclass(frozen=True, slots=True)
class ArriveOnScene(OnAssignment):
    VERB: ClassVar[str] = "assignment.on_scene"


@dataclass(frozen=True, slots=True)
class StartTransport(OnAssignment):
    VERB: ClassVar[str] = "assignment.transport"


@dataclass(frozen=True, slots=True)
class ArriveAtFacility(OnAssignment):
    VERB: ClassVar[str] = "assignment.at_facility"


@dataclass(frozen=True, slots=True)
class ClearAssignment(OnAssignment):
    VERB: ClassVar[str] = "assignment.clear"
    reason: str


@dataclass(frozen=True, slots=True)
class CancelAssignment(OnAssignment):
    VERB: ClassVar[str] = "assignment.cancel"
    reason: str
