"""Data contracts: what the columns of a file of recorded calls mean. Read from TOML, checked."""

import re
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
        "incident_id",
        "unit_id",
        "unit_kind",
        "category",
        "first_priority",
        "priority",
        "disposition",
        "address",
        "locality",
        "zone",
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
        "locality_names",
        "priorities",
        "priority_levels",
        "categories",
        "unit_kinds",
        "capability_names",
        "dispositions",
        "zone_names",
    }
)
_MEANING: Final = frozenset(
    {"value", "code", "en", "zh", "priority", "words", "capabilities", "symbol"}
)
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class ContractRefused(Exception):
    """The contract can't be used: names file, line and remedy."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a value of a coded column means. ``priority`` is a level; 1 is the most urgent."""

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
    locality_names: Mapping[str, str]
    priorities: Mapping[str, Meaning]
    priority_levels: tuple[Text, ...]
    categories: Mapping[str, Meaning]
    unit_kinds: Mapping[str, Meaning]
    capability_names: Mapping[str, Text]
    dispositions: Mapping[str, Meaning]
    zone_names: Mapping[str, str]
    text: str
    """The contract as it was written: it is kept beside the data."""

    def field_of(self, field: str) -> str | None:
        """The column that is mapped to a field."""
        return next((column for column, name in self.columns.items() if name == field), None)


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
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContractRefused(f"{file} can't be read as UTF-8 text: {error}") from error
    return parse_contract(text, str(file))


def parse_contract(text: str, file: str) -> Contract:
    """A contract from TOML text. Raises `ContractRefused`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ContractRefused(f"{file}: not TOML: {error}. Put the syntax right") from error
    _check(data, text, file)
    try:
        return _build(data, text)
    except (KeyError, TypeError, ValueError, AttributeError, ZoneInfoNotFoundError) as error:
        raise ContractRefused(
            f"{file}: {error} is missing or wrong; see docs/reference/contracts.md"
        ) from error


def _check(data: dict[str, Any], text: str, file: str) -> None:
    for part in data.keys() - _PARTS:
        raise ContractRefused(f"{file}:{_line(text, part)}: unknown part {part!r}: remove it")
    if not _NAME.fullmatch(str(data.get("name", ""))):
        raise ContractRefused(
            f"{file}:{_line(text, 'name')}: the name must be small letters, digits and hyphens"
        )
    columns = data.get("columns", {})
    for column, field in columns.items():
        if field not in FIELDS:
            raise ContractRefused(
                f"{file}:{_line(text, column)}: column {column!r} can't be mapped to {field!r}: "
                f"choose one of {', '.join(sorted(FIELDS))}, or leave the column out"
            )
        if list(columns.values()).count(field) > 1:
            raise ContractRefused(
                f"{file}:{_line(text, column)}: two columns are mapped to {field!r}: keep one"
            )
    for field in NEEDED:
        if field not in columns.values():
            raise ContractRefused(
                f"{file}:{_line(text, '[columns]')}: no column is mapped to {field!r}: add one"
            )


def is_name(name: str) -> bool:
    """Whether a contract or dataset may be called so: it becomes the name of a folder."""
    return _NAME.fullmatch(name) is not None and name != "demo"


def _line(text: str, word: str) -> int:
    """The line that begins with a key, bare or quoted, or with a table's header."""
    starts = (word, f'"{word}"', f"'{word}'", f"[{word}]", f"[[{word}]]")
    lines = text.splitlines()
    return next((n for n, line in enumerate(lines, 1) if line.strip().startswith(starts)), 1)


def _build(data: dict[str, Any], text: str) -> Contract:
    checks = data["checks"]
    west, south, east, north = map(float, checks["bounds"])
    levels = tuple(_text(one) for one in data["priority_levels"])
    contract = Contract(
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
        locality_names=data.get("locality_names", {}),
        priorities={value: _priority(one) for value, one in data["priorities"].items()},
        priority_levels=levels,
        categories={one["value"]: _meaning(one) for one in data["categories"]},
        unit_kinds={one["value"]: _meaning(one) for one in data["unit_kinds"]},
        capability_names={c: _text(t) for c, t in data["capability_names"].items()},
        dispositions={value: _meaning(one) for value, one in data["dispositions"].items()},
        zone_names=data.get("zone_names", {}),
        text=text,
    )
    for one in (*contract.categories.values(), *contract.priorities.values()):
        if not 1 <= one.priority <= len(levels):
            raise ValueError(f"the priority {one.priority} of {one.code!r} has no level: it")
    return contract


def _text(names: dict[str, str]) -> Text:
    return Text(names["en"], names["zh"])


def _priority(one: dict[str, Any]) -> Meaning:
    return _meaning({"code": str(one["level"]), "priority": one["level"], **_without(one, "level")})


def _without(one: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name != key}


def _meaning(one: dict[str, Any]) -> Meaning:
    if unknown := one.keys() - _MEANING:
        raise ValueError(f"the key {min(unknown)!r}, which no entry has: it")
    return Meaning(
        code=one["code"],
        text=_text(one),
        priority=int(one.get("priority", 0)),
        words=tuple(one.get("words", ())),
        capabilities=tuple(one.get("capabilities", ())),
        symbol=one.get("symbol", ""),
    )
