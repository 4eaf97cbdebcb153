"""NaN, integers beyond 63 bits, halves of characters, NUL: refused on every route, by name."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from tests.api.test_role_matrix import SOME_ID, WRITE_ROUTES, body_for
from tests.harness.rooms import TestRoom

from dutyroom.domain import COMMANDS
from dutyroom.policy import ROLES

pytestmark = pytest.mark.db

POISONS = ("NaN", "-Infinity", "1e400", str(2**63), "9" * 5_000, '"\\ud800"', '"a\\u0000b"')
"""As they are written in JSON."""
BODIES = {f"api/actions/{verb}": verb for verb in COMMANDS} | {
    path: ""
    for path in WRITE_ROUTES
    if not path.startswith("api/attachments/")  # takes any bytes
}
QUERIES = ("nan", "1e400", "9" * 20, "-1", "%00", "%ED%A0%80", "%FF", "x" * 5_000)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in a body something could stand instead."""
    if path:
        yield path
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(one, (*path, key))


def written(body: Any, path: tuple[Any, ...], poison: str) -> str:
    """The body with a poison in that place."""
    changed = copy.deepcopy(body)
    at = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = "POISON"
    return json.dumps(changed).replace('"POISON"', poison)


@pytest.mark.parametrize("path", sorted(BODIES))
def test_in_a_body_the_field_is_named(room_of_all: TestRoom, path: str) -> None:
    body = body_for(BODIES[path]) if BODIES[path] else WRITE_ROUTES[path][1]
    client = Client(headers={"host": "localhost"})
    for place in (*places(body), ("more",)):
        for poison in POISONS:
            text = written(body, place, poison)
            answer = client.post(f"/{path}", text, content_type="application/json")
            assert answer.status_code == 422, (place, poison, answer.content)
            field = ".".join(map(str, place))
            assert [one["field"] for one in answer.json()["fields"]] == [field], poison


@pytest.mark.parametrize("poison", POISONS)
def test_in_a_plans_changes_and_at_the_sign_in_too(room_of_all: TestRoom, poison: str) -> None:
    client = Client(headers={"host": "localhost"})
    plan = {"name": "x", "changes": [{"kind": "any", "deep": [{"er": 1}]}]}
    text = written(plan, ("changes", 0, "deep", 0, "er"), poison)
    answer = client.post("/api/plan/plans", text, content_type="application/json")
    assert answer.json()["fields"][0]["field"] == "changes.0.deep.0.er"
    text = written({"name": "x", "password": "y"}, ("name",), poison)
    answer = client.post("/api/session", text, content_type="application/json")
    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "name")


def test_half_a_character_as_raw_bytes_and_an_endless_nest_are_refused(
    room_of_all: TestRoom,
) -> None:
    client = Client(headers={"host": "localhost"})
    for raw in (b'{"name":"\xed\xa0\x80","password":"y"}', b'{"name":' + b"[" * 50_000):
        answer = client.post("/api/session", raw, content_type="application/json")
        assert answer.status_code == 422, raw[:30]


def asked() -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Method, address and parameters of every operation that has any."""
    from dutyroom.api.router import api

    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, operation in methods.items():
            if operation.get("parameters"):
                yield method, path, operation["parameters"]


@pytest.mark.parametrize("role", ROLES)
def test_in_an_address_nothing_makes_the_server_fail(room_of_all: TestRoom, role: str) -> None:
    from dutyroom.site.models import Member

    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    unit = room_of_all.pack.units[0].id
    client.force_login(Member.objects.create(name=role, role=role, password="!", unit=unit))
    for method, path, parameters in asked():
        for chosen in parameters:
            for poison in QUERIES:
                address, query = path, []
                for one in parameters:
                    value = poison if one is chosen else SOME_ID
                    if one["in"] == "path":
                        address = address.replace(f"{{{one['name']}}}", value)
                    elif one is chosen or one.get("required"):
                        query.append(f"{one['name']}={value}")
                answer = getattr(client, method)(f"{address}?{'&'.join(query)}")
                assert answer.status_code < 500, (method, address, query, answer.content)
