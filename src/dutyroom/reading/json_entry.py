"""One object of a JSON file being read: typed getters that note a problem and carry on."""

from collections.abc import Iterable, Iterator
from math import isfinite
from typing import Any

from dutyroom.core.text import Text
from dutyroom.reading.json_file import JsonFile, Path


class Entry:
    """An object at a path. Keys outside the closed list given at the start are refused."""

    def __init__(
        self, file: JsonFile, path: Path, required: Iterable[str], optional: Iterable[str] = ()
    ) -> None:
        self.file = file
        self.path = path
        value = _at(file.value, path)
        self.value: dict[str, Any] = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            if file.value is not None:
                file.problem(path, f"{_name(path)} must be an object", "Write { ... }")
            return
        required = tuple(required)
        for key in required:
            if key not in value:
                file.problem(path, f'"{key}" is missing', f'Add "{key}"')
        known = {*required, *optional}
        for key in value:
            if key not in known:
                allowed = ", ".join(sorted(known))
                file.problem(
                    (*path, key), f'unknown key "{key}"', f"Remove it; known keys: {allowed}"
                )

    def has(self, key: str) -> bool:
        return key in self.value

    def problem(self, key: str, message: str, remedy: str) -> None:
        """Note a problem with the value of a key."""
        self.file.problem((*self.path, key), message, remedy)

    def string(self, key: str) -> str:
        """A text that isn't blank; "" after a problem."""
        value = self.value.get(key)
        if isinstance(value, str) and value.strip():
            return value
        if key in ("en", "zh") and value in (None, "") and key in self.value:
            self.problem(key, f'the translation "{key}" is empty', f'Write the text for "{key}"')
        elif key in self.value:
            self.problem(key, f'"{key}" must be a text', "Write a text that is not blank")
        return ""

    def texts(self) -> Text:
        """The pair of the keys ``en`` and ``zh`` of this object."""
        return Text(self.string("en"), self.string("zh"))

    def text(self, key: str) -> Text:
        """A pair ``{"en": ..., "zh": ...}`` under a key."""
        if key not in self.value:
            return Text("", "")
        return Entry(self.file, (*self.path, key), ("en", "zh")).texts()

    def number(self, key: str, low: float, high: float, otherwise: float = 0.0) -> float:
        """A finite number within limits; ``otherwise`` after a problem."""
        value = self.value.get(key)
        if key not in self.value:
            return otherwise
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            self.problem(key, f'"{key}" must be a number', "Write a finite number")
            return otherwise
        if not low <= value <= high:
            self.problem(key, f'"{key}" is {value:g}', f"Write a number from {low:g} to {high:g}")
            return otherwise
        return float(value)

    def integer(self, key: str, low: int, high: int, otherwise: int = 1) -> int:
        """A whole number within limits."""
        value = self.value.get(key)
        if key in self.value and (isinstance(value, bool) or not isinstance(value, int)):
            self.problem(key, f'"{key}" must be a whole number', "Write a number without a point")
            return otherwise
        return int(self.number(key, low, high, otherwise))

    def flag(self, key: str) -> bool:
        """true or false; false where it is left out."""
        value = self.value.get(key, False)
        if not isinstance(value, bool):
            self.problem(key, f'"{key}" must be true or false', "Write true or false")
            return False
        return value

    def items(self, key: str) -> list[Any]:
        """A list; empty after a problem."""
        value = self.value.get(key, [])
        if not isinstance(value, list):
            self.problem(key, f'"{key}" must be a list', "Write [ ... ]")
            return []
        return value

    def entries(
        self, key: str, required: Iterable[str], optional: Iterable[str] = ()
    ) -> Iterator["Entry"]:
        """The objects of a list under a key."""
        for index in range(len(self.items(key))):
            yield Entry(self.file, (*self.path, key, index), required, optional)


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _name(path: Path) -> str:
    return f'"{path[-1]}"' if path and isinstance(path[-1], str) else "the entry"
