"""How long work takes: measured on recorded calls where a room has that, else assumed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from dutyroom.advice import answers
from dutyroom.advice.kept_file import WhyNot
from dutyroom.citypack import CityPack, PackRefused
from dutyroom.rehearsal.scenario.fitted import FittedTimes, Step, read_fitted
from dutyroom.rehearsal.scenario.model import Scenario

ON_SCENE_S: Final = 1_500.0
TURNOUT_S: Final = 60.0
ON_THE_WAY_S: Final = 240.0
TRANSPORTING_S: Final = 1_800.0
AT_FACILITY_S: Final = 1_200.0
"""Our own assumptions, for what was not measured. What a unit transports or hands over is not
measured apart: it is part of the time on scene."""

type Why = WhyNot | Literal["too_few"]


@dataclass(frozen=True, slots=True)
class ServiceTimes:
    """What the next hour stands on. ``fitted`` None: all of it is assumed, and ``why``."""

    fitted: FittedTimes | None = None
    why: Why = "no_file"

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with the measured times in place of its own, where there are any."""
        if self.fitted is None:
            return scenario
        kinds = []
        for kind in scenario.kinds:
            on_scene = self.fitted.of(kind.category, "on_scene")
            turnout = self.fitted.of(kind.category, "turnout")
            kind = replace(kind, on_scene=on_scene.duration) if on_scene else kind
            kinds.append(replace(kind, turnout=turnout.duration) if turnout else kind)
        return replace(scenario, kinds=tuple(kinds))

    def on_scene_s(self, category: str) -> float:
        """The expected time on the scene of a call."""
        return self._mean_s(category, "on_scene", ON_SCENE_S)

    def busy_s(self, category: str, travel_s: float) -> float:
        """From a unit's dispatch until it is expected to be free again."""
        return travel_s + self.on_scene_s(category)

    def whole_s(self, status: str, category: str) -> float | None:
        """How long a unit that took on this status is expected to be at work from then; None for
        a status that isn't work."""
        on_scene_s = self.on_scene_s(category)
        turnout_s = self._mean_s(category, "turnout", TURNOUT_S)
        expected: Mapping[str, float] = {
            "dispatched": turnout_s + ON_THE_WAY_S + on_scene_s,
            "en_route": ON_THE_WAY_S + on_scene_s,
            "on_scene": on_scene_s,
            "transporting": TRANSPORTING_S,
            "at_facility": AT_FACILITY_S,
        }
        return expected.get(status)

    def said(self) -> answers.AssumedTimes | answers.FittedTimes:
        """On what it stands, to be said on the screen."""
        if self.fitted is None:
            return answers.AssumedTimes(why=self.why)
        found = self.fitted
        return answers.FittedTimes(
            source=found.source,
            calls=found.calls,
            begin_ms=found.begin_ms,
            end_ms=found.end_ms,
            whole_minutes=found.whole_minutes,
        )

    def _mean_s(self, category: str, step: Step, otherwise: float) -> float:
        found = self.fitted.of(category, step) if self.fitted else None
        return found.mean_s if found else otherwise


def service_times(path: Path, pack: CityPack) -> ServiceTimes:
    """What a file says of the service times of a pack."""
    try:
        fitted = read_fitted(path)
    except PackRefused:
        return ServiceTimes(why="unusable")
    if fitted is None:
        return ServiceTimes()
    if fitted.pack != pack.name:
        return ServiceTimes(why="other_pack")
    codes = [category.code for category in pack.vocabulary.categories]
    steps: tuple[Step, ...] = ("on_scene", "turnout")
    if not any(fitted.of(code, step) for code in codes for step in steps):
        return ServiceTimes(why="too_few")
    return ServiceTimes(fitted)
