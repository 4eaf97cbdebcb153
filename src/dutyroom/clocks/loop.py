"""The loop of a city pack: routes, calendars, clocks, and reasons for pauses and extensions."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from dutyroom.clocks.calendar import Calendar
from dutyroom.clocks.callbacks import CallBacks
from dutyroom.clocks.given import GivenTask
from dutyroom.clocks.route import STAGES, Route, Stage, stage_signal
from dutyroom.clocks.rule import Rule
from dutyroom.clocks.telling import Telling
from dutyroom.clocks.zones import local_day
from dutyroom.core.text import Text


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a clock is paused or prolonged, a task is returned or sent back, an open point of an
    incident is struck, or a caller is not safe to contact; a retired one is readable and no longer
    given."""

    code: str
    text: Text
    retired: bool = False


@dataclass(frozen=True, slots=True)
class LoopKind:
    """A kind of dispute, or of what makes a place call again, and the categories of the incidents
    that it is about; a retired one is readable and no longer given."""

    code: str
    text: Text
    categories: tuple[str, ...]
    retired: bool = False


@dataclass(frozen=True, slots=True)
class MatterRules:
    """How disputes are followed. ``again``: by when another mediation follows one that came to no
    end; ``case``: by when a case is decided after mediation has failed. A matter that nobody
    confirms ends after ``review_days``; one that was settled is watched for ``watch_days``."""

    kinds: tuple[LoopKind, ...] = ()
    again: Rule | None = None
    case: Rule | None = None
    review_days: int = 60
    watch_days: int = 30


@dataclass(frozen=True, slots=True)
class RepeatRules:
    """Which public places are said to call again: those with ``at_least`` incidents of a kind
    within ``window_days``, and areas with ``area_at_least``."""

    kinds: tuple[LoopKind, ...] = ()
    window_days: int = 30
    at_least: int = 3
    area_at_least: int = 10


type Matter = tuple[str, int]
"""A category and a priority."""


@dataclass(frozen=True, slots=True)
class Loop:
    """Empty where a pack has no ``loop.json``. ``calendars``: `always` first. ``clocks`` and
    ``routes``: in the order of the file. One code has several rules: for other categories and
    priorities, and in several editions, each from another day on. ``orders_answered_within_ms``:
    how long there is to answer a supervision order where nobody says. ``tasks``: what incidents
    leave to be done without anybody offering it. ``tellings``: whom deadlines of other records than
    clocks tell. ``complaints``: categories of complaints about officers, which no station handles
    of its own. ``looks_at_tasks``: whether a stage of any route waits for tasks."""

    calendars: tuple[Calendar, ...] = ()
    clocks: tuple[Rule, ...] = ()
    pause_reasons: tuple[Reason, ...] = ()
    task_reasons: tuple[Reason, ...] = ()
    point_reasons: tuple[Reason, ...] = ()
    routes: tuple[Route, ...] = ()
    contact_reasons: tuple[Reason, ...] = ()
    orders_answered_within_ms: int = 4 * 3_600_000
    matters: MatterRules = MatterRules()
    repeats: RepeatRules = RepeatRules()
    call_backs: CallBacks | None = None
    tasks: tuple[GivenTask, ...] = ()
    tellings: tuple[Telling, ...] = ()
    complaints: tuple[str, ...] = ()
    looks_at_tasks: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "looks_at_tasks", any(one.looks_at_tasks for one in self.routes))

    def telling(self, of: str) -> Telling | None:
        """Whom it has a deadline tell; None where it says nothing, and all is as usual."""
        return next((one for one in self.tellings if one.of == of), None)

    def route_for(self, category: str, priority: int) -> Route | None:
        """The way of an incident: the first route that is for it."""
        return next((one for one in self.routes if one.is_for(category, priority)), None)

    def clocks_of(self, route: Route, stage: Stage, matters: Iterable[Matter]) -> tuple[Rule, ...]:
        """The clocks that begin with a stage of a route, for some of the matters that go by it:
        pairs of category and priority."""
        own = [one for one in matters if self.route_for(*one) is route]
        signal = stage_signal(stage)
        return tuple(
            rule
            for rule in self.clocks
            if signal in rule.starts and any(rule.is_for(*one) for one in own)
        )

    def tasks_of(
        self, route: Route, stage: Stage, matters: Iterable[Matter]
    ) -> tuple[GivenTask, ...]:
        """The tasks that are given at a stage of a route, for some of the matters that go by it; of
        a stage that the route leaves out, at the next one that it has."""
        own = [one for one in matters if self.route_for(*one) is route]
        before = [leg.stage for leg in route.legs if STAGES.index(leg.stage) < STAGES.index(stage)]
        return tuple(
            task
            for task in self.tasks
            if task.is_due_at(stage)
            and not any(task.is_due_at(one) for one in before)
            and any(task.is_for(*one) for one in own)
        )

    def calendar(self, code: str) -> Calendar:
        """The calendar of a code; KeyError if there is none."""
        return _of_code(code, self.calendars)

    def pause_reason(self, code: str) -> Reason:
        """The reason of a code; KeyError if there is none."""
        return _of_code(code, self.pause_reasons)

    def in_force(self, day: date) -> tuple[Rule, ...]:
        """The rules of clocks that begin on a day: the latest editions that hold by then."""
        held = (rule for rule in self.clocks if rule.edition.from_date <= day)
        latest: dict[object, Rule] = {}
        for rule in held:
            of = (rule.code, rule.categories, rule.priorities, rule.tasks)
            if of not in latest or latest[of].edition.from_date < rule.edition.from_date:
                latest[of] = rule
        return tuple(latest.values())

    def rules_for(self, category: str, priority: int, at_ms: int) -> Mapping[str, int]:
        """The clocks of an incident that begin at an instant: by code, the place of the rule in the
        list. Of several that are for it the latest edition counts, then the first."""
        return self._latest(at_ms, lambda rule: rule.is_for(category, priority))

    def rules_for_task(self, kind: str, priority: int, at_ms: int) -> Mapping[str, int]:
        """The same for a task of a kind."""
        return self._latest(at_ms, lambda rule: rule.is_for_task(kind, priority))

    def _latest(self, at_ms: int, is_for: Callable[[Rule], bool]) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for place, rule in enumerate(self.clocks):
            if not is_for(rule):
                continue
            from_date = rule.edition.from_date
            if from_date > local_day(self.calendar(rule.calendar).zone, at_ms):
                continue
            held = found.get(rule.code)
            if held is None or self.clocks[held].edition.from_date < from_date:
                found[rule.code] = place
        return found


NO_LOOP: Final = Loop()
"""Of a pack without ``loop.json``: no clock runs."""


def _of_code[T: (Calendar, Reason)](code: str, among: Iterable[T]) -> T:
    for one in among:
        if one.code == code:
            return one
    raise KeyError(code)
