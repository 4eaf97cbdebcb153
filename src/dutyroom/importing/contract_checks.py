"""What must hold in a contract before it is used; each problem names its line and the remedy."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dutyroom.importing.fields import FIELDS, NEEDED

type Problem = tuple[int, str, str]
"""Line, what is the matter, what to do."""

_PARTS: Final[Mapping[str, type[Any]]] = {
    "name": str,
    "version": int,
    "title": dict,
    "city": dict,
    "time_zone": str,
    "time_format": str,
    "columns": dict,
    "checks": dict,
    "priority_levels": list,
    "priorities": dict,
    "categories": list,
    "unit_kinds": list,
    "capability_names": dict,
    "dispositions": dict,
}
_OPTIONAL: Final[Mapping[str, type[Any]]] = dict.fromkeys(
    ("also", "letters_of", "unit_prefix", "locality_names", "zone_names"), dict
)
_NAMES: Final = {"en": str, "zh": str}
_ENTRIES: Final[Mapping[str, Mapping[str, type[Any]]]] = {
    "priority_levels": _NAMES,
    "priorities": {"level": int, **_NAMES},
    "categories": {"value": str, "code": str, **_NAMES, "priority": int, "words": list},
    "unit_kinds": {"value": str, "code": str, **_NAMES, "capabilities": list, "symbol": str},
    "capability_names": _NAMES,
    "dispositions": {"code": str, **_NAMES},
}
_CHECKS: Final = {"bounds": list, "longest_wait_s": int, "longest_step_s": int}
_TEXT_LISTS: Final = ("words", "capabilities")
_KINDS: Final = {str: "a text", int: "a whole number", dict: "a table", list: "a list"}
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def is_name(name: str) -> bool:
    """Whether a contract or dataset may be called so: it becomes the name of a folder."""
    return _NAME.fullmatch(name) is not None and name != "demo"


def problems(data: Mapping[str, Any], text: str) -> list[Problem]:
    """All that is wrong with a contract; ``text`` is what it was read from."""
    lines = _Lines(text)
    found = list(_shape(data, lines))
    if not found:
        found = [*_values(data, lines), *_references(data, lines)]
    if _is_table(data, "columns"):
        made = [data[part] for part in ("also", "letters_of") if _is_table(data, part)]
        found += _columns(data["columns"], {field for part in made for field in part}, lines)
        found += _derived(data, lines)
    return found


class _Lines:
    """Finds the line of a key, so that a problem can name it (TOML readers forget lines)."""

    def __init__(self, text: str) -> None:
        self._lines = [line.strip() for line in text.splitlines()]

    def of(self, key: str, part: str = "", nth: int = 0) -> int:
        """The line of a key of a part; of the ``nth`` entry where the part is a list of tables."""
        start = self._find(re.compile(rf"\[+{re.escape(part)}\]+"), 0, nth) if part else 0
        name = re.escape(key)
        return self._find(re.compile(rf"""\[*["']?{name}["']?\]*\s*(=|$|#)"""), start, 0) + 1

    def _find(self, pattern: re.Pattern[str], start: int, nth: int) -> int:
        found = [n for n, line in enumerate(self._lines) if n >= start and pattern.match(line)]
        return found[nth] if nth < len(found) else start


def _shape(data: Mapping[str, Any], lines: _Lines) -> Iterator[Problem]:
    """Parts and keys are a closed list, and each is of its kind."""
    yield from _keys(data, _PARTS, _OPTIONAL, lines, "", 0)
    for part, keys in _ENTRIES.items():
        entries = data.get(part)
        if isinstance(entries, dict | list):
            if not entries:
                yield lines.of(part), f"{part} is empty", "add at least one entry"
            named = entries.items() if isinstance(entries, dict) else enumerate(entries)
            for name, entry in named:
                yield from _entry(entry, keys, lines, part, name)
    for part, keys in (("title", _NAMES), ("city", _NAMES), ("checks", _CHECKS)):
        if _is_table(data, part):
            yield from _keys(data[part], keys, {}, lines, part if part == "checks" else "", 0)
    for part in ("columns", *_OPTIONAL):
        for key, value in data[part].items() if _is_table(data, part) else ():
            if not isinstance(value, str):
                yield lines.of(key, part), f"{key!r} of {part} is not a text", "quote it"


def _entry(
    entry: Any, keys: Mapping[str, type[Any]], lines: _Lines, part: str, name: str | int
) -> Iterator[Problem]:
    """One entry of a part, by its number or by its key; the latter is all on one line."""
    if not isinstance(entry, dict):
        yield lines.of(str(name), part), f"{name!r} of {part} is no table", "write { ... }"
    elif isinstance(name, int):
        yield from _keys(entry, keys, {}, lines, part, name)
    else:
        for _, what, remedy in _keys(entry, keys, {}, lines, "", 0):
            yield lines.of(name, part), what, remedy


def _is_table(data: Mapping[str, Any], part: str) -> bool:
    return isinstance(data.get(part), dict)


def _keys(
    entry: Mapping[str, Any],
    needed: Mapping[str, type[Any]],
    allowed: Mapping[str, type[Any]],
    lines: _Lines,
    part: str,
    nth: int,
) -> Iterator[Problem]:
    of = f" of {part}" if part else ""
    for key in entry.keys() - needed.keys() - allowed.keys():
        yield lines.of(key, part, nth), f"there is no {key!r}{of}", "remove it"
    for key, kind in {**needed, **allowed}.items():
        if key not in entry:
            if key in needed:
                yield lines.of(part, part, nth) if part else 1, f"{key!r}{of} is missing", "add it"
            continue
        value: Any = entry[key]
        if not isinstance(value, kind) or isinstance(value, bool):
            yield lines.of(key, part, nth), f"{key!r}{of} is not {_KINDS[kind]}", "correct it"
        elif key in _TEXT_LISTS and not all(isinstance(one, str) for one in value):
            yield lines.of(key, part, nth), f"{key!r}{of} is not a list of texts", "quote each"
        elif key in ("en", "zh", "code") and not value.strip():
            yield lines.of(key, part, nth), f"{key!r}{of} is empty", "fill it in"


def _derived(data: Mapping[str, Any], lines: _Lines) -> Iterator[Problem]:
    """Fields that are made from others: of columns, and of nothing that has a column itself."""
    mapped = {one for one in data["columns"].values() if isinstance(one, str)}
    for part in ("also", "letters_of"):
        for field, source in data[part].items() if _is_table(data, part) else ():
            here = lines.of(field, part)
            if field not in FIELDS or field in mapped:
                yield here, f"{field!r} of {part} is no field without a column", "remove it"
            elif source not in mapped:
                yield here, f"{part} takes {field!r} from {source!r}, which has no column", "map it"


def _columns(
    columns: Mapping[str, Any], made: AbstractSet[str], lines: _Lines
) -> Iterator[Problem]:
    choice = f"choose one of {', '.join(sorted(FIELDS))}, or leave the column out"
    for column, field in columns.items():
        here = lines.of(column, "columns")
        if not isinstance(field, str) or field not in FIELDS:
            yield here, f"column {column!r} can't be mapped to {field!r}", choice
    for field, times in Counter(map(str, columns.values())).items():
        if times > 1:
            last = [column for column, one in columns.items() if one == field][-1]
            yield lines.of(last, "columns"), f"two columns are mapped to {field!r}", "keep one"
    for field in NEEDED:
        if field not in columns.values() and field not in made:
            yield lines.of("columns"), f"no column is mapped to {field!r}", "add one"


def _values(data: Mapping[str, Any], lines: _Lines) -> Iterator[Problem]:
    if not is_name(data["name"]):
        yield lines.of("name"), "not a name", "use small letters, digits and hyphens, not `demo`"
    try:
        ZoneInfo(data["time_zone"])
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone = data["time_zone"]
        yield lines.of("time_zone"), f"unknown time zone {zone!r}", 'write one like "Asia/Shanghai"'
    form = data["time_format"]
    moment = datetime(2018, 1, 15, 21, 43, tzinfo=UTC).replace(tzinfo=None)
    try:
        complete = datetime.strptime(moment.strftime(form), form) == moment  # noqa: DTZ007 (of no zone)
    except ValueError:
        complete = False
    if not complete:
        yield lines.of("time_format"), "it doesn't hold a whole time", "write date, hour and minute"
    yield from _limits(data["checks"], lines)


def _limits(checks: Mapping[str, Any], lines: _Lines) -> Iterator[Problem]:
    bounds = checks["bounds"]
    good = len(bounds) == 4 and all(
        isinstance(one, int | float) and not isinstance(one, bool) for one in bounds
    )
    if not good or not (
        -180 <= bounds[0] < bounds[2] <= 180 and -90 <= bounds[1] < bounds[3] <= 90
    ):
        yield lines.of("bounds", "checks"), "not an area", "write [west, south, east, north]"
    for key in ("longest_wait_s", "longest_step_s"):
        if checks[key] <= 0:
            yield lines.of(key, "checks"), f"{key} is not above 0", "write seconds"


def _references(data: Mapping[str, Any], lines: _Lines) -> Iterator[Problem]:
    """Levels, capabilities and kinds that are named must be there."""
    levels = range(1, len(data["priority_levels"]) + 1)
    remedy = f"write one of 1 to {len(levels)}, or add a level"
    for value, one in data["priorities"].items():
        if one["level"] not in levels:
            yield lines.of(value, "priorities"), f"there is no level {one['level']}", remedy
    for nth, one in enumerate(data["categories"]):
        if one["priority"] not in levels:
            here = lines.of("priority", "categories", nth)
            yield here, f"there is no level {one['priority']}", remedy
    for nth, one in enumerate(data["unit_kinds"]):
        for capability in one["capabilities"] or [""]:
            if capability not in data["capability_names"]:
                here = lines.of("capabilities", "unit_kinds", nth)
                yield here, f"there is no capability {capability!r}", "add it to capability_names"
    for part in ("categories", "unit_kinds"):
        values = [one["value"] for one in data[part]]
        for nth, value in enumerate(values):
            if value in values[:nth]:
                yield lines.of("value", part, nth), f"{value!r} is given twice", "keep one"
    for kind in data.get("unit_prefix", {}):
        if kind not in {one["value"] for one in data["unit_kinds"]}:
            yield (
                lines.of(kind, "unit_prefix"),
                f"there is no kind {kind!r}",
                "name a unit_kinds value",
            )
    if "other" not in {one["code"] for one in data["dispositions"].values()}:
        yield lines.of("dispositions"), "no disposition has the code 'other'", "add one"
