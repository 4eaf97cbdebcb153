"""Work of yesterday that turned out to be more than one can do: split this morning."""

from collections.abc import Iterable, Iterator
from typing import Final

from dutyroom.core.text import Text
from dutyroom.domain.tasks.commands import AcceptTask, OfferTask, SplitTask, StartTask, TaskPart
from dutyroom.evening.halves import both
from dutyroom.evening.laying import Entry, Laying

KIND: Final = "prevent"
HOURS_AGO: Final = 0.25
PARTS: Final = (
    Text("Talk to the residents of the first house", "走访一号楼居民"),
    Text("Put up the notice at the gate", "在院门张贴提示"),
)


def divided(laid: Laying, entries: Iterable[Entry]) -> Iterator[Entry]:
    """The first task of this kind that was accepted and not begun: parts of it are offered."""
    commands = [command for _, _, command in sorted(entries, key=lambda one: one[0])]
    accepted = {one.task for one in commands if isinstance(one, AcceptTask)}
    begun = {one.task for one in commands if isinstance(one, StartTask)}
    for one in commands:
        if isinstance(one, OfferTask) and one.kind == KIND and one.task in accepted - begun:
            at_ms = laid.at(HOURS_AGO)
            parts = tuple(
                TaskPart(laid.new(at_ms), one.org, both(text), one.team) for text in PARTS
            )
            yield at_ms, laid.dispatcher, SplitTask(one.task, parts)
            return
