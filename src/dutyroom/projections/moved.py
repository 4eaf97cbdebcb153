"""Which deadlines of open clocks another city pack would move, and to when."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import msgspec

from dutyroom.citypack import CityPack
from dutyroom.clocks.pauses import Pause
from dutyroom.core.text import Text
from dutyroom.domain.loops import LOOPS
from dutyroom.domain.loops.row import LoopClockRow, LoopRow
from dutyroom.domain.loops.times import times_of
from dutyroom.domain.tasks import TASKS
from dutyroom.domain.tasks.row import TaskRow
from dutyroom.projections.models import IncidentView, ListedView
from dutyroom.projections.rows import read_loop

_PORTION = 500


@dataclass(frozen=True, slots=True)
class MovedDeadline:
    """A clock of the incident with this number, or something else that is owed of it. `after_ms` is
    None where the clock ends because the pack has no rule for it. `stays`: it isn't moved, since it
    was promised once; the pack would have it due then."""

    number: str
    clock: str
    name: Text
    before_ms: int
    after_ms: int | None
    stays: bool = False


def moved_deadlines(pack: CityPack) -> Iterator[MovedDeadline]:
    """Of all clocks that run; those that stand still aren't due before they go on."""
    rows = ListedView.objects.filter(kind=LOOPS.name, open=True).order_by("due_ms", "id")
    for row in rows.values_list("row", flat=True).iterator(_PORTION):
        loop = read_loop(row)
        rules_at = _rules_at(pack, loop)
        for run in loop.clocks:
            if run.state != "running" or run.due_ms is None:
                continue
            place = rules_at(run.from_ms).get(run.clock)
            after_ms = None if place is None else _due_ms(pack, place, run)
            if after_ms != run.due_ms:
                name = Text(run.clock, run.clock) if place is None else pack.loop.clocks[place].name
                yield MovedDeadline(loop.number, run.clock, name, run.due_ms, after_ms)


def _rules_at(pack: CityPack, loop: LoopRow) -> Callable[[int], Mapping[str, int]]:
    """The clocks that an incident or a task has by a pack, of those that begin at an instant."""
    if loop.task_on:
        text = ListedView.objects.values_list("row", flat=True).get(kind=TASKS.name, id=loop.id)
        task = msgspec.json.decode(text, type=TaskRow)
        return partial(pack.loop.rules_for_task, task.kind, task.priority)
    found = IncidentView.objects.filter(id=loop.id).values_list("category", "priority").first()
    return partial(pack.loop.rules_for, *found) if found else lambda _at_ms: {}


def _due_ms(pack: CityPack, place: int, run: LoopClockRow) -> int | None:
    pauses = tuple(Pause(one.reason, one.from_ms, one.to_ms) for one in run.pauses)
    rule = pack.loop.clocks[place]
    return times_of(rule, pack.loop, run.from_ms, pauses, run.extensions).due_ms
