"""Tasks that a city pack gives by itself: which incidents leave which work, from which stage on."""

from dataclasses import dataclass

from dutyroom.clocks.route import STAGES, Stage
from dutyroom.core.text import Text


@dataclass(frozen=True, slots=True)
class GivenTask:
    """Work that an incident leaves once it comes to ``stage``. ``text``: what is to be done, in its
    ``steps``; ``team``: which team of who looks after the incident has it, "" for none in
    particular. ``categories`` and ``priorities``: empty for all."""

    code: str
    kind: str
    stage: Stage
    text: Text
    team: str = ""
    steps: tuple[Text, ...] = ()
    categories: tuple[str, ...] = ()
    priorities: tuple[int, ...] = ()

    def is_for(self, category: str, priority: int) -> bool:
        """Whether an incident of this category and priority leaves it."""
        return (not self.categories or category in self.categories) and (
            not self.priorities or priority in self.priorities
        )

    def is_due_at(self, stage: str) -> bool:
        """Whether it is left where an incident stands at this stage, or has passed its own."""
        return stage in STAGES and STAGES.index(stage) >= STAGES.index(self.stage)
