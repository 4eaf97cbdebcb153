"""JSON that knows its lines: values by the standard decoder, places of entries only on demand."""

import json
import pathlib
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from dutyroom.reading.problems import PackRefused, Problem, ProblemList

Path = tuple[str | int, ...]
"""The way to a value from the top: keys of objects and places in lists."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


class _NotANumberError(ValueError):
    pass


def read_json(path: pathlib.Path, problems: ProblemList, remedy: str) -> "JsonFile":
    """The file at a path. PackRefused with the remedy if there is none that can be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PackRefused((Problem(str(path), None, f"can't be read: {error}", remedy),)) from None
    return JsonFile(path.name, text, problems)


class JsonFile:
    """One JSON file being checked; ``value`` is None when it could not be decoded."""

    def __init__(self, name: str, text: str, problems: ProblemList) -> None:
        self.name = name
        self.problems = problems
        self._text = text
        self._lines: Mapping[Path, int] | None = None
        self.value: Any = None
        try:
            self.value = json.loads(
                text, parse_constant=_refuse_constant, object_pairs_hook=self._pairs
            )
        except _NotANumberError as error:
            line = _line_of_constant(text, str(error))
            problems.add(name, line, f"{error} is not a number", "Write a finite number")
        except json.JSONDecodeError as error:
            problems.add(name, error.lineno, f"not JSON: {error.msg}", "Put the syntax right")
        except RecursionError:
            problems.add(name, None, "nested too deeply", "Use the structure of the reference")

    def line_of(self, path: Path) -> int:
        """The line on which the value of a path begins, or of the nearest entry around it."""
        if self._lines is None:
            self._lines = _lines_of(self._text)
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def problem(self, path: Path, message: str, remedy: str) -> None:
        """Note a problem at a path."""
        self.problems.add(self.name, self.line_of(path), message, remedy)

    def _pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            line = _line_of_second(self._text, twice)
            self.problems.add(
                self.name, line, f'"{twice}" is given twice', "Keep one of the two entries"
            )
        return found


def _refuse_constant(constant: str) -> NoReturn:
    raise _NotANumberError(constant)


def _line_of_constant(text: str, constant: str) -> int:
    for match in _TOKEN.finditer(text):
        if match.group() == constant:
            return text.count("\n", 0, match.start()) + 1
    return 1


def _line_of_second(text: str, key: str) -> int:
    """The line of the first repetition of a key within one object."""
    seen: list[set[str]] = []
    mark = ""
    start = 0
    for match in _TOKEN.finditer(text):
        before, before_start = mark, start
        mark, start = match.group(), match.start()
        if mark in "{[":
            seen.append(set())
        elif mark in "}]" and seen:
            seen.pop()
        elif mark == ":" and seen:
            if before in seen[-1] and json.loads(before) == key:
                return text.count("\n", 0, before_start) + 1
            seen[-1].add(before)
    return 1


def _lines_of(text: str) -> dict[Path, int]:
    """The line of every value of a valid JSON text. Slow, so it runs only when something is wrong.

    Each open container holds its path, its kind and the key or index that comes next.
    """
    lines: dict[Path, int] = {}
    stack: list[tuple[Path, bool]] = []
    steps: list[str | int] = []
    line, position = 1, 0
    waiting_for_key = False
    for match in _TOKEN.finditer(text):
        line += text.count("\n", position, match.start())
        position = match.start()
        mark = match.group()
        if mark in ("}", "]"):
            stack.pop()
            steps.pop()
            waiting_for_key = False
        elif mark == ",":
            step = steps[-1]
            if isinstance(step, int):
                steps[-1] = step + 1
            waiting_for_key = stack[-1][1]
        elif mark == ":":
            waiting_for_key = False
        elif waiting_for_key:
            steps[-1] = str(json.loads(mark))
            lines[(*stack[-1][0], steps[-1])] = line
        else:
            path = (*stack[-1][0], steps[-1]) if stack else ()
            lines.setdefault(path, line)
            if mark in ("{", "["):
                stack.append((path, mark == "{"))
                steps.append("" if mark == "{" else 0)
                waiting_for_key = mark == "{"
    return lines
