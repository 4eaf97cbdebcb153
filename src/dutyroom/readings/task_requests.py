"""What specialist desks were asked for a task, and what they answered."""

from collections.abc import Iterator, Sequence
from uuid import UUID

import msgspec
from django.db.backends.utils import CursorWrapper

from dutyroom.domain.desk_requests import DESK_REQUESTS
from dutyroom.domain.desk_requests.events import DeskRequestFinished
from dutyroom.domain.desk_requests.row import DeskRequestRow
from dutyroom.domain.incidents.state import IncidentState, chain_of
from dutyroom.domain.tasks import TASKS
from dutyroom.domain.tasks.state import TaskState
from dutyroom.journal import read
from dutyroom.projections.desk_requests import requests_of
from dutyroom.readings.reader import Access, Reader


class TaskRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A request to a specialist desk for a task. ``answer``: what came of it, as it stands; None
    before that, and once its key is erased."""

    row: DeskRequestRow
    answer: str | None


def requests_for(
    reader: Reader, cursor: CursorWrapper, task: UUID, incidents: Sequence[UUID]
) -> tuple[DeskRequestRow, ...]:
    """Those for a task and for what was joined into it: of its incidents, and of what these were
    merged into since."""
    tasks = {str(one) for one in (task, *joined_into(reader, cursor, task))}
    _, *above = chain_of(
        incidents[0], lambda id_: reader.states.of(cursor, IncidentState, f"incident:{id_}")
    )
    return tuple(one for one in requests_of([*incidents, *above]) if one.task in tasks)


def joined_into(reader: Reader, cursor: CursorWrapper, task: UUID) -> Iterator[UUID]:
    """The tasks that were joined into one, and those that had been joined into them."""
    state = reader.states.of(cursor, TaskState, f"{TASKS.name}:{task}")
    for one in state.joined if state else ():
        yield one
        yield from joined_into(reader, cursor, one)


def with_answer(
    reader: Reader, access: Access, cursor: CursorWrapper, row: DeskRequestRow
) -> TaskRequest:
    """A request with its answer."""
    finished = [
        entry
        for entry in read.stream(cursor, f"{DESK_REQUESTS.name}:{row.id}")
        if entry.type == DeskRequestFinished.TYPE
    ]
    stands = row.state in ("done", "confirmed")
    [body] = reader.unseal(access, finished[-1:]) if stands else [None]
    return TaskRequest(row=row, answer=(body or {}).get("text"))
