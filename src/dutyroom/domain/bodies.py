"""Events to and from the clear bodies that the journal stores."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeAliasType, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from dutyroom.domain import EVENTS
from dutyroom.domain.kernel import Event


class UnreadableEvent(ValueError):
    """A stored body is not what its type says. The message names the type and the field."""


def to_body(event: Event) -> dict[str, object]:
    """The event's clear body: JSON values only, ids as text, tuples as lists."""
    return {field.name: _to_json(getattr(event, field.name)) for field in fields(event)}


def from_body(type_: str, body: Mapping[str, object]) -> Event:
    """The event of a stored type and clear body.

    A field that came later has a default: older bodies lack it. Raises `UnreadableEvent` for an
    unknown type, an unknown or missing field, or a wrong value.
    """
    kind = EVENTS.get(type_)
    if kind is None:
        raise UnreadableEvent(f"unknown event type {type_!r}")
    event: Event = _read_object(body, kind, type_)
    return event


def _to_json(value: Any) -> object:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, tuple):
        return [_to_json(item) for item in value]
    if is_dataclass(value):
        return {field.name: _to_json(getattr(value, field.name)) for field in fields(value)}
    return value


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


@cache
def _required(kind: type) -> frozenset[str]:
    return frozenset(field.name for field in fields(kind) if field.default is MISSING)


def _read_object(value: object, kind: Any, where: str) -> Any:
    if not isinstance(value, Mapping):
        raise UnreadableEvent(f"{where}: expected an object, found {value!r}")
    hints = _hints(kind)
    if unknown := sorted(str(key) for key in value.keys() - hints.keys()):
        raise UnreadableEvent(f"{where}: unknown field {unknown[0]!r}")
    if missing := sorted(_required(kind) - value.keys()):
        raise UnreadableEvent(f"{where}: field {missing[0]!r} is missing")
    return kind(
        **{
            name: _read(value[name], hint, f"{where}.{name}")
            for name, hint in hints.items()
            if name in value
        }
    )


def _read(value: object, hint: Any, where: str) -> object:
    if isinstance(hint, TypeAliasType):
        hint = hint.__value__
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        (hint,) = (arg for arg in get_args(hint) if arg is not type(None))
        return _read(value, hint, where)
    if origin is tuple:
        return _read_tuple(value, get_args(hint), where)
    if origin is Literal:
        if value in get_args(hint):
            return value
    elif is_dataclass(hint):
        return _read_object(value, hint, where)
    elif hint is UUID:
        return _read_uuid(value, where)
    elif hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    elif type(value) is hint:
        return value
    raise UnreadableEvent(f"{where}: {value!r} is not {getattr(hint, '__name__', hint)}")


def _read_tuple(value: object, items: tuple[Any, ...], where: str) -> tuple[object, ...]:
    if not isinstance(value, list | tuple):
        raise UnreadableEvent(f"{where}: expected a list, found {value!r}")
    if items[-1] is Ellipsis:
        items = (items[0],) * len(value)
    if len(items) != len(value):
        raise UnreadableEvent(f"{where}: expected {len(items)} items, found {len(value)}")
    return tuple(_read(item, hint, where) for item, hint in zip(value, items, strict=True))


def _read_uuid(value: object, where: str) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        raise UnreadableEvent(f"{where}: {value!r} is not an id") from None
