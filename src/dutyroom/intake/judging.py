"""One row of a file: accepted, repaired or quarantined, and why. Nothing else can happen to it."""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

from dutyroom.intake.contract import TIMES, Contract

REPAIRS: Final[Mapping[str, tuple[str, str]]] = {
    "en_route_before_dispatch": (
        "set out before it was sent: the time of setting out is left out",
        "出动早于派警：删去出动时间",
    ),
    "on_scene_before_dispatch": (
        "on scene before it was sent: the time of arrival is left out",
        "到场早于派警：删去到场时间",
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
    "dispatched_while_committed": (
        "sent while still recorded on an earlier call: the earlier one ends at this moment",
        "派警时仍在前一警情：前一任务在此时结束",
    ),
    "skipped_hour": (
        "a time inside the hour that is skipped in spring: moved on by an hour",
        "时间落在夏令时跳过的一小时：顺延一小时",
    ),
    "unknown_disposition": (
        "a disposition that the contract does not know: taken as other",
        "合同未列出的结果：记为其他",
    ),
}
"""What is repaired and how, in English and Chinese."""

QUARANTINE: Final[Mapping[str, tuple[str, str]]] = {
    "wrong_number_of_cells": ("more or fewer cells than columns", "单元格数与列数不符"),
    "unreadable": ("characters that are not text", "含无法读取的字符"),
    "missing_value": ("a needed value is missing", "缺少必需的值"),
    "unknown_category": ("a call type that the contract does not know", "合同未列出的类别"),
    "unknown_priority": ("a priority that the contract does not know", "合同未列出的等级"),
    "unknown_unit_kind": ("a kind of unit that the contract does not know", "合同未列出的单元类型"),
    "wrong_time": ("a time that can't be read", "时间无法读取"),
    "wrong_place": ("coordinates that can't be read", "坐标无法读取"),
    "place_outside": ("a place outside the bounds of the contract", "位置超出合同范围"),
    "dispatched_before_received": ("sent before the call was received", "派警早于接警"),
    "wait_too_long": (
        "so long between receipt and dispatch that the two can't be one event",
        "接警到派警间隔过长，不可能是同一事件",
    ),
    "step_too_long": ("more than a day between two steps", "两步之间超过一天"),
    "repeated_row": ("the row's id was met before in this file", "行编号在文件中重复"),
}


@dataclass(frozen=True, slots=True)
class CleanRow:
    """One response of a unit to a call; times in milliseconds UTC, None where unknown."""

    row_id: str
    content: str
    call_id: str
    unit_id: str
    unit_kind: str
    category: str
    priority: int
    disposition: str
    address: str
    station_area: str
    als: bool
    lon: float
    lat: float
    times: dict[str, int | None]
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is set aside; ``what`` names the field, never its value."""

    row_id: str
    content: str
    why: str
    what: str = ""


@dataclass(slots=True)
class _Row:
    values: Mapping[str, str]
    repairs: list[str] = field(default_factory=list)


class _Reject(Exception):
    def __init__(self, why: str, what: str = "") -> None:
        super().__init__(why)
        self.why, self.what = why, what


def content_hash(cells: list[str]) -> str:
    """What a row says, in short: to see whether it changed since the last import."""
    return hashlib.sha256("\x1f".join(cells).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def judge(contract: Contract, values: Mapping[str, str], content: str) -> CleanRow | Rejected:
    """Judge one row; ``values`` maps the contract's fields to the row's texts."""
    row = _Row(values)
    try:
        return _clean(contract, row, content)
    except _Reject as reject:
        return Rejected(values.get("row_id", "").strip(), content, reject.why, reject.what)


def _clean(contract: Contract, row: _Row, content: str) -> CleanRow:
    for text in row.values.values():
        if "\x00" in text or "\ufffd" in text:
            raise _Reject("unreadable")
    kind = _need(row, "unit_kind")
    if kind not in contract.unit_kinds:
        raise _Reject("unknown_unit_kind")
    category = contract.categories.get(_need(row, "category"))
    if category is None:
        raise _Reject("unknown_category")
    priority = contract.priorities.get(_need(row, "priority"))
    if priority is None:
        raise _Reject("unknown_priority")
    lon, lat = _place(contract, row)
    times = {name: _time(contract, row, name) for name in TIMES}
    _order(contract, row, times)
    unit = _need(row, "unit_id")
    prefix = contract.unit_prefix.get(kind, "")
    return CleanRow(
        row_id=_need(row, "row_id"),
        content=content,
        call_id=_need(row, "call_id"),
        unit_id=prefix + unit if prefix and unit.isdigit() else unit,
        unit_kind=contract.unit_kinds[kind].code,
        category=category.code,
        priority=priority,
        disposition=_disposition(contract, row),
        address=row.values.get("address", "").strip(),
        station_area=row.values.get("station_area", "").strip(),
        als=row.values.get("als", "").strip().lower() == "true",
        lon=lon,
        lat=lat,
        times=times,
        repairs=tuple(dict.fromkeys(row.repairs)),
    )


def _need(row: _Row, name: str) -> str:
    text = row.values.get(name, "").strip()
    if not text:
        raise _Reject("missing_value", name)
    return text


def _disposition(contract: Contract, row: _Row) -> str:
    text = row.values.get("disposition", "").strip()
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
        raise _Reject("wrong_place") from error
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise _Reject("wrong_place")
    west, south, east, north = contract.bounds
    if not (west <= lon <= east and south <= lat <= north):
        raise _Reject("place_outside")
    return lon, lat


def _time(contract: Contract, row: _Row, name: str) -> int | None:
    text = row.values.get(name, "").strip()
    if not text:
        if name in ("received_at", "dispatched_at", "cleared_at"):
            raise _Reject("missing_value", name)
        return None
    try:
        wall = datetime.strptime(text, contract.time_format)  # noqa: DTZ007 (the zone follows)
        local = wall.replace(tzinfo=contract.zone)
        moment = local.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _Reject("wrong_time", name) from error
    if moment.astimezone(contract.zone).replace(tzinfo=None) != wall:
        row.repairs.append("skipped_hour")
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def _order(contract: Contract, row: _Row, times: dict[str, int | None]) -> None:
    """Put the times into an order that can have happened, or reject the row."""
    received, dispatched = times["received_at"], times["dispatched_at"]
    assert received is not None
    assert dispatched is not None
    if dispatched < received:
        raise _Reject("dispatched_before_received")
    if dispatched - received > contract.longest_wait_s * 1000:
        raise _Reject("wait_too_long")
    _drop_if(row, times, "entered_at", received, "entered_before_received")
    _drop_if(row, times, "en_route_at", dispatched, "en_route_before_dispatch")
    _drop_if(
        row, times, "on_scene_at", times["en_route_at"] or dispatched, "on_scene_before_dispatch"
    )
    _drop_if(row, times, "transport_at", times["on_scene_at"], "transport_before_on_scene")
    _drop_if(row, times, "at_facility_at", times["transport_at"], "facility_before_transport")
    steps = [times[name] for name in TIMES[2:-1]]
    last = max(step for step in steps if step is not None)
    cleared = times["cleared_at"]
    assert cleared is not None
    if cleared < last:
        row.repairs.append("cleared_before_last_step")
        times["cleared_at"] = last
    known = [one for name in TIMES[2:] if (one := times[name]) is not None]
    if any(b - a > contract.longest_step_s * 1000 for a, b in pairwise(known)):
        raise _Reject("step_too_long")


def _drop_if(
    row: _Row, times: dict[str, int | None], name: str, not_before: int | None, repair: str
) -> None:
    at = times[name]
    if at is not None and not_before is not None and at < not_before:
        times[name] = None
        row.repairs.append(repair)
