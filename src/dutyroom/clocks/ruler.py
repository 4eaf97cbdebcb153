"""Why a deadline is what it is: the time from start to end in parts that add up to the promise."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dutyroom.clocks.arithmetic import Promise, counted_from, due
from dutyroom.clocks.calendar import NOTHING_CITED, Calendar, Span, bounds_of_day, open_spans
from dutyroom.clocks.days import Kind, days_of
from dutyroom.clocks.pauses import Pause, merged, reason_at, without
from dutyroom.clocks.rule import Rule
from dutyroom.clocks.zones import local_day
from dutyroom.core.text import Text


@dataclass(frozen=True, slots=True)
class Part:
    """A span of a clock's time. ``days``: how many of it count, where days are counted. ``name``
    and ``citation``: of the holiday or make-up day. ``reason``: the code of the pause's."""

    kind: Kind
    from_ms: int
    to_ms: int
    days: int = 0
    name: Text | None = None
    citation: Text = NOTHING_CITED
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Ruler:
    """Contiguous parts from the start to the end, or to now while a pause lasts. ``citations``: of
    the rule and of its calendar."""

    parts: tuple[Part, ...]
    promise: Promise
    in_days: bool
    citations: tuple[Text, ...]

    def amount(self, kind: Kind) -> int:
        """How much of a kind there is: days where days are counted, else ms."""
        return sum(
            one.days if self.in_days else one.to_ms - one.from_ms
            for one in self.parts
            if one.kind == kind
        )


def ruler(
    rule: Rule,
    calendar: Calendar,
    start_ms: int,
    pauses: Iterable[Pause],
    extensions: int,
    now_ms: int,
) -> Ruler:
    """The parts of a clock's time; what counts adds up to the promise exactly."""
    pauses = tuple(pauses)
    promise = due(rule, calendar, start_ms, pauses, extensions)
    end = max(start_ms, now_ms) if promise.due_ms is None else promise.due_ms
    parts = _parts_in_days if rule.within.in_days else _parts_in_time
    cited = (rule.edition.citation, calendar.citation)
    return Ruler(
        _joined(parts(rule, calendar, (start_ms, end), pauses, extensions)),
        promise,
        rule.within.in_days,
        tuple(one for one in cited if one != NOTHING_CITED),
    )


def _parts_in_days(
    rule: Rule, calendar: Calendar, whole: Span, pauses: Sequence[Pause], extensions: int
) -> Iterator[Part]:
    start, end = whole
    for day in days_of(rule, calendar, start, merged(pauses), extensions, end):
        counts = day.kind in ("counted", "extension")
        why = None if day.still_at_ms is None else reason_at(pauses, day.still_at_ms)
        part = Part(
            day.kind,
            max(start, day.begins_ms),
            min(end, day.ends_ms),
            int(counts),
            reason=why,
        )
        yield _labelled(part, calendar)


def _parts_in_time(
    rule: Rule, calendar: Calendar, whole: Span, pauses: Sequence[Pause], extensions: int
) -> Iterator[Part]:
    start, end = whole
    begin = min(counted_from(rule, calendar, start), end)
    if start < begin:
        yield Part("not_counted", start, begin)
    left = rule.within.ms
    for part in _by_label(_open_or_not(calendar, begin, end, pauses), calendar):
        if part.kind != "counted" or part.to_ms - part.from_ms <= left:
            left -= part.to_ms - part.from_ms if part.kind == "counted" else 0
            yield part
        else:
            yield replace(part, to_ms=part.from_ms + left)
            yield replace(part, kind="extension", from_ms=part.from_ms + left)
            left = 0


def _open_or_not(
    calendar: Calendar, begin: int, end: int, pauses: Sequence[Pause]
) -> Iterator[Part]:
    still = merged(pauses)
    at = begin
    for opens, closes in open_spans(calendar, begin, end):
        yield Part("closed", at, opens)
        at = opens
        for clear in without(((opens, closes),), still):
            yield from _paused(at, clear[0], pauses)
            yield Part("counted", *clear)
            at = clear[1]
        yield from _paused(at, closes, pauses)
        at = closes
    yield Part("closed", at, end)


def _paused(begin: int, end: int, pauses: Sequence[Pause]) -> Iterator[Part]:
    """Cut wherever another reason may begin."""
    edges = {edge for one in pauses for edge in (one.from_ms, one.until_ms) if begin < edge < end}
    for edge in (*sorted(edges), end):
        yield Part("paused", begin, edge, reason=reason_at(pauses, begin))
        begin = edge


def _by_label(parts: Iterable[Part], calendar: Calendar) -> Iterator[Part]:
    """Cut at local midnight, each with the name of its day."""
    for part in parts:
        at = part.from_ms
        while at < part.to_ms:
            midnight = part.to_ms
            if calendar.special:
                _, midnight = bounds_of_day(calendar.zone, local_day(calendar.zone, at))
            edge = min(part.to_ms, midnight)
            yield _labelled(replace(part, from_ms=at, to_ms=edge), calendar)
            at = edge


def _labelled(part: Part, calendar: Calendar) -> Part:
    special = calendar.special.get(local_day(calendar.zone, part.from_ms))
    if special is None:
        return part
    return replace(part, name=special.name, citation=special.citation)


def _joined(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Neighbours that say the same as one; empty parts left out."""
    found: list[Part] = []
    for part in parts:
        if part.from_ms == part.to_ms and not part.days:
            continue
        if found and _said(found[-1]) == _said(part):
            before = found.pop()
            part = replace(part, from_ms=before.from_ms, days=before.days + part.days)
        found.append(part)
    return tuple(found)


def _said(part: Part) -> tuple[object, ...]:
    return part.kind, part.name, part.citation, part.reason
