"""What is read back: what is late at a station, and what falls due there today."""

from dataclasses import dataclass
from typing import Literal

from dutyroom.domain.marked import IncidentId, MemberId
from dutyroom.domain.tasks.commands import TaskId

ItemKind = Literal["task", "incident"]
ItemId = TaskId | IncidentId


@dataclass(frozen=True, slots=True)
class HandedItem:
    """A task that lies with the station, or an incident of it of which a clock runs out.

    `number` is the incident's; `owner` has the task, "" where nobody has.
    """

    kind: ItemKind
    id: ItemId
    number: str
    due_ms: int
    late: bool
    owner: MemberId = ""
