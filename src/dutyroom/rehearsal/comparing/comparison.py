"""A comparison: scenarios side by side, each beside the first. Pages, tables, the terminal and the
planner's page are all made from it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dutyroom.rehearsal.comparing.paired import Difference, compare, losers
from dutyroom.rehearsal.comparing.replicate import Rehearsed
from dutyroom.rehearsal.results.figures import Estimate


@dataclass(frozen=True, eq=False, slots=True)
class Compared:
    """A scenario beside the first: every measure of both with the paired difference, and the areas
    that lose beyond doubt, the worst first. Of the first itself nothing differs."""

    rehearsed: Rehearsed
    differences: tuple[Difference, ...]
    losers: tuple[tuple[str, Estimate], ...]

    @property
    def name(self) -> str:
        """The scenario's."""
        return self.rehearsed.scenario.name


@dataclass(frozen=True, eq=False, slots=True)
class Comparison:
    """One scenario or more. The first is what the others are compared with."""

    scenarios: tuple[Compared, ...]

    @property
    def first(self) -> Rehearsed:
        """What the others are compared with."""
        return self.scenarios[0].rehearsed

    @property
    def others(self) -> tuple[Compared, ...]:
        """All but the first."""
        return self.scenarios[1:]

    @property
    def rehearsed(self) -> tuple[Rehearsed, ...]:
        """All of them, by themselves."""
        return tuple(one.rehearsed for one in self.scenarios)

    def named(self, names: Sequence[str]) -> "Comparison":
        """The same under these names, as somebody reads them."""
        return Comparison(
            tuple(
                replace(
                    one,
                    rehearsed=replace(
                        one.rehearsed, scenario=replace(one.rehearsed.scenario, name=name)
                    ),
                )
                for one, name in zip(self.scenarios, names, strict=True)
            )
        )


def side_by_side(done: Sequence[Rehearsed]) -> Comparison:
    """Compare what was rehearsed. ValueError for different numbers of replications."""
    first = done[0]
    return Comparison(
        tuple(
            Compared(one, compare(first, one), () if one is first else losers(first, one))
            for one in done
        )
    )
