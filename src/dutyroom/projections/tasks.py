"""Tasks, found by their incident and by their owner."""

from uuid import UUID

import msgspec

from dutyroom.domain.tasks import TASKS
from dutyroom.domain.tasks.row import TaskRow
from dutyroom.projections.models import ListedView


def tasks_of(incidents: list[UUID]) -> tuple[TaskRow, ...]:
    """The rows of all tasks of some incidents, the oldest first."""
    found = ListedView.objects.filter(kind=TASKS.name, incident__in=[str(one) for one in incidents])
    rows = found.order_by("id").values_list("row", flat=True)
    return tuple(msgspec.json.decode(row, type=TaskRow) for row in rows)


def task_row(id_: UUID) -> TaskRow | None:
    """The row of one, if there is one."""
    found = ListedView.objects.filter(kind=TASKS.name, id=str(id_)).values_list("row", flat=True)
    row = found.first()
    return None if row is None else msgspec.json.decode(row, type=TaskRow)
