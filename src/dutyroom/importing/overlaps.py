"""Units that are sent out again before they were recorded as available."""

from collections import defaultdict
from collections.abc import Iterable

from dutyroom.importing.judging import CleanRow

_NEVER_MS = 1 << 62


def in_turn(rows: Iterable[CleanRow]) -> dict[str, list[CleanRow]]:
    """Each unit's responses in the order in which it was sent.

    Of two that begin in the same moment, the one that ends first goes first.
    """
    by_unit: dict[str, list[CleanRow]] = defaultdict(list)
    for row in rows:
        by_unit[row.unit_id].append(row)
    for own in by_unit.values():
        own.sort(key=lambda one: (one.at("dispatched_at"), one.at("cleared_at"), one.row_id))
    return by_unit


def ends_ms(rows: Iterable[CleanRow]) -> dict[str, int]:
    """When each response ends, by row id: as recorded, or when its unit is sent elsewhere.

    A unit is on one call at a time. That it was sent again is certain, for somebody did it; that
    it was available only later may be a button pressed late: so the earlier response gives way.
    """
    ends: dict[str, int] = {}
    for own in in_turn(rows).values():
        following = [row.at("dispatched_at") for row in own[1:]]
        for row, next_ms in zip(own, [*following, _NEVER_MS], strict=True):
            ends[row.row_id] = min(row.at("cleared_at"), next_ms)
    return ends


def overlaps(rows: Iterable[CleanRow]) -> int:
    """How many responses began while their unit was still recorded on an earlier one."""
    found = 0
    for own in in_turn(rows).values():
        busy_until = 0
        for row in own:
            found += row.at("dispatched_at") < busy_until
            busy_until = max(busy_until, row.at("cleared_at"))
    return found
