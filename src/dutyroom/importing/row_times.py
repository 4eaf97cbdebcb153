"""The times of one row: read on the clocks of their zone, and put in an order that can be."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise, takewhile
from typing import Final
from zoneinfo import ZoneInfo

from dutyroom.importing.contract import Contract
from dutyroom.importing.fields import TIMES
from dutyroom.importing.reasons import Unusable

_NEEDED: Final = ("received_at", "dispatched_at", "cleared_at")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

type Times = dict[str, int | None]
"""Milliseconds UTC by field, None where unknown."""


def times_of(contract: Contract, text: Callable[[str], str], repairs: list[str]) -> Times:
    """All times of a row; ``text`` gives a field's text. Repairs made are added to ``repairs``.

    Raises `Unusable`.
    """
    times = _read(contract, text, repairs)
    _order(contract, times, repairs)
    return times


# --- reading ---------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reading:
    """A time on the wall, and what it is; in the hour that comes twice, ``second_ms`` differs."""

    name: str
    at_ms: int
    second_ms: int


def _read(contract: Contract, text: Callable[[str], str], repairs: list[str]) -> Times:
    found = []
    for name in TIMES:
        if said := text(name):
            found.append(_reading(contract, name, said, repairs))
        elif name in _NEEDED:
            raise Unusable("missing_value", name)
    if any(one.second_ms != one.at_ms for one in found):
        repairs.append("repeated_hour")
        _settle(found)
    return dict.fromkeys(TIMES) | {one.name: one.at_ms for one in found}


def _reading(contract: Contract, name: str, text: str, repairs: list[str]) -> _Reading:
    """Both passings of a time on the clocks of the contract's zone (PEP 495)."""
    try:
        wall = datetime.strptime(text, contract.time_format)  # noqa: DTZ007 (the zone follows)
        first, second = (
            wall.replace(tzinfo=contract.zone, fold=fold).astimezone(UTC) for fold in (0, 1)
        )
        exists = first.astimezone(contract.zone).replace(tzinfo=None) == wall
    except (ValueError, OverflowError) as error:
        raise Unusable("wrong_time", name) from error
    if not exists:
        repairs.append("skipped_hour")
        second = first
    return _Reading(name, _ms(first), _ms(second))


def _settle(found: list[_Reading]) -> None:
    """Choose between the passings of the hour that comes twice.

    A time follows the step before it; and those that begin the row stand as near to what comes
    after them as they can. Where all times of a row are in that hour, it is its first passing.
    """
    for before, one in pairwise(found):
        if one.at_ms < before.at_ms <= one.second_ms:
            one.at_ms = one.second_ms
    leading = list(takewhile(lambda one: one.at_ms < one.second_ms, found))
    if 0 < len(leading) < len(found) and leading[-1].second_ms <= found[len(leading)].at_ms:
        for one in leading:
            one.at_ms = one.second_ms


def settled_with(zone: ZoneInfo, times: Times, received_ms: int) -> Times | None:
    """A row's times, if its call was received at ``received_ms``: where they are in the hour that
    comes twice, each in the first passing that follows the step before it. None if that can't be.

    A call is settled once, whatever each of its rows would say by itself.
    """
    found: Times = dict.fromkeys(TIMES)
    received, after = times["received_at"], received_ms
    if received is None or received_ms not in _passings(zone, received):
        return None
    for name in TIMES:
        at = times[name]
        if at is None:
            continue
        if name == "dispatched_at":
            after = received_ms  # a unit may be sent before the call is entered
        choice = (received_ms,) if name == "received_at" else _passings(zone, at)
        fitting = [one for one in choice if one >= after]
        if not fitting:
            return None
        found[name] = after = fitting[0]
    return found


def is_free(zone: ZoneInfo, times: Times) -> bool:
    """Are all times of a row in the hour that comes twice? Then nothing in it says in which."""
    return all(len(_passings(zone, at)) == 2 for at in times.values() if at is not None)


def _passings(zone: ZoneInfo, at_ms: int) -> tuple[int, ...]:
    """The moments, in order, that clocks of the zone show as they show this one: one, or two."""
    shown = datetime.fromtimestamp(at_ms // 1000, zone)
    both = {_ms(shown.replace(fold=fold).astimezone(UTC)) + at_ms % 1000 for fold in (0, 1)}
    return tuple(sorted(both))


def _ms(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(milliseconds=1)


# --- order -----------------------------------------------------------------------------------


def _order(contract: Contract, times: Times, repairs: list[str]) -> None:
    """Put the times into an order that can have happened, or give the row up."""
    received, dispatched, cleared = (_known(times, name) for name in _NEEDED)
    if dispatched < received:
        raise Unusable("dispatched_before_received", "dispatched_at")
    _leave_out(times, repairs, "entered_at", received, "entered_before_received")
    entered = times["entered_at"]
    if (dispatched if entered is None else entered) - received > contract.longest_wait_s * 1000:
        raise Unusable("wait_too_long", "received_at")
    _order_steps(times, repairs, dispatched)
    last = max(one for name in TIMES[2:-1] if (one := times[name]) is not None)
    if cleared < last:
        raise Unusable("cleared_before_last_step", "cleared_at")
    steps = sorted(one for name in TIMES[1:] if (one := times[name]) is not None)
    if any(b - a > contract.longest_step_s * 1000 for a, b in pairwise(steps)):
        raise Unusable("step_too_long")


def _order_steps(times: Times, repairs: list[str], dispatched: int) -> None:
    _leave_out(times, repairs, "en_route_at", dispatched, "en_route_before_dispatch")
    _leave_out(times, repairs, "on_scene_at", dispatched, "on_scene_before_dispatch")
    on_scene, en_route = times["on_scene_at"], times["en_route_at"]
    if on_scene is not None and en_route is not None and on_scene < en_route:
        times["en_route_at"] = en_route = None  # the arrival is what responses are measured by
        repairs.append("en_route_after_on_scene")
    there = max(one for one in (dispatched, en_route, on_scene) if one is not None)
    _leave_out(times, repairs, "transport_at", there, "transport_before_on_scene")
    left = times["transport_at"]
    left = there if left is None else left
    _leave_out(times, repairs, "at_facility_at", left, "facility_before_transport")


def _known(times: Times, name: str) -> int:
    at = times[name]
    assert at is not None
    return at


def _leave_out(times: Times, repairs: list[str], name: str, not_before: int, repair: str) -> None:
    at = times[name]
    if at is not None and at < not_before:
        times[name] = None
        repairs.append(repair)
