"""Data contracts: what the columns of a file of recorded calls mean. Read from TOML, checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dutyroom.core.text import Text

TIMES: Final = (
    "received_at",
    "entered_at",
    "dispatched_at",
    "en_route_at",
    "on_scene_at",
    "transport_at",
    "at_facility_at",
    "cleared_at",
)
"""In the order in which they happen."""
FIELDS: Final = frozenset(
    {
        "row_id",
        "call_id",
        "unit_id",
        "unit_kind",
        "category",
        "priority",
        "disposition",
        "address",
        "station_area",
        "als",
        "lon",
        "lat",
        *TIMES,
    }
)
"""What a column may be mapped to. The list is closed: nothing about a person is in it."""
NEEDED: Final = (
    "row_id",
    "call_id",
    "unit_id",
    "unit_kind",
    "category",
    "priority",
    "received_at",
    "dispatched_at",
    "cleared_at",
    "lon",
    "lat",
)
_PARTS: Final = frozenset(
    {
        "name",
        "version",
        "title",
        "city",
        "time_zone",
        "time_format",
        "columns",
        "checks",
        "unit_prefix",
        "priorities",
        "categories",
        "unit_kinds",
        "capability_names",
        "dispositions",
        "zone_names",
    }
)


class ContractRefused(Exception):
    """The contract can't be used: names file, line and remedy."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a value of a coded column means."""

    code: str
    text: Text
    priority: int = 0
    words: tuple[str, ...] = ()
    capabilities: tuple[str, ...] = ()
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """One kind of file. ``columns`` maps column names to fields of `FIELDS`."""

    name: str
    version: int
    title: Text
    city: Text
    zone: ZoneInfo
    time_format: str
    columns: Mapping[str, str]
    bounds: tuple[float, float, float, float]
    longest_wait_s: int
    longest_step_s: int
    unit_prefix: Mapping[str, str]
    priorities: Mapping[str, int]
    categories: Mapping[str, Meaning]
    unit_kinds: Mapping[str, Meaning]
    capability_names: Mapping[str, Text]
    dispositions: Mapping[str, Meaning]
    zone_names: Mapping[str, str]


def shipped() -> list[str]:
    """The names of the contracts that come with the product."""
    folder = resources.files("dutyroom.intake") / "contracts"
    return sorted(Path(one.name).stem for one in folder.iterdir() if one.name.endswith(".toml"))


def load_contract(name: str) -> Contract:
    """A shipped contract by name, or one from a file. Raises `ContractRefused`."""
    if name in shipped():
        source = resources.files("dutyroom.intake") / "contracts" / f"{name}.toml"
        return parse_contract(source.read_text(encoding="utf-8"), f"{name}.toml")
    file = Path(name)
    if not file.is_file():
        raise ContractRefused(
            f"there is no contract {name!r}: give a file, or one of {', '.join(shipped())}"
        )
    return parse_contract(file.read_text(encoding="utf-8"), str(file))


def parse_contract(text: str, file: str) -> Contract:
    """A contract from TOML text. Raises `ContractRefused`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ContractRefused(f"{file}: {error}") from error
    _check(data, text, file)
    try:
        return _build(data)
    except (KeyError, TypeError, ValueError, ZoneInfoNotFoundError) as error:
        raise ContractRefused(
            f"{file}: {error!r} is missing or wrong; see docs/reference/contracts.md"
        ) from error


def _check(data: dict[str, Any], text: str, file: str) -> None:
    for part in data.keys() - _PARTS:
        raise ContractRefused(f"{file}:{_line(text, part)}: unknown part {part!r}: remove it")
    columns = data.get("columns", {})
    for column, field in columns.items():
        if field not in FIELDS:
            raise ContractRefused(
                f"{file}:{_line(text, column)}: column {column!r} can't be mapped to {field!r}: "
                f"choose one of {', '.join(sorted(FIELDS))}, or leave the column out"
            )
    for field in NEEDED:
        if field not in columns.values():
            raise ContractRefused(
                f"{file}:{_line(text, '[columns]')}: no column is mapped to {field!r}: add one"
            )


def _line(text: str, word: str) -> int:
    lines = text.splitlines()
    return next((n for n, line in enumerate(lines, 1) if line.strip().startswith(word)), 1)


def _build(data: dict[str, Any]) -> Contract:
    checks = data["checks"]
    west, south, east, north = map(float, checks["bounds"])
    return Contract(
        name=data["name"],
        version=int(data["version"]),
        title=_text(data["title"]),
        city=_text(data["city"]),
        zone=ZoneInfo(data["time_zone"]),
        time_format=data["time_format"],
        columns=data["columns"],
        bounds=(west, south, east, north),
        longest_wait_s=int(checks["longest_wait_s"]),
        longest_step_s=int(checks["longest_step_s"]),
        unit_prefix=data.get("unit_prefix", {}),
        priorities={str(value): int(level) for value, level in data["priorities"].items()},
        categories={one["value"]: _meaning(one) for one in data["categories"]},
        unit_kinds={one["value"]: _meaning(one) for one in data["unit_kinds"]},
        capability_names={c: _text(t) for c, t in data["capability_names"].items()},
        dispositions={value: _meaning(one) for value, one in data["dispositions"].items()},
        zone_names=data.get("zone_names", {}),
    )


def _text(names: dict[str, str]) -> Text:
    return Text(names["en"], names["zh"])


def _meaning(one: dict[str, Any]) -> Meaning:
    return Meaning(
        code=one["code"],
        text=_text(one),
        priority=int(one.get("priority", 0)),
        words=tuple(one.get("words", ())),
        capabilities=tuple(one.get("capabilities", ())),
        symbol=one.get("symbol", ""),
    )
