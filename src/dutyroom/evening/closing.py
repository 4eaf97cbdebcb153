"""What simulated colleagues do next with a matter whose units are cleared."""

from dataclasses import dataclass
from typing import Final, Literal

from dutyroom.clocks.route import Route

CLOSE_AFTER_S: Final = 20.0
APPROVE_AFTER_S: Final = (300.0, 1_800.0)
"""How long a matter waits for the simulated supervisor, who has others, too."""
CONCLUDED: Final = 0.5
"""Share of light matters that the officer concludes from the scene."""
LEAVES_WORK: Final = 0.2
"""Share of matters that leave work for the station."""

type Next = Literal["give_disposition", "approve", "close"]


@dataclass(frozen=True, slots=True)
class Handled:
    """A matter that was handled, as far as its closing depends on it. ``least_s``: so long it is
    left to people."""

    waited_s: float
    disposition: bool
    approved: bool
    has_open_tasks: bool
    patience_s: float
    least_s: float = 0.0


def next_of(route: Route | None, handled: Handled) -> Next | None:
    """The next step, None while nothing is due: nobody asks for what would be refused."""
    if handled.waited_s <= max(handled.least_s, CLOSE_AFTER_S):
        return None
    if not handled.disposition:
        return "give_disposition"
    if route is not None and route.needs_approval and not handled.approved:
        return "approve" if handled.waited_s > handled.patience_s else None
    return None if handled.has_open_tasks else "close"


def may_conclude(route: Route | None, luck: float) -> bool:
    """Whether the officer concludes it from the scene."""
    return route is not None and route.light is not None and luck < CONCLUDED


def leaves_work(luck: float) -> bool:
    """Whether a handled matter leaves work for the station that looks after its zone."""
    return luck < LEAVES_WORK
