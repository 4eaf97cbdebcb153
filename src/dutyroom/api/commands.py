"""Request schemas made from the commands of the domain: one truth for fields and types.

Every text has a longest length, numbers are finite, unknown fields are refused, so that a
malformed request names the field. Numbers are numbers: "5" and true are none.
"""

import dataclasses
from collections.abc import Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, create_model

from dutyroom.api.wire import LARGEST
from dutyroom.domain.values import Sealed

LONGEST_TEXT: Final = 4_000
LONGEST_WORD: Final = 200
LONGEST_LIST: Final = 60
_PLAIN: Final = frozenset({str, int, float, bool, UUID})
_TEXTS: Final = frozenset({"text", "advice"})
_RANGES: Final[Mapping[str, tuple[float, float]]] = {
    "lon": (-180, 180),
    "lat": (-90, 90),
    "priority": (1, 9),
    "count": (1, 50),
    "at_ms": (0, 1 << 47),
}


class Strict(BaseModel):
    """A schema that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class Envelope(Strict):
    """What every action carries around its command."""

    action: UUID
    occurred_at_ms: Annotated[int, Field(ge=0, le=1 << 47, strict=True)] | None = None


def request_schema(command: type[Any]) -> type[Envelope]:
    """The request body for one verb."""
    fields: Any = {"command": (_schema(command), ...)}
    return create_model(f"{command.__name__}Request", __base__=Envelope, **fields)


def as_command(command: type[Any], checked: Any) -> Any:
    """The domain's command from a checked schema of `request_schema`."""
    return _revive(command, checked.command)


_SCHEMAS: dict[type[Any], type[Strict]] = {}


def _schema(cls: type[Any]) -> type[Strict]:
    if cls not in _SCHEMAS:
        hints = get_type_hints(cls)
        fields: dict[str, Any] = {}
        for item in dataclasses.fields(cls):
            kind = _kind(hints[item.name], item.name)
            default = ... if item.default is dataclasses.MISSING else item.default
            if dataclasses.is_dataclass(default):
                default = _schema(type(default))()
            fields[item.name] = (kind, default)
        _SCHEMAS[cls] = create_model(cls.__name__, __base__=Strict, **fields)
    return _SCHEMAS[cls]


def _kind(hint: Any, name: str) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if origin is Sealed:
        return _kind(args[0], name)
    if origin in (Union, UnionType):
        return _kind(next(arg for arg in args if arg is not NoneType), name) | None
    if origin is tuple:
        return Annotated[_tuple_of(args, name), Field(max_length=LONGEST_LIST)]
    if hint is str:
        longest = LONGEST_TEXT if name in _TEXTS else LONGEST_WORD
        # NUL can not be kept by every database.
        return Annotated[str, Field(max_length=longest, pattern="^[^\\x00]*$")]
    if hint in (int, float) and name in _RANGES:
        low, high = _RANGES[name]
        return Annotated[hint, Field(ge=low, le=high, strict=True)]
    if hint is bool:
        return Annotated[bool, Field(strict=True)]
    if hint is int:
        return Annotated[int, Field(ge=-LARGEST, le=LARGEST, strict=True)]
    if hint is float:
        return Annotated[float, Field(strict=True)]
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _schema(hint)
    assert origin is Literal or hint is UUID, hint
    return hint


def _tuple_of(args: tuple[Any, ...], name: str) -> Any:
    kinds = tuple(arg if arg is Ellipsis else _kind(arg, name) for arg in args)
    return tuple.__class_getitem__(kinds)


def _revive(cls: Any, checked: Any) -> Any:
    values = ((name, hint, getattr(checked, name)) for name, hint in _hints(cls))
    return cls(**{n: v if hint is None else _revive_value(hint, v) for n, hint, v in values})


@cache
def _hints(cls: type) -> tuple[tuple[str, Any], ...]:
    """The fields with their types, None where a value is as it comes: asked for with each request,
    worked out once."""
    hints = get_type_hints(cls)
    names = [item.name for item in dataclasses.fields(cls)]
    return tuple((name, None if _is_plain(hints[name]) else hints[name]) for name in names)


def _is_plain(hint: Any) -> bool:
    if get_origin(hint) is Sealed:
        return _is_plain(get_args(hint)[0])
    return hint in _PLAIN or get_origin(hint) is Literal


def _revive_value(hint: Any, value: Any) -> Any:
    if get_origin(hint) is Sealed:
        return _revive_value(get_args(hint)[0], value)
    if isinstance(value, tuple) and get_args(hint)[1:] == (Ellipsis,):
        return tuple(_revive_value(get_args(hint)[0], item) for item in value)
    if isinstance(value, Strict):
        kind = next((arg for arg in get_args(hint) if arg is not NoneType), hint)
        return _revive(kind, value)
    return value
