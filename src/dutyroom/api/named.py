"""The names that people use for what journal entries speak of by id."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final
from uuid import UUID

from django.contrib.auth import get_user_model

from dutyroom.projections.models import CallView, IncidentView

_MOST: Final = 2_000


def names_of(entries: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """For entries as they are shown: ``numbers`` of incidents, ``lines`` of calls, ``members``."""
    ids: set[str] = set()
    for entry in entries:
        ids.update(_ids(entry["stream"].partition(":")[2]))
        ids.update(_ids(entry["body"]))
    wanted = sorted(ids)[:_MOST]
    calls = CallView.objects.filter(id__in=wanted).values_list("id", "row")
    members: Any = get_user_model().objects.exclude(role="gateway").order_by("name")
    return {
        "numbers": dict(IncidentView.objects.filter(id__in=wanted).values_list("id", "number")),
        "lines": {id_: json.loads(row)["line"] for id_, row in calls},
        "members": {one.name: {"title": asdict(one.shown), "role": one.role} for one in members},
    }


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
