"""A number sent as text, or true for 1, is refused by name: nothing is guessed from another kind."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pydantic import BaseModel
from tests.api.test_role_matrix import WRITE_ROUTES, body_for
from tests.harness.rooms import TestRoom

KINDS = ("int", "float", "bool")


def bodies() -> Iterator[tuple[str, type[BaseModel]]]:
    """The address and the body of every route that has one."""
    from dutyroom.api.router import api

    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for model in operation.models:
                    if model.__ninja_param_source__ == "body":
                        yield f"{prefix}{path}", model


def guessing(schema: Any, strict: bool = False, field: str = "") -> Iterator[tuple[str, str]]:
    """Fields of a schema that make a number, or yes and no, of something else."""
    if isinstance(schema, list | tuple):
        for one in schema:
            yield from guessing(one, strict, field)
    if not isinstance(schema, dict):
        return
    strict = schema.get("config", {}).get("strict", strict)
    if schema.get("type") in KINDS and not schema.get("strict", strict):
        yield field, schema["type"]
    fields = schema.get("fields") if schema.get("type") == "model-fields" else None
    for key, one in (fields or schema).items():
        if key != "metadata":
            yield from guessing(one, strict, key if fields else field)


@pytest.mark.unit
def test_no_field_of_any_body_takes_another_kind_for_a_number() -> None:
    found = dict(bodies())
    assert len(found) > len(WRITE_ROUTES)
    for path, model in found.items():
        assert list(guessing(model.__pydantic_core_schema__)) == [], path


@pytest.mark.db
@pytest.mark.parametrize(
    ("path", "wrong", "field"),
    [
        ("actions/incident.set_priority", {"priority": "2"}, "command.priority"),
        ("actions/incident.set_priority", {"priority": True}, "command.priority"),
        ("actions/incident.set_priority", {"priority": 2.5}, "command.priority"),
        ("plan/runs", {"plans": ["none"], "replications": "20"}, "replications"),
        ("plan/plans", {"name": "x", "rules": {"cover_s": True}}, "rules.cover_s"),
        ("practice/room", {"scenario": "none", "speed": "2"}, "speed"),
        ("practice/room", {"scenario": "none", "network": "yes"}, "network"),
    ],
)
def test_a_number_as_text_or_as_true_is_refused_by_name(
    room: TestRoom, path: str, wrong: dict[str, Any], field: str
) -> None:
    body: dict[str, Any] = wrong
    if path.startswith("actions/"):
        body = body_for(path.removeprefix("actions/"))
        body["command"] |= wrong
    answer = Client(headers={"host": "localhost"}).post(
        f"/api/{path}", body, content_type="application/json"
    )
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["fields"]] == [field]


@pytest.mark.db
def test_two_is_a_whole_number_also_written_as_2_0(room: TestRoom) -> None:
    text = json.dumps({"positions": [{"unit": "P1", "lon": 114, "lat": 30.5, "at_ms": 1e3}]})
    client = Client(headers={"host": "localhost"})
    answer = client.post("/api/positions", text, content_type="application/json")
    assert answer.status_code == 401, answer.content
