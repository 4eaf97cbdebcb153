"""What a practice plays: a scenario, cut to its length, and its calls as callers report them."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from dutyroom.citypack import CityPack
from dutyroom.core.text import Text
from dutyroom.rehearsal.comparing.replicate import run_figures
from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.demand import take
from dutyroom.rehearsal.scenario.model import HOUR_S, GivenCalls, Scenario
from dutyroom.rehearsal.scenario.read import read_scenario
from dutyroom.rehearsal.scenario.sources import chain


class NoPractice(Exception):
    """This scenario can't be practised; ``because`` says why and what to do."""

    def __init__(self, because: Text) -> None:
        super().__init__(because.en)
        self.because = because


@dataclass(frozen=True, slots=True)
class Ringing:
    """A call that is to ring ``at_s`` seconds after the beginning; what and where it is about."""

    at_s: float
    lon: float
    lat: float
    category: str
    priority: int


@dataclass(frozen=True, slots=True)
class Engine:
    """The same calls handled by the engine: seconds from the call to the first unit on scene.

    ``late`` is a share; None where there is nothing to report.
    """

    calls: int
    median_s: float | None
    p90_s: float | None
    late: float | None


def over_a_pack(scenario: Path) -> tuple[list[dict[str, Any]], Path]:
    """What each file of a scenario says, the top one first, and the folder of the city pack at
    the bottom. Raises `NoPractice`."""
    try:
        layers, bottom = chain(scenario)
    except ValueError as error:
        raise NoPractice(Text(str(error), f"无法读取：{error}")) from None
    if bottom is None:
        raise NoPractice(
            Text(
                f"{scenario.name} has no city pack at its bottom, so there is no room to practise "
                'in: give it a pack\'s folder as "base"',
                f"{scenario.name} 底层没有城市数据包，无处演练：请以城市数据包文件夹作为“base”",
            )
        )
    return layers, bottom


class Plan:
    """A scenario of ``minutes`` with ``seed``: the calls of replication 0.

    Raises PackRefused for a scenario that can't be, `NoPractice` for one without places.
    """

    def __init__(self, scenario: Path, minutes: float, seed: int) -> None:
        read = read_scenario(scenario)
        self.scenario: Scenario = replace(
            read, hours=minutes * 60 / HOUR_S, warm_up_h=0.0, seed=seed
        )
        if not len(self.scenario.geography.lon):
            raise NoPractice(
                Text(
                    f"{read.name} has only metres: its points need lon and lat",
                    f"{read.name} 只有米制坐标：各点需有 lon 和 lat",
                )
            )
        self._builder = Builder(self.scenario)
        calls = self._builder.calls(0)
        inside = np.flatnonzero((calls.at_s < minutes * 60) & ~calls.officer_initiated)
        self._calls: GivenCalls = take(calls, inside)

    def ringing(self, pack: CityPack) -> tuple[Ringing, ...]:
        """The calls in the order of time. Raises `NoPractice` for a category the pack lacks."""
        known = {one.code for one in pack.vocabulary.categories if not one.retired}
        lacking = sorted(set(self._calls.category) - known)
        if lacking:
            raise NoPractice(
                Text(
                    f"the city pack has no category {lacking[0]!r} ({len(lacking)} are missing): "
                    "name the scenario's calls by the pack's categories",
                    f"城市数据包没有警情类别 {lacking[0]}（共缺 {len(lacking)} 个）："
                    "请按城市数据包的警情类别命名想定的报警",
                )
            )
        geography, calls = self.scenario.geography, self._calls
        return tuple(
            Ringing(
                float(at_s), float(geography.lon[point]), float(geography.lat[point]), category,
                int(priority),
            )
            for at_s, point, category, priority in zip(
                calls.at_s, calls.point, calls.category, calls.priority, strict=True
            )
        )  # fmt: skip

    def engine(self) -> Engine:
        """The same calls rehearsed: what the engine would have reached with its own choices."""
        if not len(self._calls.at_s):
            return Engine(0, None, None, None)
        inputs = self._builder.inputs(self._calls)
        found = run_figures(self._builder, self._calls, inputs).all
        return Engine(found.calls, *(_known(x) for x in (found.median_s, found.p90_s, found.late)))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 3)
