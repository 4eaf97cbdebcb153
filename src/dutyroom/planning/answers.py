"""What the planner's desk answers.

Times in seconds from the run's start, moments in milliseconds UTC.
"""

from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from dutyroom.citypack.answers import NamedThing
from dutyroom.core.text import Text
from dutyroom.rehearsal.scenario.said import FileProblem


class PlanUnit(msgspec.Struct, frozen=True, kw_only=True):
    """A unit of the city."""

    id: str
    kind: str
    station: str
    capabilities: tuple[str, ...]


class PlanPoint(msgspec.Struct, frozen=True, kw_only=True):
    """Where a unit or a post may be."""

    id: str
    lon: float
    lat: float


class KeptPreemption(msgspec.Struct, frozen=True, kw_only=True):
    """A call of priority ``by`` takes units from one of priority ``of``."""

    by: int
    of: int


class KeptRules(msgspec.Struct, frozen=True, kw_only=True):
    """The rules that the page shows."""

    queue: Literal["first_come", "nearest"]
    when_idle: Literal["home", "stay", "dmexclp"]
    preemption: KeptPreemption | None
    reassign_gain_s: float | None
    cover_s: float | None


class DrawnPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be different from today; ``changes`` in the words of scenarios."""

    name: str
    note: str
    posts: tuple[str, ...]
    rules: KeptRules
    changes: tuple[dict[str, Any], ...]


class BaseBesides(msgspec.Struct, frozen=True, kw_only=True):
    """What the scenario that a plan is built on says and still counts."""

    file: str
    keys: tuple[str, ...]
    rules: tuple[str, ...]


class PlanBesides(msgspec.Struct, frozen=True, kw_only=True):
    """What a plan's file says beyond what the page shows: its keys, and the names of its rules."""

    keys: tuple[str, ...]
    rules: tuple[str, ...]
    base: BaseBesides | None


class KeptPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A plan with its id; ``plan`` and ``besides`` are None where its file can't be read.

    ``version``: another one as soon as somebody saves it, empty where there is none. ``current``:
    drawn up over the city pack in force. ``told``: each change in a line.
    """

    id: str
    plan: DrawnPlan | None
    version: str
    current: bool
    besides: PlanBesides | None
    told: tuple[Text, ...]


class DeletedPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The plan as it was."""

    deleted: str
    plan: DrawnPlan | None
    version: str


type Estimate = tuple[float | None, float | None]
"""A mean and the half-width of its 95 % confidence interval."""

type Verdict = Literal["better", "worse", "unsure"]
"""``unsure``, too, where neither more nor less is better."""


class PlanFigures(msgspec.Struct, frozen=True, kw_only=True):
    """A plan's figures, by measure; differences are to the first plan. ``areas``: the 90th
    percentile of the response and the share that came late; ``losers``: areas that lose, each with
    its difference."""

    id: str
    name: str
    replications: int
    overloaded: Text | None
    figures: dict[str, Estimate]
    differences: dict[str, tuple[float | None, float | None, Verdict]]
    areas: dict[str, tuple[Estimate, Estimate]]
    losers: tuple[tuple[str, float | None, float | None], ...]


class RunResult(msgspec.Struct, frozen=True, kw_only=True):
    """Measures with their units, and what each plan reached."""

    measures: dict[str, Literal["s", "share", "count"]]
    plans: tuple[PlanFigures, ...]


class RunPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A plan of a run, by the name that it had."""

    id: str
    name: str


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """A rehearsal of plans side by side. ``done`` of ``of`` while it goes on; ``because`` where it
    has failed, ``problems`` where it was refused, ``result`` when it is done and asked for."""

    id: str
    at_ms: int
    start: str
    hours: float
    replications: int
    calls_per_h: float | None
    plans: tuple[RunPlan, ...]
    state: Literal[
        "reading",
        "compiling",
        "running",
        "writing",
        "done",
        "refused",
        "failed",
        "stopped",
        "interrupted",
    ]
    done: int | UnsetType = UNSET
    of: int | UnsetType = UNSET
    because: str | UnsetType = UNSET
    problems: tuple[FileProblem, ...] | UnsetType = UNSET
    result: RunResult | UnsetType = UNSET


class PlansDesk(msgspec.Struct, frozen=True, kw_only=True):
    """What a plan may change, the plans that there are, and the runs that are kept."""

    units: tuple[PlanUnit, ...]
    points: tuple[PlanPoint, ...]
    streets: tuple[NamedThing, ...]
    plans: tuple[KeptPlan, ...]
    runs: tuple[Run, ...]


type LonLat = tuple[float, float]
type Leg = tuple[str, str, float, float, str | None, LonLat, LonLat]
"""Unit, state, start, end, call, from where, to where."""


class ReplayUnit(msgspec.Struct, frozen=True, kw_only=True):
    """A unit, and where it begins."""

    kind: str
    at: LonLat


class ReplayCall(msgspec.Struct, frozen=True, kw_only=True):
    """When it came, when the first unit came, when it ended (None: not)."""

    id: str
    at_s: float
    there_s: float | None
    closed_s: float | None
    place: LonLat
    priority: int
    category: str
    late: bool | None


class Replay(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the first replication. ``hours`` are of the whole run; ``first_hour`` is the
    hour of the week with which it begins, Monday 00:00 being 0."""

    begin_s: float
    end_s: float
    hours: float
    first_hour: int
    units: dict[str, ReplayUnit]
    legs: tuple[Leg, ...]
    calls: tuple[ReplayCall, ...]
