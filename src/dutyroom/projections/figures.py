"""What the supervision page shows: counts and times, never names. Times are in seconds."""

import msgspec

from dutyroom.domain.units.whereabouts import Doubt


class Interval(msgspec.Struct, frozen=True, kw_only=True):
    """How long something took. ``late`` counts broken promises, those included that are broken and
    still waited for (``late_open``); median and nine in ten are of what is done."""

    count: int
    median_s: float | None
    p90_s: float | None
    late: int
    late_open: int


class OverrideReason(msgspec.Struct, frozen=True, kw_only=True):
    """How often a dispatch that wasn't the recommended one had this reason."""

    reason: str
    count: int


class Overrides(msgspec.Struct, frozen=True, kw_only=True):
    """Dispatches that were others than recommended, ``of`` those that had a recommendation."""

    count: int
    of: int
    reasons: tuple[OverrideReason, ...]


class RefusedPositions(msgspec.Struct, frozen=True, kw_only=True):
    """A unit whose reported positions couldn't be true: a receiver to be seen to. ``open``: the
    latest one was refused, and an older one is shown."""

    unit: str
    count: int
    since_ms: int
    why: Doubt
    open: bool


class ZoneFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Open incidents of a zone, and those of them whose running promise is broken."""

    zone: str
    open: int
    overdue: int


class HourFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Incidents that were opened within an hour."""

    from_ms: int
    opened: int


class KindCapacity(msgspec.Struct, frozen=True, kw_only=True):
    """Units of a kind: in all, on duty, free, and free by area."""

    kind: str
    of: int
    on_duty: int
    free: int
    areas: dict[str, int]


class Takers(msgspec.Struct, frozen=True, kw_only=True):
    """How many call-takers are there, and how many people hold a call."""

    idle: int
    busy: int


class Supervision(msgspec.Struct, frozen=True, kw_only=True):
    """Who is free now, and the last 24 hours in figures."""

    open: int
    pending: int
    overdue: int
    answer: Interval
    dispatch: Interval
    on_scene: Interval
    overrides: Overrides
    silent_units: tuple[str, ...]
    positions_refused: tuple[RefusedPositions, ...]
    abandoned_owed: int
    by_zone: tuple[ZoneFigures, ...]
    by_hour: tuple[HourFigures, ...]
    capacity: tuple[KindCapacity, ...]
    takers: Takers
