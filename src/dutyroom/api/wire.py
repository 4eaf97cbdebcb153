"""What comes in from outside: no text and no number that a database can't hold gets any further."""

import json
import math
from collections.abc import Iterator
from typing import Any, Final

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

from dutyroom.core.text import Text

LARGEST: Final = (1 << 63) - 1
DEEPEST: Final = 32
_LONGEST_INTEGER: Final = 20
"""Characters; anything longer is beyond 63 bits, and isn't worth working out."""

_ALL_WHOLE: Final = 1 << 53
"""From here on a float stands for several integers."""


class WrongField(ValueError):
    """422: the value of ``field`` can't be kept."""

    def __init__(self, field: str, message: Text) -> None:
        super().__init__(message.en)
        self.field, self.message = field, message


class StrictParser(Parser):
    """Reads bodies and query strings. Raises `WrongField`."""

    def parse_body(self, request: HttpRequest) -> Any:
        text = request.body.decode(json.detect_encoding(request.body), "surrogatepass")
        found = _DECODER.decode(text)
        for field, message in _problems(found, (), 0):
            raise WrongField(field, message)
        return found

    def parse_querydict(
        self, data: "MultiValueDict[str, str]", list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        for name in data:
            for value in data.getlist(name):
                if not _can_be_kept(name + value):
                    raise WrongField(_name((name,)), _BAD_TEXT)
        return super().parse_querydict(data, list_fields, request)


_BAD_TEXT: Final = Text(
    "Text may not hold NUL or half a character (a lone surrogate)",
    "文本不能含有空字符或不完整的字符",
)
_BAD_NUMBER: Final = Text(
    "Numbers must be finite, and integers within 63 bits",
    "数字应为有限值，整数不能超过 63 位二进制",
)
_TOO_DEEP: Final = Text(f"Nothing is nested more than {DEEPEST} deep", f"嵌套不能超过 {DEEPEST} 层")


def _integer(text: str) -> int | float:
    return int(text) if len(text) <= _LONGEST_INTEGER else math.inf


def _float(text: str) -> int | float:
    """2.0 and 1e3 are whole numbers, too: some senders have no others."""
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < _ALL_WHOLE else number


_DECODER: Final = json.JSONDecoder(parse_int=_integer, parse_float=_float)
"""`json.loads` would make one for each body, which takes longer than reading a small one."""


def _problems(value: Any, path: tuple[str, ...], depth: int) -> Iterator[tuple[str, Text]]:
    if isinstance(value, str):
        if not _can_be_kept(value):
            yield _name(path), _BAD_TEXT
    elif isinstance(value, int):
        if not -LARGEST <= value <= LARGEST:
            yield _name(path), _BAD_NUMBER
    elif isinstance(value, float):
        if not math.isfinite(value):
            yield _name(path), _BAD_NUMBER
    elif value is not None and depth >= DEEPEST:
        yield _name(path), _TOO_DEEP
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not _can_be_kept(key):
                yield _name((*path, key)), _BAD_TEXT
            yield from _problems(inner, (*path, key), depth + 1)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _problems(inner, (*path, str(index)), depth + 1)


def _can_be_kept(text: str) -> bool:
    if "\x00" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _name(path: tuple[str, ...]) -> str:
    """The field, itself in a form that can be sent."""
    return ".".join(path).encode(errors="replace").decode().replace("\x00", "?") or "body"
