"""The names that people use for what journal entries speak of by id."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import msgspec
from django.contrib.auth import get_user_model

from dutyroom.core.text import Text
from dutyroom.policy.roles import Role
from dutyroom.projections.models import CallView, IncidentView
from dutyroom.projections.rows import read_call

_MOST: Final = 2_000


class NamedMember(msgspec.Struct, frozen=True, kw_only=True):
    """What a member is called."""

    title: Text
    role: Role


@dataclass(frozen=True, slots=True)
class Names:
    """Numbers of incidents and lines of calls by id, members by name."""

    numbers: dict[str, str]
    lines: dict[str, str]
    members: dict[str, NamedMember]


def names_of(entries: Iterable[tuple[str, dict[str, Any]]]) -> Names:
    """Of what entries speak of, by their streams and clear bodies."""
    ids: set[str] = set()
    for stream, body in entries:
        ids.update(_ids(stream.partition(":")[2]))
        ids.update(_ids(body))
    wanted = sorted(ids)[:_MOST]
    calls = CallView.objects.filter(id__in=wanted).values_list("id", "row")
    members: Any = get_user_model().objects.exclude(role="gateway").order_by("name")
    return Names(
        numbers=dict(IncidentView.objects.filter(id__in=wanted).values_list("id", "number")),
        lines={id_: read_call(row).line for id_, row in calls},
        members={one.name: NamedMember(title=one.shown, role=one.role) for one in members},
    )


def _ids(value: Any) -> Iterator[str]:
    """Everything in a clear body that has the form of an id."""
    if isinstance(value, str):
        try:
            yield str(UUID(value))
        except ValueError:
            return
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _ids(inner)
