"""A practice in figures, per trainee: times, and choices beside what the engine advised.

Pure: made from the practice journal's clear bodies and the advice that was noted each second.
Medians are those of the values that there are; None of nothing. All times in seconds.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Final

import msgspec
from msgspec import UNSET, UnsetType

from dutyroom.citypack.model import Clocks
from dutyroom.core.text import Text
from dutyroom.domain.calls.events import (
    CallClaimed,
    CallEnded,
    CallHungUp,
    CallReceived,
    CallReleased,
)
from dutyroom.domain.incidents.events import (
    IncidentCallLinked,
    IncidentChased,
    IncidentOpened,
    IncidentPriorityChanged,
    IncidentUnitDispatched,
)

TRAINEE: Final = "trainee"
"""Trainees sign in with this and their number."""


@dataclass(frozen=True, slots=True)
class Happened:
    """An entry of the journal: who did what in which stream, and its clear body."""

    type: str
    stream: str
    actor: str
    at_ms: int
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Advice:
    """What the engine recommended at a moment: units with their expected arrival. ``by``: the
    person whom it was shown to; empty where it was only noted."""

    incident: str
    at_ms: int
    chosen: Mapping[str, float | None]
    by: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A call that somebody took. ``handling_s``: from the claim to the end or the handing back; as
    long as the call goes on, to the opening of its incident, and None before that."""

    call: str
    ring_s: float
    handling_s: float | None
    late: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """A dispatch: units with their expected arrivals, beside the engine's.

    ``wait_s`` from the opening. ``difference_s``: the first expected arrival of what was sent less
    that of the advice; above 0 the engine would have been there sooner. ``late``: the promise for
    the first dispatch was missed.
    """

    incident: str
    number: str
    category: str
    priority: int
    at_ms: int
    wait_s: float
    first: bool
    late: bool
    sent: dict[str, float | None]
    advised: dict[str, float | None] | None
    difference_s: float | None


class TraineeFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What one person did. A difference above 0: the engine would have been there sooner."""

    name: str
    title: Text | UnsetType = UNSET
    ring_median_s: float | None
    handling_median_s: float | None
    dispatch_median_s: float | None
    difference_median_s: float | None
    missed: int
    answered: tuple[Answered, ...]
    sent: tuple[Sent, ...]


def title_of(name: str) -> Text:
    """What a trainee is called in each language: `trainee2` is Trainee 2 and 学员 2."""
    number = name.removeprefix(TRAINEE)
    if number == name or not number.isdecimal():
        return Text(name, name)
    return Text(f"Trainee {number}", f"学员 {number}")


@dataclass(slots=True)
class Trainee:
    """What one person did."""

    name: str
    answered: list[Answered] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)

    def figures(self) -> TraineeFigures:
        differences = [s.difference_s for s in self.sent if s.difference_s is not None]
        return TraineeFigures(
            name=self.name,
            title=title_of(self.name),
            ring_median_s=_median(a.ring_s for a in self.answered),
            handling_median_s=_median(
                a.handling_s for a in self.answered if a.handling_s is not None
            ),
            dispatch_median_s=_median(s.wait_s for s in self.sent if s.first),
            difference_median_s=_median(differences),
            missed=sum(a.late for a in self.answered) + sum(s.late for s in self.sent),
            answered=tuple(self.answered),
            sent=tuple(self.sent),
        )


@dataclass(frozen=True, slots=True)
class Debrief:
    """All of a practice. ``unanswered`` calls and ``undispatched`` incidents were left over."""

    trainees: dict[str, Trainee]
    unanswered: int
    undispatched: int

    def of(self, name: str) -> TraineeFigures:
        """One person's own figures."""
        return self.trainees.get(name, Trainee(name)).figures()

    def everybody(self) -> tuple[TraineeFigures, ...]:
        """All figures, for the trainer."""
        return tuple(self.trainees[name].figures() for name in sorted(self.trainees))


def debrief(
    happened: Iterable[Happened], advice: Sequence[Advice], clocks: Clocks, names: Iterable[str]
) -> Debrief:
    """The figures of the people named; entries in the journal's order."""
    room = _Room({name: Trainee(name) for name in names}, clocks, _by_incident(advice))
    for one in happened:
        room.take(one)
    return room.end()


class _Room:
    """What has to be remembered while the journal is read."""

    def __init__(
        self, trainees: dict[str, Trainee], clocks: Clocks, advice: Mapping[str, Sequence[Advice]]
    ) -> None:
        self._trainees, self._clocks, self._advice = trainees, clocks, advice
        self._ringing: dict[str, int] = {}
        self._claimed: dict[str, tuple[str, int, int]] = {}
        self._linked_ms: dict[str, int] = {}
        self._opened: dict[str, dict[str, Any]] = {}
        self._served: set[str] = set()
        self._together: dict[tuple[str, str, int], dict[str, float | None]] = {}

    def take(self, one: Happened) -> None:
        id_ = one.stream.partition(":")[2]
        match one.type:
            case CallReceived.TYPE:
                self._ringing[id_] = one.at_ms
            case CallClaimed.TYPE if id_ in self._ringing:
                self._claimed[id_] = (one.actor, self._ringing.pop(id_), one.at_ms)
            case CallHungUp.TYPE:
                self._ringing.pop(id_, None)
            case CallReleased.TYPE if id_ in self._claimed:
                self._answer(id_, one.at_ms)
                self._ringing[id_] = one.at_ms
            case IncidentCallLinked.TYPE | IncidentChased.TYPE:
                self._linked_ms[str(one.body["call"])] = one.at_ms
            case CallEnded.TYPE:
                self._answer(id_, one.at_ms)
            case IncidentOpened.TYPE:
                self._opened[id_] = dict(one.body) | {"at_ms": one.at_ms, "by": one.actor}
            case IncidentPriorityChanged.TYPE if id_ in self._opened:
                self._opened[id_]["priority"] = one.body["priority"]
            case IncidentUnitDispatched.TYPE if id_ in self._opened:
                key = (one.actor, id_, one.at_ms)
                arrival_s = one.body["arrival_s"]
                self._together.setdefault(key, {})[one.body["unit"]] = _float(arrival_s)
                if len(self._together[key]) == 1:
                    self._send(key)

    def _answer(self, call: str, ended_ms: int | None) -> None:
        if call not in self._claimed:
            return
        by, rang_ms, claimed_ms = self._claimed.pop(call)
        if by in self._trainees:
            ring_s = (claimed_ms - rang_ms) / 1000
            handling_s = None if ended_ms is None else (ended_ms - claimed_ms) / 1000
            late = ring_s > self._clocks.answer_s
            self._trainees[by].answered.append(Answered(call, ring_s, handling_s, late))

    def _send(self, key: tuple[str, str, int]) -> None:
        by, incident, at_ms = key
        opened, first = self._opened[incident], incident not in self._served
        self._served.add(incident)
        if by not in self._trainees or _was_there(opened, by, at_ms):
            return
        wait_s = (at_ms - opened["at_ms"]) / 1000
        promised_s = self._clocks.dispatch_s.get(opened["priority"])
        self._trainees[by].sent.append(
            Sent(
                incident=incident,
                number=opened["number"],
                category=opened["category"],
                priority=opened["priority"],
                at_ms=at_ms,
                wait_s=wait_s,
                first=first,
                late=first and promised_s is not None and wait_s > promised_s,
                sent=self._together[key],
                advised=self._advised(by, incident, at_ms),
                difference_s=None,
            )
        )

    def _advised(self, by: str, incident: str, at_ms: int) -> dict[str, float | None] | None:
        """What the person was shown last before the dispatch; who was shown nothing, say with the
        command line alone, is compared with the newest advice of the engine."""
        before = [one for one in self._advice.get(incident, ()) if one.at_ms <= at_ms]
        own = [one for one in before if one.by == by]
        found = own or [one for one in before if not one.by]
        return {u: _float(s) for u, s in found[-1].chosen.items()} if found else None

    def end(self) -> Debrief:
        for call in list(self._claimed):
            self._answer(call, self._linked_ms.get(call))
        for trainee in self._trainees.values():
            trainee.sent = [_compared(one) for one in trainee.sent]
        left = len(self._opened.keys() - self._served)
        return Debrief(self._trainees, len(self._ringing), left)


def _was_there(opened: Mapping[str, Any], by: str, at_ms: int) -> bool:
    """Was the unit put on the incident with its opening, because it had met it? Nobody chose it."""
    return opened.get("channel") == "on_view" and (opened["by"], opened["at_ms"]) == (by, at_ms)


def _compared(one: Sent) -> Sent:
    """With the difference, now that all units of the dispatch are known."""
    # Who sends what was advised isn't shown a difference that the unit's own way has made since.
    advised = {unit: one.sent.get(unit, s) for unit, s in (one.advised or {}).items()}
    ours, theirs = _first(one.sent), _first(advised)
    difference_s = None if ours is None or theirs is None else round(ours - theirs, 3)
    fields = {name: getattr(one, name) for name in Sent.__slots__}
    return Sent(**fields | {"difference_s": difference_s})


def _first(arrivals: Mapping[str, float | None]) -> float | None:
    return min((s for s in arrivals.values() if s is not None), default=None)


def _by_incident(advice: Iterable[Advice]) -> dict[str, list[Advice]]:
    found: dict[str, list[Advice]] = defaultdict(list)
    for one in advice:
        found[one.incident].append(one)
    return found


def _float(seconds: float | None) -> float | None:
    """JSON may have written a whole number."""
    return None if seconds is None else float(seconds)


def _median(values: Iterable[float]) -> float | None:
    found = list(values)
    return round(float(median(found)), 3) if found else None
