"""Texts, ids and numbers that say what they are.

To Python, JSON and databases a `CategoryCode` is a `str`. Its mark says which values it takes, so
that whatever reads types (the strategies of the tests, the tables of the reference) need not guess
from a field's name. These aliases are no `type` statements: `get_type_hints` takes their marks off
by itself for whoever doesn't ask for them. What only one kind of record speaks of is said beside
its commands.
"""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID


@dataclass(frozen=True, slots=True)
class IdOf:
    """The id of one of a kind: of an aggregate (its name), or of a part or a person."""

    kind: str


@dataclass(frozen=True, slots=True)
class CodeOf:
    """One of a list of the city pack; "" where there may be none. `codes` is the list's name in
    `Codes`; questions and their answers are in one, `prompts` and `answers`."""

    codes: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of these; "" where there may be none. Not a `Literal`: what is another is refused by
    name, or was written by an older version."""

    values: tuple[str, ...]


CallId = Annotated[UUID, IdOf("call")]
IncidentId = Annotated[UUID, IdOf("incident")]
SourceId = IncidentId | CallId
"""Of what an incident took something over from."""
AssignmentId = Annotated[UUID, IdOf("assignment")]
NoteId = Annotated[UUID, IdOf("note")]
UnitId = Annotated[str, IdOf("unit")]
MemberId = Annotated[str, IdOf("member")]
"""A staff number, or the name of a gateway."""
ZoneId = Annotated[str, IdOf("zone")]
OrgPath = Annotated[str, IdOf("organisation")]
"""The path of an organisation; "" is the whole room."""

CategoryCode = Annotated[str, CodeOf("categories")]
Priority = Annotated[int, CodeOf("priorities")]
CapabilityCode = Annotated[str, CodeOf("capabilities")]
ClearReason = Annotated[str, CodeOf("clear_reasons")]
CancelReason = Annotated[str, CodeOf("cancel_reasons")]
UnavailableReason = Annotated[str, CodeOf("unavailable_reasons")]
OverrideReason = Annotated[str, CodeOf("override_reasons")]
DispositionCode = Annotated[str, CodeOf("dispositions")]
NoIncidentReason = Annotated[str, CodeOf("no_incident_reasons")]
ReopenReason = Annotated[str, CodeOf("reopen_reasons")]
ClockCode = Annotated[str, CodeOf("clocks")]
PointReason = Annotated[str, CodeOf("point_reasons")]
ContactReason = Annotated[str, CodeOf("contact_reasons")]
ClockReason = Annotated[str, CodeOf("clock_reasons")]
RouteCode = Annotated[str, CodeOf("routes")]
GivenTaskCode = Annotated[str, CodeOf("given_tasks")]
PublicPlaceKey = Annotated[str, IdOf("public_place")]
"""A public place of the pack: its kind and id."""
RepeatKind = Annotated[str, CodeOf("repeat_kinds")]
MatterKind = Annotated[str, CodeOf("matter_kinds")]
TaskReason = Annotated[str, CodeOf("task_reasons")]
DeskCode = Annotated[str, CodeOf("desks")]
DeskOffer = Annotated[str, CodeOf("desk_offers")]
DeskSkill = Annotated[str, CodeOf("desk_skills")]
AgreementCode = Annotated[str, CodeOf("agreements")]
ReferralReason = Annotated[str, CodeOf("referral_reasons")]
PromptCode = Annotated[str, CodeOf("prompts")]
AnswerCode = Annotated[str, CodeOf("answers")]
PromptAnswers = tuple[tuple[PromptCode, AnswerCode], ...]
