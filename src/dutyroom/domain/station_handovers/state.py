"""What is known of a station's handover."""

from dataclasses import dataclass
from typing import Final, Literal

from dutyroom.domain.kernel import Deadline, Tell, last_tenth_ms
from dutyroom.domain.marked import MemberId, OrgPath
from dutyroom.domain.station_handovers.items import HandedItem, ItemId, ItemKind
from dutyroom.domain.watching.state import Watched

HOUR_MS: Final = 3_600_000
type StationHandoverPhase = Literal["open", "completed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Who has an item from now on."""

    kind: ItemKind
    item: ItemId
    owner: MemberId


@dataclass(frozen=True, slots=True)
class StationHandoverState(Watched):
    """`to` takes over, "" while nobody does; `items` are those of its beginning. `ended_by`: who
    completed or cancelled it."""

    phase: StationHandoverPhase
    org: OrgPath
    by: MemberId
    to: MemberId
    since_ms: int
    items: tuple[HandedItem, ...] = ()
    confirmed: tuple[Confirmed, ...] = ()
    ended_by: MemberId = ""
    ended_ms: int | None = None

    def owner_of(self, kind: str, item: ItemId) -> MemberId | None:
        """Who was confirmed to have it; None for nobody."""
        found = (one.owner for one in self.confirmed if (one.kind, one.item) == (kind, item))
        return next(found, None)

    def settles(self, item: HandedItem) -> bool:
        """Whether its owner is confirmed, and still has it."""
        owner = self.owner_of(item.kind, item.id)
        return owner is not None and (item.kind != "task" or owner == item.owner)


def clocks(state: StationHandoverState) -> tuple[Deadline, ...]:
    """An hour after it began everything has a confirmed owner: the command office is told, then
    the supervisor."""
    if state.phase != "open":
        return ()
    both = tuple(one for one in (state.to, state.by) if one)
    tell = (Tell(0, ("station_command",), both), Tell(HOUR_MS, ("supervisor",)))
    due_ms = state.since_ms + HOUR_MS
    risk_ms = last_tenth_ms(state.since_ms, due_ms)
    return (Deadline("handover", due_ms, tell=tell, again_ms=4 * HOUR_MS, risk_ms=risk_ms),)
