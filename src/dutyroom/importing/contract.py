"""Data contracts: what the columns of a file of recorded calls mean. Read from TOML, checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from itertools import takewhile
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dutyroom.core.text import Text
from dutyroom.importing.contract_checks import problems


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
    """One kind of file. ``columns`` maps column names to fields of `FIELDS`; ``also`` and
    ``letters_of`` make further fields of these: the same text, or the letters it begins with."""

    name: str
    version: int
    title: Text
    city: Text
    zone: ZoneInfo
    time_format: str
    columns: Mapping[str, str]
    also: Mapping[str, str]
    letters_of: Mapping[str, str]
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

    def fields_of(self, values: Mapping[str, str]) -> dict[str, str]:
        """The texts of the columns' fields, and of those that are made from them."""
        also = {field: values[source] for field, source in self.also.items()}
        letters = {
            field: "".join(takewhile(str.isalpha, values[source].strip()))
            for field, source in self.letters_of.items()
        }
        return {**values, **also, **letters}

    @property
    def codes(self) -> Mapping[str, Mapping[str, Meaning]]:
        """The coded fields, and what their values mean."""
        return {
            "category": self.categories,
            "first_priority": self.priorities,
            "priority": self.priorities,
            "unit_kind": self.unit_kinds,
            "disposition": self.dispositions,
        }


def shipped() -> list[str]:
    """The names of the contracts that come with the product."""
    folder = resources.files("dutyroom.importing") / "contracts"
    return sorted(Path(one.name).stem for one in folder.iterdir() if one.name.endswith(".toml"))


def load_contract(name: str) -> Contract:
    """A shipped contract by name, or one from a file. Raises `ContractRefused`."""
    if name in shipped():
        source = resources.files("dutyroom.importing") / "contracts" / f"{name}.toml"
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
    """A contract from TOML text. Raises `ContractRefused`, with all that is wrong with it."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ContractRefused(f"{file}: not TOML: {error}. Put the syntax right") from error
    found = problems(data, text)
    if found:
        lines = (f"{file}:{line}: {what}: {do}" for line, what, do in sorted(found))
        raise ContractRefused("\n".join(lines))
    return _build(data, text)


def _build(data: dict[str, Any], text: str) -> Contract:
    checks = data["checks"]
    west, south, east, north = map(float, checks["bounds"])
    levels = tuple(_text(one) for one in data["priority_levels"])
    return Contract(
        name=data["name"],
        version=int(data["version"]),
        title=_text(data["title"]),
        city=_text(data["city"]),
        zone=ZoneInfo(data["time_zone"]),
        time_format=data["time_format"],
        columns=data["columns"],
        also=data.get("also", {}),
        letters_of=data.get("letters_of", {}),
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


def _text(names: dict[str, str]) -> Text:
    return Text(names["en"], names["zh"])


def _priority(one: dict[str, Any]) -> Meaning:
    return _meaning({"code": str(one["level"]), "priority": one["level"], **_without(one, "level")})


def _without(one: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name != key}


def _meaning(one: dict[str, Any]) -> Meaning:
    return Meaning(
        code=one["code"],
        text=_text(one),
        priority=int(one.get("priority", 0)),
        words=tuple(one.get("words", ())),
        capabilities=tuple(one.get("capabilities", ())),
        symbol=one.get("symbol", ""),
    )
