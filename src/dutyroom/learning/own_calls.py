"""The centre's own journal as recorded calls, for a rehearsal of a period of its own.

Read from what the journal is projected to, without sealed data: so the place of a call is the
middle of its zone. Who called, what was said and where exactly stay closed.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dutyroom.citypack import CityPack
from dutyroom.importing.fields import TIMES
from dutyroom.importing.judging import CleanRow
from dutyroom.projections.models import AssignmentView, CallView, IncidentView
from dutyroom.projections.rows import read_call

_FORMATS: Final = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d")
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NIGHT: Final = (18, 6)
"""From when to when a night is meant, hours on the room's clocks."""


_TIMES: Final = {
    "dispatched_at_ms": "dispatched_at",
    "en_route_at_ms": "en_route_at",
    "on_scene_at_ms": "on_scene_at",
    "ended_at_ms": "cleared_at",
}
"""Columns of an assignment, and what recorded calls name them."""


@dataclass(frozen=True, slots=True)
class _Incident:
    id: str
    number: str
    zone: str
    category: str
    priority: int


class UnknownPeriod(ValueError):
    """What was written is no moment and no night; says what to write."""


def period_ms(begin: str, end: str | None, now_ms: int, zone: ZoneInfo) -> tuple[int, int]:
    """From when to when, in ms; ``begin`` is a moment on the clocks of the zone, or a night:
    "last night", "last friday night". Without ``end`` a moment means until now; a night as the
    ``end`` means until it begins."""
    night = _night(begin, now_ms, zone)
    if night and end is None:
        return night
    if night:
        raise UnknownPeriod(
            f"a night has its own end: leave out the one given ({end}), or write the moment when "
            "the period begins, such as 2026-11-20 18:00"
        )
    first = _moment(begin, zone)
    until_night = _night(end or "", now_ms, zone)
    last = until_night[0] if until_night else now_ms if end is None else _moment(end, zone)
    if last <= first:
        raise UnknownPeriod(f"the period ends ({end or 'now'}) before it begins ({begin})")
    return first, last


def _night(text: str, now_ms: int, zone: ZoneInfo) -> tuple[int, int] | None:
    """The last such night that is over; None if the text isn't about a night."""
    words = text.lower().replace("-", " ").split()
    if words[:1] != ["last"] or words[-1:] != ["night"]:
        return None
    day = words[1:-1]
    if len(day) > 1 or not set(day) <= set(_DAYS):
        raise UnknownPeriod("write last-night, or a day such as last-friday-night")
    now = datetime.fromtimestamp(now_ms / 1000, zone)
    for back in range(1, 9):
        evening = (now - timedelta(days=back)).replace(
            hour=NIGHT[0], minute=0, second=0, microsecond=0
        )
        morning = (evening + timedelta(days=1)).replace(hour=NIGHT[1])
        right_day = not day or evening.weekday() == _DAYS.index(day[0])
        if right_day and morning <= now:
            return _ms(evening), _ms(morning)
    raise AssertionError("a week has every day")


def _moment(text: str, zone: ZoneInfo) -> int:
    for form in _FORMATS:
        try:
            return _ms(datetime.strptime(text.strip(), form).replace(tzinfo=zone))
        except ValueError:
            continue
    raise UnknownPeriod(
        f"{text!r} is no moment: write 2026-11-20 18:00, or a night such as last-friday-night"
    )


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def own_calls(pack: CityPack, start_ms: int, end_ms: int) -> tuple[list[list[CleanRow]], int]:
    """The responses of each incident that a call reported in this time, in the order of the calls,
    and how many incidents were left out: nobody was sent, or a unit or zone isn't in the pack.

    What officers came upon is no call, and not among them; nor is a call that chases a report.
    """
    received: dict[str, int] = {}
    known = CallView.objects.filter(received_at_ms__gte=start_ms)
    for reported, at_ms, shown in known.values_list("incident", "received_at_ms", "row"):
        if reported is not None and not read_call(shown).chase:
            received[reported] = min(at_ms, received.get(reported, at_ms))
    wanted = {key: at_ms for key, at_ms in received.items() if at_ms < end_ms}
    incidents: dict[str, _Incident] = {}
    opened = IncidentView.objects.filter(opened_at_ms__gte=start_ms)
    for facts in opened.values_list("id", "number", "zone", "category", "priority"):
        if facts[0] in wanted:
            incidents[facts[0]] = _Incident(*facts)
    zones, kinds = {zone.id for zone in pack.zones}, {unit.id: unit.kind for unit in pack.units}
    rows: dict[str, list[CleanRow]] = defaultdict(list)
    sent = AssignmentView.objects.filter(dispatched_at_ms__gte=start_ms, ended_at_ms__gt=0)
    columns = ("id", "incident", "unit", *_TIMES)
    for key, incident_id, unit, *moments in sent.values_list(*columns):
        incident = incidents.get(incident_id)
        if incident and incident.zone in zones and unit in kinds:
            times = dict(zip(_TIMES, moments, strict=True))
            row = _row(pack, incident, key, unit, times, wanted[incident_id])
            rows[incident_id].append(replace(row, unit_kind=kinds[unit]))
    calls = sorted(rows.values(), key=lambda own: (own[0].at("received_at"), own[0].call_id))
    return calls, len(wanted) - len(calls)


def _row(
    pack: CityPack,
    incident: _Incident,
    key: str,
    unit: str,
    at_ms: dict[str, int | None],
    received_ms: int,
) -> CleanRow:
    lon, lat = pack.zone(incident.zone).centre
    times: dict[str, int | None] = dict.fromkeys(TIMES)
    times |= {field: at_ms[column] for column, field in _TIMES.items()}
    dispatched = times["dispatched_at"]
    assert dispatched is not None
    times["received_at"] = min(received_ms, dispatched)
    return CleanRow(
        row_id=key, call_id=incident.id, incident_id=incident.number, unit_id=unit, unit_kind="",
        category=incident.category, first_priority=incident.priority, priority=incident.priority,
        disposition="", address="", locality="", zone=incident.zone, station_area="", als=False,
        lon=lon, lat=lat, times=times,
    )  # fmt: skip
