"""Pauses of a clock: what they leave of open time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dutyroom.clocks.calendar import Span
from dutyroom.clocks.zones import END_OF_TIME_MS


@dataclass(frozen=True, slots=True)
class Pause:
    """A clock stood still from an instant until another, or still does (None)."""

    reason: str
    from_ms: int
    to_ms: int | None

    @property
    def until_ms(self) -> int:
        """Its end; the end of time while it lasts."""
        return END_OF_TIME_MS if self.to_ms is None else self.to_ms

    def ended(self, at_ms: int) -> "Pause":
        """Ended then, if it still lasts: never before it began."""
        return self if self.to_ms is not None else replace(self, to_ms=max(at_ms, self.from_ms))


def merged(pauses: Iterable[Pause]) -> tuple[Span, ...]:
    """When a clock stands still: in order, none touching or empty."""
    found: list[Span] = []
    for pause in sorted(pauses, key=lambda one: one.from_ms):
        span = pause.from_ms, pause.until_ms
        if span[0] >= span[1]:
            continue
        if found and found[-1][1] >= span[0]:
            span = found[-1][0], max(found.pop()[1], span[1])
        found.append(span)
    return tuple(found)


def without(spans: Iterable[Span], still: Sequence[Span]) -> Iterator[Span]:
    """What is left of spans in order, one at a time. It ends where a pause doesn't."""
    place = 0
    for begin, end in spans:
        at = begin
        while place < len(still) and still[place][1] <= at:
            place += 1
        ahead = place
        while at < end and ahead < len(still) and still[ahead][0] < end:
            if still[ahead][0] > at:
                yield at, still[ahead][0]
            at = max(at, still[ahead][1])
            ahead += 1
        if at < end:
            yield at, end
        if at >= END_OF_TIME_MS:
            return


def reason_at(pauses: Iterable[Pause], at_ms: int) -> str | None:
    """Why a clock stands still at an instant; None if it doesn't."""
    return next((one.reason for one in pauses if one.from_ms <= at_ms < one.until_ms), None)
