"""What is known of an attachment, without its name and its bytes."""

from dataclasses import dataclass
from typing import Literal

from dutyroom.domain.attachments.commands import AttachmentKind, StrikeReason
from dutyroom.domain.marked import IncidentId, MemberId, OrgPath
from dutyroom.domain.tasks.commands import TaskId

type AttachmentPhase = Literal["kept", "struck"]


@dataclass(frozen=True, slots=True)
class AttachmentState:
    """`org` is that of the task, or who looked after the incident, when it was added; `reason` why
    it was last struck."""

    phase: AttachmentPhase
    incident: IncidentId
    task: TaskId | None
    org: OrgPath
    kind: AttachmentKind
    size: int
    width: int
    height: int
    digest: str
    by: MemberId
    at_ms: int
    reason: StrikeReason | Literal[""] = ""
    struck_by: MemberId = ""
