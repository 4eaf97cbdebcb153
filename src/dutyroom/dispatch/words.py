"""What the engine is asked and what it answers."""

from dataclasses import dataclass, field
from typing import Final

from dutyroom.domain.values import Need

STALE_AFTER_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Request:
    """An incident that needs units.

    ``needs`` are all its needs; ``assigned`` the units that are on it already and count towards
    them; ``served`` the capabilities of each unit that was on it and has left, which count as
    well; ``excluded`` units are not to be sent. ``now_s`` is on the scale of the fleet's
    ``position_s``; ``at_hour`` the local hour, 0-23. ``id`` names the request in explanations.
    """

    target: tuple[float, float]
    needs: tuple[Need, ...]
    now_s: float
    at_hour: int
    priority: int = 1
    assigned: frozenset[str] = frozenset()
    served: tuple[frozenset[str], ...] = ()
    excluded: frozenset[str] = frozenset()
    stale_after_s: float = STALE_AFTER_S
    id: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a unit is or isn't chosen; the codes are listed in docs/background/dispatch.md."""

    code: str
    params: dict[str, str | int | float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that was looked at.

    ``arrival_s`` is from its last known position, None if it can't get there; it may be up to
    ``widened_s`` later because that position is stale. Units rank by the sum, then by ``load_s``,
    the seconds that the crew has been committed in this shift, then by id.
    ``capabilities`` are those of its own that are needed. ``coverage_loss`` is the weight of the
    zones that nobody else covers, None if coverage wasn't asked for or the unit isn't free.
    """

    unit: str
    kind: str
    arrival_s: float | None
    widened_s: float
    capabilities: tuple[str, ...]
    chosen: bool
    reasons: tuple[Reason, ...]
    coverage_loss: float | None = None
    load_s: float = 0.0

    @property
    def stale(self) -> bool:
        return self.widened_s > 0


@dataclass(frozen=True, slots=True)
class NeedAnswer:
    """Who fills a need: units assigned before, units chosen now, and how many are missing."""

    capability: str
    count: int
    assigned: tuple[str, ...]
    chosen: tuple[str, ...]
    shortfall: int


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Which units to send, who else was looked at and why not, and what stays unmet.

    ``reasons`` are those about the whole (a shortfall). ``nearer_not_shown`` counts the units
    that were passed over although nearer and left out because the list would grow too long.
    """

    needs: tuple[NeedAnswer, ...]
    chosen: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    reasons: tuple[Reason, ...]
    nearer_not_shown: int
