"""What callers say when they are called back: shares with their reply rate and interval, by station
and category, never by member. Pure.

Intervals are Wilson's score intervals at 95 % (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927, 209):
they stay between 0 and 1, and are honest where few have answered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, Literal

import msgspec

from dutyroom.bulletin.figures import Cases
from dutyroom.domain.callbacks.row import CallBackRow
from dutyroom.domain.orgs import within

type Aspect = Literal["attitude", "speed", "result", "solved"]
ASPECTS: Final[tuple[Aspect, ...]] = ("attitude", "speed", "result", "solved")
FEWEST: Final = 5
"""Of fewer answers no share is told: it would say more of one caller than of the work."""
_Z: Final = 1.959963984540054
"""The normal quantile of 97.5 %."""


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """A share of counts, from 0 to 1, and between what it lies with 95 % confidence."""

    share: float
    low: float
    high: float


class AspectFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What was said of one thing: `good` (or solved), `fair`, `poor` (or not solved).
    ``satisfied``: good and fair of all three; None of too few answers."""

    aspect: Aspect
    good: Cases
    fair: Cases
    poor: Cases
    satisfied: Share | None


class RatingFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Of an organisation with all below it, of a category, or of all (``of`` is empty). ``asked``:
    calls that came to an end; ``replied``: those of whom something was said; ``given_up``: nobody
    was reached. ``reply``: replied of asked; None of too few."""

    of: str
    asked: Cases
    replied: Cases
    given_up: Cases
    reply: Share | None
    aspects: tuple[AspectFigures, ...]


@dataclass(frozen=True, slots=True)
class _Level:
    good: str
    fair: str
    poor: str


_LEVELS: Final = {
    one: _Level("solved", "", "not_solved") if one == "solved" else _Level("good", "fair", "poor")
    for one in ASPECTS
}


def wilson(good: int, of: int) -> Share | None:
    """A share of counts with its interval; None of nothing."""
    if of == 0:
        return None
    share = good / of
    below = 1 + _Z * _Z / of
    middle = (share + _Z * _Z / (2 * of)) / below
    half = _Z * sqrt(share * (1 - share) / of + _Z * _Z / (4 * of * of)) / below
    return Share(share=share, low=max(0.0, middle - half), high=min(1.0, middle + half))


def ratings_of(
    rows: Sequence[CallBackRow], parts: Iterable[str]
) -> tuple[RatingFigures, tuple[RatingFigures, ...], tuple[RatingFigures, ...]]:
    """Of all, by organisation and by category. ``parts``: paths of organisations."""
    ended = [one for one in rows if one.state in ("done", "given_up")]
    by_org = (_figures(path, [one for one in ended if within(one.org, path)]) for path in parts)
    codes = sorted({one.category for one in ended})
    by_category = (_figures(code, [one for one in ended if one.category == code]) for code in codes)
    return _figures("", ended), tuple(one for one in by_org if one.asked), tuple(by_category)


def _figures(of: str, rows: Sequence[CallBackRow]) -> RatingFigures:
    replied = _cases(one for one in rows if _has_replied(one))
    return RatingFigures(
        of=of,
        asked=_cases(rows),
        replied=replied,
        given_up=_cases(one for one in rows if one.state == "given_up"),
        reply=_told(len(replied), len(rows)),
        aspects=tuple(_aspect(one, rows) for one in ASPECTS),
    )


def _aspect(aspect: Aspect, rows: Sequence[CallBackRow]) -> AspectFigures:
    level = _LEVELS[aspect]
    good, fair, poor = (
        _cases(one for one in rows if getattr(one, aspect) == said)
        for said in (level.good, level.fair, level.poor)
    )
    satisfied = len(good) + len(fair)
    return AspectFigures(
        aspect=aspect,
        good=good,
        fair=fair,
        poor=poor,
        satisfied=_told(satisfied, satisfied + len(poor)),
    )


def _told(good: int, of: int) -> Share | None:
    return wilson(good, of) if of >= FEWEST else None


def _has_replied(row: CallBackRow) -> bool:
    return any(getattr(row, one) not in (None, "declined") for one in ASPECTS)


def _cases(rows: Iterable[CallBackRow]) -> Cases:
    return tuple(one.id for one in rows)
