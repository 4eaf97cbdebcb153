"""What is read back: what is late at a station, and what falls due there today."""

from dataclasses import dataclass
from typing import Literal

from dutyroom.domain.marked import IncidentId, MemberId
from dutyroom.domain.matters.commands import MatterId
from dutyroom.domain.orders.commands import SupervisionOrderId
from dutyroom.domain.tasks.commands import TaskId

ItemKind = Literal["task", "incident", "supervision_order", "matter"]
ItemId = TaskId | IncidentId | SupervisionOrderId | MatterId


@dataclass(frozen=True, slots=True)
class HandedItem:
    """A task that lies with the station, an incident of it of which a clock runs out, a supervision
    order that it owes the answer to, or a dispute that it follows.

    `number` is the incident's, of a dispute the first one's; `owner` has the task or follows the
    dispute, "" where nobody does.
    """

    kind: ItemKind
    id: ItemId
    number: str
    due_ms: int
    late: bool
    owner: MemberId = ""
