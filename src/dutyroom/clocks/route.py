"""Routes of incidents through the loop: the stages, who owns each, and when each is done."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from dutyroom.core.text import Text

type Stage = Literal["analyse", "assign", "handle", "supervise", "conclude"]
STAGES: Final[tuple[Stage, ...]] = get_args(Stage.__value__)
"""In their order."""
type Fact = Literal[
    "sent",
    "accepted",
    "arrived",
    "cleared",
    "disposition",
    "tasks_done",
    "tasks_approved",
    "approved",
]
FACTS: Final[tuple[Fact, ...]] = get_args(Fact.__value__)
"""What a stage may wait for: a unit was sent, is on its way, is there; all units are done; how it
came out is said; nobody has a task to do any more, and each that was submitted is approved;
somebody who may has approved how it was handled."""
TASK_FACTS: Final[frozenset[Fact]] = frozenset(("tasks_done", "tasks_approved"))
"""Those about its tasks: where it has none, they hold."""


def stage_signal(stage: str) -> str:
    """What rules of clocks call the beginning of a stage."""
    return f"stage.{stage}"


@dataclass(frozen=True, slots=True)
class Leg:
    """One stage of a route. It is done when all facts of ``until`` hold; the last is done when the
    incident is closed. ``owner``: the role that owes the work of this stage."""

    stage: Stage
    owner: str
    until: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Light:
    """How a light matter comes out that is concluded from the scene in one key."""

    disposition: str
    clear_reason: str


@dataclass(frozen=True, slots=True)
class Route:
    """The way of an incident. ``categories`` and ``priorities``: empty for all. ``light``: None
    where every step is taken by hand. ``looks_at_tasks``: whether a stage of it waits for tasks,
    which each action asks. ValueError without a leg."""

    code: str
    name: Text
    legs: tuple[Leg, ...]
    categories: tuple[str, ...] = ()
    priorities: tuple[int, ...] = ()
    light: Light | None = None
    looks_at_tasks: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.legs:
            raise ValueError(f"the route {self.code!r} has no stage")
        waits = any(not TASK_FACTS.isdisjoint(leg.until) for leg in self.legs)
        object.__setattr__(self, "looks_at_tasks", waits)

    def is_for(self, category: str, priority: int) -> bool:
        """Whether an incident of this category and priority goes this way."""
        return (not self.categories or category in self.categories) and (
            not self.priorities or priority in self.priorities
        )

    @property
    def needs_approval(self) -> bool:
        """Whether it is not closed before somebody has approved how it was handled."""
        return any("approved" in leg.until for leg in self.legs)

    @property
    def tasks_before_approval(self) -> frozenset[Fact]:
        """What must hold of the tasks before somebody approves how it was handled: what the stages
        before wait for."""
        waited: set[Fact] = set()
        for leg in self.legs:
            if "approved" in leg.until:
                return TASK_FACTS & waited
            waited |= {*leg.until}
        return frozenset()

    def leg(self, facts: AbstractSet[Fact]) -> Leg:
        """Where an incident stands of which these facts hold: at the first stage that isn't done.
        What no longer holds leads back."""
        return next((leg for leg in self.legs[:-1] if not {*leg.until} <= facts), self.legs[-1])
