"""One row of a file: accepted, repaired or quarantined, and why. Nothing else can happen to it."""

import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from dutyroom.importing.addresses import LEFT_OUT, to_block
from dutyroom.importing.contract import Contract
from dutyroom.importing.reasons import Unusable
from dutyroom.importing.row_times import times_of

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

_SETTLED: Final = frozenset({"skipped_hour", "repeated_hour"})
"""Repairs that choose a time."""
_LONGEST_CODE: Final = 40
_IN_CODES: Final = "._/-"
_LONGEST_NAME: Final = 60


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
    def times_as_recorded(self) -> bool:
        """Was no time settled by us? Only such rows say how long something took."""
        return not _SETTLED.intersection(self.repairs)

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


def judge(contract: Contract, values: Mapping[str, str]) -> CleanRow | Rejected:
    """Judge one row; ``values`` maps the contract's fields to the row's texts."""
    try:
        return _clean(contract, _Row(values))
    except Unusable as reject:
        return Rejected(reject.why, reject.what)


def _clean(contract: Contract, row: _Row) -> CleanRow:
    kind = contract.unit_kinds.get(_need(row, "unit_kind"))
    if kind is None:
        raise Unusable("unknown_unit_kind", "unit_kind")
    category = contract.categories.get(_need(row, "category"))
    if category is None:
        raise Unusable("unknown_category", "category")
    lon, lat = _place(contract, row)
    times = times_of(contract, row.text, row.repairs)
    unit = _need(row, "unit_id")
    prefix = contract.unit_prefix.get(row.text("unit_kind"), "")
    priority = _level(contract, row, "priority")
    first = _level(contract, row, "first_priority") if row.text("first_priority") else priority
    return CleanRow(
        row_id=_need(row, "row_id"),
        call_id=_need(row, "call_id"),
        incident_id=_code(row, "incident_id"),
        unit_id=prefix + unit if prefix and unit.isdigit() else unit,
        unit_kind=kind.code,
        category=category.code,
        first_priority=first,
        priority=priority,
        disposition=_disposition(contract, row),
        address=_block(row),
        locality=_locality(contract, row),
        zone=row.text("zone")[:_LONGEST_NAME],
        station_area=_code(row, "station_area"),
        als=row.text("als").lower() == "true",
        lon=lon,
        lat=lat,
        times=times,
        repairs=tuple(dict.fromkeys(row.repairs)),
    )


def _need(row: _Row, name: str) -> str:
    text = row.text(name)
    if not text:
        raise Unusable("missing_value", name)
    return _code(row, name) if name in ("row_id", "call_id", "unit_id") else text


def _code(row: _Row, name: str) -> str:
    text = unicodedata.normalize("NFC", row.text(name))
    if text and not _is_code(text):
        raise Unusable("wrong_code", name)
    return text


def _is_code(text: str) -> bool:
    """Letters (with their marks) and digits of any script, and a few signs behind the first."""
    kinds = [unicodedata.category(one)[0] for one in text]
    return (
        len(text) <= _LONGEST_CODE
        and kinds[0] in "LN"
        and all(kind in "LMN" or one in _IN_CODES for one, kind in zip(text, kinds, strict=True))
    )


def _level(contract: Contract, row: _Row, name: str) -> int:
    meaning = contract.priorities.get(_need(row, name))
    if meaning is None:
        raise Unusable("unknown_priority", name)
    return meaning.priority


def _block(row: _Row) -> str:
    kept, repairs = to_block(row.text("address"))
    row.repairs += repairs
    return kept


def _locality(contract: Contract, row: _Row) -> str:
    text = row.text("locality")
    if any(map(str.isdigit, text)):  # no town is: an address in the wrong column
        row.repairs.append(LEFT_OUT)
        return ""
    if text in contract.locality_names:
        row.repairs.append("cut_name")
    return contract.locality_names.get(text, text)[:_LONGEST_NAME]


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
        raise Unusable("wrong_place", "lon, lat") from error
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise Unusable("wrong_place", "lon, lat")
    west, south, east, north = contract.bounds
    if not (west <= lon <= east and south <= lat <= north):
        raise Unusable("place_outside", "lon, lat")
    return lon, lat
