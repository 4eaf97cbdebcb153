"""One row of a file: accepted, repaired or quarantined, and why. Nothing else can happen to it."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

from dutyroom.intake.contract import Contract
from dutyroom.intake.fields import TIMES

REPAIRS: Final[Mapping[str, tuple[str, str]]] = {
    "en_route_before_dispatch": (
        "set out before it was sent: the time of setting out is left out",
        "出动早于派警：删去出动时间",
    ),
    "on_scene_before_dispatch": (
        "on scene before it was sent: the time of arrival is left out",
        "到场早于派警：删去到场时间",
    ),
    "en_route_after_on_scene": (
        "set out after it was on scene: the time of setting out is left out",
        "出动晚于到场：删去出动时间",
    ),
    "transport_before_on_scene": (
        "left with the patient before it arrived: the time of leaving is left out",
        "送医早于到场：删去送医时间",
    ),
    "facility_before_transport": (
        "at the hospital before it left the scene: the time at the hospital is left out",
        "到院早于送医：删去到院时间",
    ),
    "entered_before_received": (
        "entered before it was received: the time of entry is left out",
        "录入早于接警：删去录入时间",
    ),
    "cleared_before_last_step": (
        "available before its last step: it is taken as available at that step",
        "空闲早于最后一步：以最后一步为准",
    ),
    "skipped_hour": (
        "a time inside the hour that is skipped in spring: moved on by an hour",
        "时间落在夏令时跳过的一小时：顺延一小时",
    ),
    "repeated_hour": (
        "in the hour that comes twice in autumn: its first passing, or after the step before it",
        "时间落在秋季重复的一小时：取第一次，若早于前一步则取第二次",
    ),
    "cut_name": ("a name that the source cuts off is written out", "来源截断的地名已补全"),
    "house_number_removed": (
        "an exact house number: kept to the block only",
        "含确切门牌号：仅保留街段",
    ),
    "unknown_disposition": (
        "a disposition that the contract does not know: taken as other",
        "合同未列出的结果：记为其他",
    ),
}
"""What is repaired and how, in English and Chinese."""

QUARANTINE: Final[Mapping[str, tuple[str, str]]] = {
    "wrong_number_of_cells": ("more or fewer cells than columns", "单元格数与列数不符"),
    "unreadable": ("bytes that are not UTF-8 text", "含非 UTF-8 文本的字节"),
    "broken_quotes": (
        "a quotation mark out of place, or a cell without end",
        "引号错位或单元格未结束",
    ),
    "too_long": ("a row of 100,000 bytes or more", "单行达到或超过 100,000 字节"),
    "wrong_code": ("an id that is not a short code", "编号不是短代码"),
    "missing_value": ("a needed value is missing", "缺少必需的值"),
    "unknown_category": ("a call type that the contract does not know", "合同未列出的类别"),
    "unknown_priority": ("a priority that the contract does not know", "合同未列出的等级"),
    "unknown_unit_kind": ("a kind of unit that the contract does not know", "合同未列出的单元类型"),
    "wrong_time": ("a time that can't be read", "时间无法读取"),
    "wrong_place": ("coordinates that can't be read", "坐标无法读取"),
    "place_outside": ("a place outside the bounds of the contract", "位置超出合同范围"),
    "dispatched_before_received": ("sent before the call was received", "派警早于接警"),
    "wait_too_long": (
        "so long between receipt and entry that the two can't be one call",
        "接警到录入间隔过长，不可能是同一报警",
    ),
    "step_too_long": ("more than a day between two steps", "两步之间超过一天"),
    "repeated_row": ("the row's id was met before in this file", "行编号在文件中重复"),
    "contradicts_its_call": (
        "the call's own facts differ from those of its other rows",
        "与同一报警其他行的内容矛盾",
    ),
}


CALL_FIELDS: Final = (
    "call_id",
    "incident_id",
    "category",
    "first_priority",
    "priority",
    "disposition",
    "address",
    "locality",
    "zone",
    "station_area",
    "lon",
    "lat",
)
"""What is a call's own: the same in all rows of a call. With `received_at` and `entered_at`."""

_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,39}")
_HOUSE: Final = re.compile(
    r"(?P<number>\d{1,6})(?:-?[A-Z]|-\d+| 1/2)? (?!Block of )(?P<street>[^/]+)"
)
"""A house number before a street: `69 1/2`, `665-A` and `188-200` too. Crossings have a slash."""
_LONGEST_ADDRESS: Final = 120


@dataclass(frozen=True, slots=True)
class CleanRow:
    """One response of a unit to a call; times in milliseconds UTC, None where unknown.

    ``first_priority`` is that of the first assessment, ``priority`` the one it came to. ``lon`` and
    ``lat`` are degrees WGS84.
    """

    row_id: str
    call_id: str
    incident_id: str
    unit_id: str
    unit_kind: str
    category: str
    first_priority: int
    priority: int
    disposition: str
    address: str
    locality: str
    zone: str
    station_area: str
    als: bool
    lon: float
    lat: float
    times: dict[str, int | None]
    repairs: tuple[str, ...] = ()

    @property
    def call_facts(self) -> tuple[object, ...]:
        """What must be the same in all rows of one call."""
        own = (getattr(self, name) for name in CALL_FIELDS)
        return (*own, self.times["received_at"], self.times["entered_at"])

    def at(self, name: str) -> int:
        """A time that no clean row lacks: `received_at`, `dispatched_at` or `cleared_at`."""
        at = self.times[name]
        if at is None:
            raise ValueError(f"the row {self.row_id} has no {name}")
        return at


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is set aside; ``what`` names the field, never its value."""

    why: str
    what: str = ""


@dataclass(slots=True)
class _Row:
    values: Mapping[str, str]
    repairs: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        return self.values.get(name, "").strip()


class _Reject(Exception):
    def __init__(self, why: str, what: str = "") -> None:
        super().__init__(why)
        self.why, self.what = why, what


def judge(contract: Contract, values: Mapping[str, str]) -> CleanRow | Rejected:
    """Judge one row; ``values`` maps the contract's fields to the row's texts."""
    try:
        return _clean(contract, _Row(values))
    except _Reject as reject:
        return Rejected(reject.why, reject.what)


def _clean(contract: Contract, row: _Row) -> CleanRow:
    kind = contract.unit_kinds.get(_need(row, "unit_kind"))
    if kind is None:
        raise _Reject("unknown_unit_kind", "unit_kind")
    category = contract.categories.get(_need(row, "category"))
    if category is None:
        raise _Reject("unknown_category", "category")
    lon, lat = _place(contract, row)
    times = _times(contract, row)
    _order(contract, row, times)
    unit = _need(row, "unit_id")
    prefix = contract.unit_prefix.get(row.text("unit_kind"), "")
    priority = _level(contract, row, "priority")
    first = _level(contract, row, "first_priority") if row.text("first_priority") else priority
    return CleanRow(
        row_id=_need(row, "row_id"),
        call_id=_need(row, "call_id"),
        incident_id=row.text("incident_id"),
        unit_id=prefix + unit if prefix and unit.isdigit() else unit,
        unit_kind=kind.code,
        category=category.code,
        first_priority=first,
        priority=priority,
        disposition=_disposition(contract, row),
        address=_block(row),
        locality=_locality(contract, row),
        zone=row.text("zone"),
        station_area=row.text("station_area"),
        als=row.text("als").lower() == "true",
        lon=lon,
        lat=lat,
        times=times,
        repairs=tuple(dict.fromkeys(row.repairs)),
    )


def _need(row: _Row, name: str) -> str:
    text = row.text(name)
    if not text:
        raise _Reject("missing_value", name)
    if name in ("row_id", "call_id", "unit_id") and not _CODE.fullmatch(text):
        raise _Reject("wrong_code", name)
    return text


def _level(contract: Contract, row: _Row, name: str) -> int:
    meaning = contract.priorities.get(_need(row, name))
    if meaning is None:
        raise _Reject("unknown_priority", name)
    return meaning.priority


def _block(row: _Row) -> str:
    """The address, to the block: ``69 1/2 POTOMAC ST`` becomes ``0 Block of POTOMAC ST``."""
    text = row.text("address")[:_LONGEST_ADDRESS]
    exact = _HOUSE.fullmatch(text)
    if exact is None:
        return text
    row.repairs.append("house_number_removed")
    return f"{int(exact['number']) // 100 * 100} Block of {exact['street']}"


def _locality(contract: Contract, row: _Row) -> str:
    text = row.text("locality")
    if text in contract.locality_names:
        row.repairs.append("cut_name")
    return contract.locality_names.get(text, text)


def _disposition(contract: Contract, row: _Row) -> str:
    text = row.text("disposition")
    known = contract.dispositions.get(text)
    if known is None:
        if text:
            row.repairs.append("unknown_disposition")
        return "other"
    return known.code


def _place(contract: Contract, row: _Row) -> tuple[float, float]:
    try:
        lon, lat = float(_need(row, "lon")), float(_need(row, "lat"))
    except ValueError as error:
        raise _Reject("wrong_place", "lon, lat") from error
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise _Reject("wrong_place", "lon, lat")
    west, south, east, north = contract.bounds
    if not (west <= lon <= east and south <= lat <= north):
        raise _Reject("place_outside", "lon, lat")
    return lon, lat


def _times(contract: Contract, row: _Row) -> dict[str, int | None]:
    """All times of a row. One in the repeated hour of autumn follows the step before it."""
    found: dict[str, int | None] = {}
    before: int | None = None
    for name in TIMES:
        text = row.text(name)
        if not text:
            if name in ("received_at", "dispatched_at", "cleared_at"):
                raise _Reject("missing_value", name)
            found[name] = None
            continue
        at = _time(contract, row, name, text, before)
        found[name] = before = at
    return found


def _time(contract: Contract, row: _Row, name: str, text: str, before: int | None) -> int:
    """Milliseconds UTC of a time on the clocks of the contract's zone (PEP 495 for folds)."""
    try:
        wall = datetime.strptime(text, contract.time_format)  # noqa: DTZ007 (the zone follows)
        first, second = (
            wall.replace(tzinfo=contract.zone, fold=fold).astimezone(UTC) for fold in (0, 1)
        )
        exists = first.astimezone(contract.zone).replace(tzinfo=None) == wall
    except (ValueError, OverflowError) as error:
        raise _Reject("wrong_time", name) from error
    if not exists:
        row.repairs.append("skipped_hour")
    elif first != second:
        row.repairs.append("repeated_hour")
        if before is not None and _ms(first) < before:
            return _ms(second)
    return _ms(first)


def _ms(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def _order(contract: Contract, row: _Row, times: dict[str, int | None]) -> None:
    """Put the times into an order that can have happened, or reject the row."""
    received, dispatched, cleared = (
        times["received_at"], times["dispatched_at"], times["cleared_at"]
    )  # fmt: skip
    assert received is not None
    assert dispatched is not None
    assert cleared is not None
    if dispatched < received:
        raise _Reject("dispatched_before_received", "dispatched_at")
    _leave_out(row, times, "entered_at", received, "entered_before_received")
    entered = times["entered_at"]
    if (dispatched if entered is None else entered) - received > contract.longest_wait_s * 1000:
        raise _Reject("wait_too_long", "received_at")
    _leave_out(row, times, "en_route_at", dispatched, "en_route_before_dispatch")
    _leave_out(row, times, "on_scene_at", dispatched, "on_scene_before_dispatch")
    on_scene, en_route = times["on_scene_at"], times["en_route_at"]
    if on_scene is not None and en_route is not None and on_scene < en_route:
        times["en_route_at"] = None  # the arrival is what responses are measured by: it stays
        row.repairs.append("en_route_after_on_scene")
    there = [times[name] for name in TIMES[2:5]]
    there_ms = max(one for one in there if one is not None)
    _leave_out(row, times, "transport_at", there_ms, "transport_before_on_scene")
    left = times["transport_at"]
    _leave_out(
        row,
        times,
        "at_facility_at",
        there_ms if left is None else left,
        "facility_before_transport",
    )
    last = max(one for name in TIMES[2:-1] if (one := times[name]) is not None)
    if cleared < last:
        row.repairs.append("cleared_before_last_step")
        times["cleared_at"] = last
    steps = [one for name in TIMES[1:] if (one := times[name]) is not None and one >= received]
    if any(b - a > contract.longest_step_s * 1000 for a, b in pairwise(sorted(steps))):
        raise _Reject("step_too_long")


def _leave_out(
    row: _Row, times: dict[str, int | None], name: str, not_before: int, repair: str
) -> None:
    at = times[name]
    if at is not None and at < not_before:
        times[name] = None
        row.repairs.append(repair)
