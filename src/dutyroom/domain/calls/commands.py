"""What may be asked about a call.

Ids (`UUID`) are made by the client, so that asking twice happens once. Fields wrapped in
`Sealed[...]` are personal data: they travel only in sealed bodies.
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from dutyroom.domain.kernel import Command
from dutyroom.domain.marked import CallId, IdOf, NoIncidentReason
from dutyroom.domain.values import Sealed

LineId = Annotated[str, IdOf("line")]
"""The telephone line that rings."""
CallBackOutcome = Literal["reached", "no_answer"]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who called. Personal data."""

    name: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class ReceiveCall(Command):
    """A line rings (said by the telephone gateway)."""

    VERB: ClassVar[str] = "call.receive"
    call: CallId
    line: LineId
    number: Sealed[str] = ""


@dataclass(frozen=True, slots=True)
class ClaimCall(Command):
    """Take a ringing call, or take over the call-back of an abandoned one."""

    VERB: ClassVar[str] = "call.claim"
    call: CallId


@dataclass(frozen=True, slots=True)
class ReleaseCall(Command):
    """Put a claimed call back, to ring again."""

    VERB: ClassVar[str] = "call.release"
    call: CallId


@dataclass(frozen=True, slots=True)
class HangUpCall(Command):
    """The caller's side ended the connection."""

    VERB: ClassVar[str] = "call.hang_up"
    call: CallId


@dataclass(frozen=True, slots=True)
class MarkCallSilent(Command):
    """Somebody is on the line and says nothing: a call-back is owed."""

    VERB: ClassVar[str] = "call.mark_silent"
    call: CallId


@dataclass(frozen=True, slots=True)
class CallBack(Command):
    """A call-back was tried."""

    VERB: ClassVar[str] = "call.call_back"
    call: CallId
    outcome: CallBackOutcome


@dataclass(frozen=True, slots=True)
class RecordCallDetails(Command):
    """What the caller said about themselves and what happened. Sealed under the call's key."""

    VERB: ClassVar[str] = "call.record_details"
    call: CallId
    caller: Sealed[Caller] = Caller()
    text: Sealed[str] = ""


@dataclass(frozen=True, slots=True)
class EndCall(Command):
    """Finish a call. Without a linked incident, a reason why there is none is needed."""

    VERB: ClassVar[str] = "call.end"
    call: CallId
    no_incident_reason: NoIncidentReason = ""
