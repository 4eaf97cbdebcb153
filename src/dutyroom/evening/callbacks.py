"""Follow-up calls in the demo: concluded matters whose callers were asked, or are to be; and a
simulated call-taker who goes on with those of the evening.

What lay there in the morning is left to people, and so is what one of them has taken.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal
from uuid import UUID
from zlib import crc32

import msgspec

from dutyroom.citypack import CityPack
from dutyroom.core.text import Text
from dutyroom.domain.callbacks.commands import (
    AnswerCallBack,
    ClaimCallBack,
    NoteNotReached,
    OfCallBack,
    Rating,
    Solved,
)
from dutyroom.domain.callbacks.row import CallBackRow
from dutyroom.domain.calls.commands import ClaimCall, EndCall, ReceiveCall, RecordCallDetails
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    CloseIncident,
    MarkUnsafeToContact,
    OpenIncident,
    SetDisposition,
)
from dutyroom.evening.callers import Callers
from dutyroom.evening.halves import both
from dutyroom.evening.laying import Entry, Laying
from dutyroom.evening.sayings import SAYINGS
from dutyroom.evening.stations import SIMULATED

GATEWAY: Final = Actor("gateway", "gateway")
TAKER: Final = Actor(f"{SIMULATED}call-taker", "call_taker")
LINE: Final = "110-2"
CLAIM_AFTER_S: Final = (240.0, 900.0)
TALK_S: Final = (60.0, 150.0)
NOT_REACHED: Final = 0.2
FAIR: Final = 0.3
"""Shares of the evening's calls in vain, and of answers that praise one thing less."""
HAPPY: Final[tuple[Rating, Rating, Rating]] = ("good", "good", "good")
SLOW: Final[tuple[Rating, Rating, Rating]] = ("good", "fair", "good")
ANGRY: Final[tuple[Rating, Rating, Rating]] = ("fair", "poor", "poor")

type Until = Literal["due", "not_reached", "answered", "declined", "reopen", "task", "given_up"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A matter that was called in and concluded so many hours ago, and how far its follow-up call
    has come; ``station``: which of the first ones looks after it."""

    hours_ago: float
    category: str
    until: Until
    station: int = 0
    said: tuple[Rating, Rating, Rating] = HAPPY
    comment: Text | None = None


ASKED: Final[tuple[Asked, ...]] = (
    Asked(268.0, "POL-THEFT", "due", 1),
    Asked(266.0, "TRAF-DAMAGE", "not_reached", 2),
    Asked(23.5, "POL-NOISE", "answered", 0),
    Asked(22.8, "POL-DISPUTE", "answered", 0, SLOW, Text("It took a while.", "等得有点久。")),
    Asked(22.0, "POL-THEFT", "answered", 1),
    Asked(21.1, "AID-LOCKED", "answered", 0, HAPPY, Text("Very kind.", "态度很好，谢谢。")),
    Asked(20.3, "POL-NOISE", "declined", 2),
    Asked(19.6, "POL-DAMAGE", "answered", 0),
    Asked(18.8, "AID-WELFARE", "answered", 0, SLOW),
    Asked(17.9, "POL-NOISE", "given_up", 3),
    Asked(15.2, "POL-NOISE", "reopen", 1, ANGRY, Text("It began again.", "走了以后又开始了。")),
    Asked(14.1, "POL-DISPUTE", "task", 0, ANGRY, Text("Nobody came back.", "后来没人再管。")),
    Asked(9.4, "POL-FRAUD", "not_reached", 1),
    Asked(5.2, "POL-THEFT", "due", 0),
    Asked(3.3, "POL-NOISE", "due", 2),
)
UNSAFE_H: Final = 0.06
"""A matter of this moment, whose caller must not be called back."""


def called_back(laid: Laying) -> Iterator[Entry]:
    """All of it; nothing where the pack has no follow-up calls."""
    rules = laid.pack.loop.call_backs
    if rules is None:
        return
    callers = Callers(laid.pack, laid.random)
    for one in ASKED:
        yield from _concluded(laid, callers, one, rules.attempts)
    yield from _unsafe(laid, callers)


def _called_in(
    laid: Laying, callers: Callers, category: str, station: int, at_ms: int
) -> tuple[UUID, list[Entry]]:
    call, incident, caller = laid.new(at_ms), laid.new(at_ms), callers.caller()
    words = laid.pack.vocabulary.categories
    priority = next(one.priority for one in words if one.code == category)
    place = laid.place(laid.stations[station % len(laid.stations)])
    en, zh = SAYINGS[category][0]
    opened = OpenIncident(incident, category, priority, place, call=call)
    return incident, [
        (at_ms, GATEWAY, ReceiveCall(call, LINE, caller.number)),
        (at_ms + 8_000, TAKER, ClaimCall(call)),
        (at_ms + 40_000, TAKER, RecordCallDetails(call, caller, both(Text(en, zh)))),
        (at_ms + 50_000, TAKER, opened),
        (at_ms + 60_000, TAKER, EndCall(call)),
    ]


def _concluded(laid: Laying, callers: Callers, one: Asked, attempts: int) -> Iterator[Entry]:
    """Settled by telephone, and what has become of the follow-up call since."""
    at_ms = laid.at(one.hours_ago)
    incident, entries = _called_in(laid, callers, one.category, one.station, at_ms)
    yield from entries
    codes = laid.pack.vocabulary.codes("dispositions")
    done = "advice" if "advice" in codes else next(iter(codes))
    yield at_ms + 600_000, laid.dispatcher, SetDisposition(incident, done)
    yield at_ms + 660_000, laid.dispatcher, CloseIncident(incident)
    tried_ms = laid.at(min(one.hours_ago / 3, 6.0))
    tries = {"not_reached": 1, "given_up": attempts}.get(one.until, 0)
    for nth in range(tries):
        yield tried_ms + nth * 1_500_000, TAKER, NoteNotReached(incident)
    if one.until in ("answered", "declined", "reopen", "task"):
        yield tried_ms, TAKER, ClaimCallBack(incident)
        yield tried_ms + 90_000, TAKER, _answer(laid, incident, one, tried_ms)


def _answer(laid: Laying, incident: UUID, one: Asked, at_ms: int) -> AnswerCallBack:
    if one.until == "declined":
        return AnswerCallBack(incident, "declined", "declined", "declined", "declined")
    comment = both(one.comment) if one.comment else ""
    solved: Solved = "solved" if one.until == "answered" else "not_solved"
    said = AnswerCallBack(incident, *one.said, solved, comment)
    if one.until == "reopen":
        codes = laid.pack.vocabulary.codes("reopen_reasons")
        reason = "not-solved" if "not-solved" in codes else next(iter(codes))
        return replace(said, then="reopen", reason=reason)
    if one.until == "task":
        what = both(Text("See both of them and tell the caller", "上门走访双方并答复报警人"))
        org = laid.stations[one.station % len(laid.stations)]
        return replace(said, then="task", task=laid.new(at_ms), org=org, text=what)
    return said


def _unsafe(laid: Laying, callers: Callers) -> Iterator[Entry]:
    reasons = [one.code for one in laid.pack.loop.contact_reasons if not one.retired]
    if not reasons:
        return
    incident, entries = _called_in(laid, callers, "POL-DOMESTIC", 0, laid.at(UNSAFE_H))
    yield from entries
    yield laid.at(UNSAFE_H) + 62_000, TAKER, MarkUnsafeToContact(incident, reasons[0])


@dataclass(slots=True)
class Callbacks:
    """The simulated call-taker's follow-up calls. ``began_ms``: when the evening began."""

    pack: CityPack
    speed: float = 1.0
    began_ms: int = 0

    def moves(self, rows: Sequence[CallBackRow], now_ms: int) -> Iterator[tuple[Actor, OfCallBack]]:
        """What is due now: of the evening's own, one after the other."""
        mine = [one for one in rows if one.taken_by == TAKER.id]
        for one in mine:
            if self._waited_s(one, now_ms) > _between(one.id, TALK_S):
                yield TAKER, self._said(one)
        if mine:
            return
        for one in rows:
            if one.state != "due" or one.offered_ms < self.began_ms:
                continue
            if self._waited_s(one, now_ms) > _between(one.id, CLAIM_AFTER_S):
                yield TAKER, ClaimCallBack(UUID(one.id))
                return

    def _waited_s(self, one: CallBackRow, now_ms: int) -> float:
        return (now_ms - one.since_ms) / 1000 * self.speed

    def _said(self, one: CallBackRow) -> OfCallBack:
        luck = crc32(f"{one.id} {one.attempts}".encode()) % 1000 / 1000
        if luck < NOT_REACHED:
            return NoteNotReached(UUID(one.id))
        said = SLOW if luck < NOT_REACHED + FAIR else HAPPY
        return AnswerCallBack(UUID(one.id), *said, "solved")


def read_call_backs(rows: Sequence[str]) -> list[CallBackRow]:
    """The rows of the board."""
    return [msgspec.json.decode(row, type=CallBackRow) for row in rows]


def _between(id_: str, bounds: tuple[float, float]) -> float:
    low, high = bounds
    return low + (high - low) * (crc32(id_.encode()) % 1000 / 1000)
