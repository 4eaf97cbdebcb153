"""Which deadlines of open clocks another city pack would move, and to when."""

from collections.abc import Iterator
from dataclasses import dataclass

from dutyroom.citypack import CityPack
from dutyroom.clocks.pauses import Pause
from dutyroom.core.text import Text
from dutyroom.domain.loops import LOOPS
from dutyroom.domain.loops.row import LoopClockRow
from dutyroom.domain.loops.times import times_of
from dutyroom.projections.models import IncidentView, ListedView
from dutyroom.projections.rows import read_loop

_PORTION = 500


@dataclass(frozen=True, slots=True)
class MovedDeadline:
    """A clock of the incident with this number. `after_ms` is None where the clock ends because the
    pack has no rule for it."""

    number: str
    clock: str
    name: Text
    before_ms: int
    after_ms: int | None


def moved_deadlines(pack: CityPack) -> Iterator[MovedDeadline]:
    """Of all clocks that run; those that stand still aren't due before they go on."""
    rows = ListedView.objects.filter(kind=LOOPS.name, open=True).order_by("due_ms", "id")
    for id_, row in rows.values_list("id", "row").iterator(_PORTION):
        incident = IncidentView.objects.filter(id=id_).values_list("category", "priority").first()
        for run in read_loop(row).clocks:
            if run.state != "running" or run.due_ms is None:
                continue
            rules = pack.loop.rules_for(*incident, run.from_ms) if incident else {}
            place = rules.get(run.clock)
            after_ms = None if place is None else _due_ms(pack, place, run)
            if after_ms != run.due_ms:
                name = Text(run.clock, run.clock) if place is None else pack.loop.clocks[place].name
                number = read_loop(row).number
                yield MovedDeadline(number, run.clock, name, run.due_ms, after_ms)


def _due_ms(pack: CityPack, place: int, run: LoopClockRow) -> int | None:
    pauses = tuple(Pause(one.reason, one.from_ms, one.to_ms) for one in run.pauses)
    rule = pack.loop.clocks[place]
    return times_of(rule, pack.loop, run.from_ms, pauses, run.extensions).due_ms
