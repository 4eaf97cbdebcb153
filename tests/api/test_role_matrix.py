"""Every route, every role: what is not listed here fails the suite."""

import copy
import uuid
from functools import cache
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver
from tests.attachments.made import attached
from tests.harness.rooms import DISPATCHER, GATEWAY, SUPERVISOR, TestRoom

from dutyroom.domain import COMMANDS
from dutyroom.domain.calls.commands import ReceiveCall
from dutyroom.domain.desk_requests.commands import AskDesk
from dutyroom.domain.incidents.commands import OpenIncident
from dutyroom.domain.joint_operations.commands import BeginJointOperation
from dutyroom.domain.matters.commands import OpenMatter
from dutyroom.domain.orders.commands import GiveOrder
from dutyroom.domain.referrals.commands import SendReferral
from dutyroom.domain.tasks.commands import OfferTask
from dutyroom.domain.units.commands import RaiseEmergency
from dutyroom.policy import READS, ROLES, TELEMETRY, VERBS
from dutyroom.site.pages import PAGES

pytestmark = [pytest.mark.db, pytest.mark.deep_on_postgresql]

SOME_ID = "01a20aae-b5a2-7a8c-9ca3-9de2d4d80230"
ORDER = "01a20aae-b5a2-7a8c-9ca3-9de2d4d80232"
MATTER = "01a20aae-b5a2-7a8c-9ca3-9de2d4d80250"
DISPUTE = "01a20aae-b5a2-7a8c-9ca3-9de2d4d80251"
REFERRAL = "01a20aae-b5a2-7a8c-9ca3-9de2d4d80233"
TASK = "01a20aae-b5a2-7a8c-9ca3-9de2d4d80231"
PICTURE = "01a20aae-b5a2-7a8c-9ca3-9de2d4d80240"
UPLOADED = "01a20aae-b5a2-7a8c-9ca3-9de2d4d80241"
ROOM = {"call_taker", "dispatcher", "supervisor"}
ASKED = "01a20aae-b5a2-7a8c-9ca3-9de2d4d8023d"
JOINT = "01a20aae-b5a2-7a8c-9ca3-9de2d4d8023e"
DESK = {"desk_specialist"}
STATION = {"station_command", "station_officer"}
OF_OWN_INCIDENTS = {"desk_request.ask", "incident.mark_minor", "referral.send"}
"""What is about an incident alone: the one that is there is of the stations' own organisation."""
NOTHING_THERE = {
    f"api/readings/callbacks/{SOME_ID}",
    "api/practice/debrief",
    "api/practice/look?scenario=none",
    "api/practice/past/none",
    "api/practice/own",
    "api/plan/runs/none",
    "api/plan/runs/none/replay/0",
    "api/plan/runs/none/files/report.html",
}
"""Where who may ask hears that there is nothing: no practice was held, nothing was rehearsed."""
OPEN = {"api/session", "api/health"}
"""Routes that answer before anybody has signed in."""

READ_ROUTES: dict[str, tuple[str, set[str]]] = {
    "api/board": ("board", ROOM | STATION | DESK | {"auditor"}),
    "api/lists/notices?state=standing": ("board", ROOM | STATION | DESK | {"auditor"}),
    "api/lists/notices/counts": ("board", ROOM | STATION | DESK | {"auditor"}),
    "api/lists/notices/watched": ("board", ROOM | STATION | DESK | {"auditor"}),
    f"api/about/{SOME_ID}": ("board", ROOM | STATION | DESK | {"auditor"}),
    "api/find?q=1234": ("find", ROOM),
    "api/supervision": ("supervision", {"supervisor"}),
    f"api/readings/incidents/{SOME_ID}": ("incident", ROOM),
    f"api/readings/calls/{SOME_ID}": ("call", ROOM),
    "api/readings/duplicates?lon=1&lat=1": ("duplicates", ROOM),
    "api/readings/emergencies/P1": ("emergency", ROOM),
    "api/field": ("field", {"field_officer"}),
    "api/readings/field": ("field", {"field_officer"}),
    f"api/incidents/{SOME_ID}/recommendation": ("recommendation", ROOM),
    f"api/incidents/{SOME_ID}/lookahead": ("lookahead", ROOM - {"call_taker"}),
    f"api/incidents/{SOME_ID}/clocks/conclude/why": ("why", ROOM | {"auditor"}),
    "api/bulletin": ("bulletin", {"supervisor", "auditor"}),
    "api/stage-figures": ("bulletin", {"supervisor", "auditor"}),
    f"api/readings/callbacks/{SOME_ID}": ("call_back", ROOM),
    "api/ratings": ("ratings", {"supervisor", "auditor"}),
    "api/lookahead": ("lookahead", ROOM - {"call_taker"}),
    "api/colleagues": (
        "colleagues",
        ROOM | STATION | DESK | {"auditor", "field_officer", "trainer", "planner"},
    ),
    "api/pack": (
        "pack",
        ROOM | STATION | DESK | {"auditor", "field_officer", "trainer", "planner"},
    ),
    "api/pack/map/zones.geojson": (
        "pack",
        ROOM | STATION | DESK | {"auditor", "field_officer", "trainer", "planner"},
    ),
    "api/gazetteer?q=a": ("gazetteer", ROOM | {"field_officer"}),
    "api/categories?q=a": ("gazetteer", ROOM | {"field_officer"}),
    "api/practice/debrief": ("debrief", {"trainer"}),
    "api/practice/room": ("practise", {"trainer"}),
    "api/practice/look?scenario=none": ("practise", {"trainer"}),
    "api/practice/past/none": ("practise", {"trainer"}),
    "api/practice/own": ("own_debrief", ROOM),
    "api/plan": ("plan", {"planner"}),
    "api/plan/plans/none/scenario.zip": ("plan", {"planner"}),
    "api/plan/runs/none": ("plan", {"planner"}),
    "api/plan/runs/none/replay/0": ("plan", {"planner"}),
    "api/plan/runs/none/files/report.html": ("plan", {"planner"}),
    "api/readings/notices": ("notices", {*ROOM, *STATION, *DESK, "field_officer"}),
    "api/owners?org=lanchuan/gucheng/PS01": (
        "owners",
        {"station_command"} | (ROOM - {"call_taker"}),
    ),
    f"api/readings/tasks/{TASK}": ("task", STATION | (ROOM - {"call_taker"})),
    f"api/readings/orders/{ORDER}": (
        "supervision_order",
        {"station_command"} | (ROOM - {"call_taker"}),  # an officer reads what was given to them
    ),
    "api/desks": ("desks", STATION | DESK | (ROOM - {"call_taker"})),
    f"api/readings/joint_operations/{JOINT}": (
        "joint_operation",
        STATION | DESK | (ROOM - {"call_taker"}),
    ),
    f"api/readings/desk_requests/{ASKED}": (
        "desk_request",
        STATION | DESK | (ROOM - {"call_taker"}),
    ),
    f"api/readings/attachments?incident={SOME_ID}": ("attachments", ROOM),
    f"api/readings/attachments?task={TASK}": ("attachments", ROOM | STATION),
    f"api/readings/attachments/{PICTURE}?task={TASK}": ("attachments", ROOM | STATION),
    "api/repeats": ("repeats", {"station_command"} | (ROOM - {"call_taker"})),
    f"api/readings/matters/{MATTER}": ("matter", STATION | (ROOM - {"call_taker"})),
    f"api/readings/referrals/{REFERRAL}": (
        "referral",
        {"station_command", "partner"} | (ROOM - {"call_taker"}),
    ),
    "api/partner": ("partner", {"partner"}),
    "api/agreements": ("agreements", {"station_command", "auditor"} | (ROOM - {"call_taker"})),
    "api/audit/entries": ("audit", {"auditor"}),
    "api/audit/reads": ("audit", {"auditor"}),
    "api/audit/acts": ("audit", {"auditor"}),
    "api/audit/verify": ("audit", {"auditor"}),
}
WRITE_ROUTES: dict[str, tuple[str, Any, set[str]]] = {
    "api/readings/places": ("places", {"incidents": [SOME_ID]}, ROOM),
    "api/positions": (
        "positions",
        {"positions": [{"unit": "P1", "lon": 1, "lat": 1, "at_ms": 1}]},
        {"gateway", "field_officer"},
    ),
    "api/practice/room": ("practice.begin", {"scenario": "none"}, {"trainer"}),
    "api/plan/plans": ("plan.save", {"name": "more patrols"}, {"planner"}),
    "api/plan/plans/none": ("plan.save", {"name": "more patrols"}, {"planner"}),
    "api/plan/runs": ("plan.rehearse", {"plans": ["nothing"]}, {"planner"}),
    "api/partner-keys": (
        "partner_key.add",
        {"action": UPLOADED, "partner_key": UPLOADED, "org": "lanchuan/gas", "scope": "read"},
        {"supervisor"},
    ),
    f"api/attachments/{UPLOADED}?incident={SOME_ID}": ("attachment.add", {"plain": "text"}, ROOM),
}
ANSWERS = {"api/practice/room": 404, "api/plan/plans/none": 409, "api/plan/runs": 404}
"""Of what is asked there: no such scenario; another version was opened; no such plan."""
DELETE_ROUTES: dict[str, tuple[str, set[str]]] = {
    "api/practice/room": ("practice.end", {"trainer"}),
    "api/plan/plans/none": ("plan.delete", {"planner"}),
    "api/plan/runs/none": ("plan.rehearse", {"planner"}),
}
FRONT = {"api/stream"}
"""Served by the ASGI front; its own tests are in `test_stream`."""
CONSOLE = {"", "sign-in", *PAGES}
"""One page, the same for everybody; what it shows it asks for by the routes above."""
DOCS = {"api/", "api/openapi.json"}
FILES = {"offline.js"}
"""Parts of the console's build, the same for everybody."""


def routes() -> set[str]:
    """Every address that Django answers, without its parameters' names."""

    def walk(patterns: Any, prefix: str) -> Any:
        for one in patterns:
            path = prefix + str(one.pattern)
            if hasattr(one, "url_patterns"):
                yield from walk(one.url_patterns, path)
            else:
                yield path

    return set(walk(get_resolver().url_patterns, ""))


def shape(path: str) -> str:
    """An address with its parameters as they are in the route."""
    return (
        path.partition("?")[0]
        .replace("zones.geojson", "<layer>.geojson")
        .replace(f"readings/incidents/{SOME_ID}", "readings/incidents/<incident>")
        .replace(f"readings/calls/{SOME_ID}", "readings/calls/<call>")
        .replace(f"readings/callbacks/{SOME_ID}", "readings/callbacks/<call_back>")
        .replace(f"readings/tasks/{TASK}", "readings/tasks/<task>")
        .replace(f"readings/orders/{ORDER}", "readings/orders/<supervision_order>")
        .replace(
            f"readings/joint_operations/{JOINT}", "readings/joint_operations/<joint_operation>"
        )
        .replace(f"readings/desk_requests/{ASKED}", "readings/desk_requests/<desk_request>")
        .replace(f"attachments/{PICTURE}", "attachments/<attachment>")
        .replace(f"attachments/{UPLOADED}", "attachments/<attachment>")
        .replace(f"readings/matters/{MATTER}", "readings/matters/<matter>")
        .replace(f"readings/referrals/{REFERRAL}", "readings/referrals/<referral>")
        .replace("emergencies/P1", "emergencies/<unit>")
        .replace("lists/notices", "lists/<name>")
        .replace(f"about/{SOME_ID}", "about/<incident>")
        .replace("plan/plans/none", "plan/plans/<plan>")
        .replace("plan/runs/none", "plan/runs/<run>")
        .replace("past/none", "past/<key>")
        .replace("replay/0", "replay/<number>")
        .replace("files/report.html", "files/<path:name>")
        .replace(f"api/incidents/{SOME_ID}/", "api/incidents/<incident>/")
        .replace("clocks/conclude", "clocks/<clock>")
    )


@pytest.fixture
def clients(room: TestRoom) -> dict[str, Client]:
    """One signed-in client per role; CSRF is checked as in life."""
    from dutyroom.site.models import Member

    unit = "P1"
    agreement = next(one for one in room.pack.agreements if one.code == "gas-leaks")
    what, place = min(agreement.categories), room.place()
    room.done(GATEWAY, ReceiveCall(UUID(SOME_ID), "110-1"))
    room.done(DISPATCHER, OpenIncident(UUID(SOME_ID), what, 2, place))
    room.done(DISPATCHER, RaiseEmergency("P1"))
    org = room.row("incidents", SOME_ID)["org"]
    room.done(DISPATCHER, OfferTask(UUID(TASK), UUID(SOME_ID), "visit", org, "Look"))
    room.done(SUPERVISOR, GiveOrder(UUID(ORDER), UUID(SOME_ID), org, "Report back"))
    desk = room.pack.desks[0]
    ask = AskDesk(UUID(ASKED), UUID(SOME_ID), desk.code, desk.offers[0].code, "Look")
    room.done(DISPATCHER, ask)
    orgs = (org, desk.org)
    room.done(DISPATCHER, BeginJointOperation(UUID(JOINT), UUID(SOME_ID), orgs, "Look together"))
    attached(room, DISPATCHER, UUID(PICTURE), UUID(SOME_ID), UUID(TASK))
    kind = room.pack.loop.matters.kinds[0]
    room.done(DISPATCHER, OpenIncident(UUID(DISPUTE), kind.categories[0], 3, place))
    room.done(DISPATCHER, OpenMatter(UUID(MATTER), UUID(DISPUTE), kind.code, org, "They quarrel"))
    room.done(DISPATCHER, SendReferral(UUID(REFERRAL), UUID(SOME_ID), agreement.code))
    of_role = dict.fromkeys(STATION | DESK, "lanchuan") | {"partner": agreement.partner}
    found = {}
    for role in ROLES:
        of = of_role.get(role, "")
        member = Member.objects.create(name=role, role=role, password="!", unit=unit, org=of)
        client = Client(headers={"host": "localhost"})
        client.force_login(member)
        found[role] = client
    kept = found["planner"].post(
        "/api/plan/plans", {"name": "none"}, content_type="application/json"
    )
    assert kept.json()["id"] == "none"
    return found


def test_every_route_is_in_the_matrix() -> None:
    verbs = {f"api/actions/{verb}" for verb in COMMANDS}
    paths = {shape(path) for path in (*READ_ROUTES, *WRITE_ROUTES, *DELETE_ROUTES)}
    listed = paths | OPEN | CONSOLE | DOCS | FILES
    assert routes() - verbs == listed
    assert verbs <= routes()
    reads = {what for what, _ in READ_ROUTES.values()}
    assert reads | {"stream", "places"} == set(READS)
    writes = {what for what, _, _ in WRITE_ROUTES.values()} - {
        "places",
        "attachment.add",
        "partner_key.add",
    }
    deletes = {what for what, _ in DELETE_ROUTES.values()}
    assert writes | deletes == set(TELEMETRY) | (set(VERBS) - set(COMMANDS))


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reads_what_is_its_own(role: str, clients: dict[str, Client]) -> None:
    for path, (_, allowed) in READ_ROUTES.items():
        status = clients[role].get("/" + path).status_code
        there = 404 if path in NOTHING_THERE else 200
        assert status == (there if role in allowed else 403), path


@pytest.mark.parametrize("role", ROLES)
def test_each_role_writes_what_is_its_own(role: str, clients: dict[str, Client]) -> None:
    for path, (_, body, allowed) in WRITE_ROUTES.items():
        status = clients[role].post("/" + path, body, content_type="application/json").status_code
        assert status == (ANSWERS.get(path, 200) if role in allowed else 403), path


@pytest.mark.parametrize("role", ROLES)
def test_each_role_deletes_what_is_its_own(role: str, clients: dict[str, Client]) -> None:
    for path, (_, allowed) in DELETE_ROUTES.items():
        status = clients[role].delete("/" + path).status_code
        there = 404 if path in NOTHING_THERE else 200
        assert status == (there if role in allowed else 403), path


def test_nobody_gets_anything_without_signing_in(room: TestRoom) -> None:
    client = Client(headers={"host": "localhost"})
    for path in READ_ROUTES:
        assert client.get("/" + path).status_code == 401, path
    for path, (_, body, _) in WRITE_ROUTES.items():
        assert client.post("/" + path, body, content_type="application/json").status_code == 401
    for path in DELETE_ROUTES:
        assert client.delete("/" + path).status_code == 401, path
    for path in OPEN:
        assert client.get("/" + path).status_code == 200


def body_for(verb: str) -> dict[str, Any]:
    """A well-formed request about records that do not exist."""
    return {"action": str(uuid.uuid4()), "command": copy.deepcopy(_command(verb))}


@cache
def _command(verb: str) -> Any:
    from dutyroom.api.commands import request_schema

    schema = request_schema(COMMANDS[verb]).model_json_schema()
    definition = schema["$defs"][schema["properties"]["command"]["$ref"].rpartition("/")[2]]
    return _example(definition, schema["$defs"])


def _example(schema: dict[str, Any], defs: dict[str, Any]) -> Any:
    if "$ref" in schema:
        return _example(defs[schema["$ref"].rpartition("/")[2]], defs)
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            wanted = schema.get("required", [])
            return {name: _example(schema["properties"][name], defs) for name in wanted}
        case "array":
            return [_example(schema["items"], defs)] if schema.get("items") else []
        case "string":
            return SOME_ID if schema.get("format") == "uuid" else "no-such-thing"
        case _:
            return schema.get("minimum", 1)


@pytest.mark.parametrize("role", ROLES)
def test_each_verb_is_open_to_the_roles_of_its_row(role: str, clients: dict[str, Client]) -> None:
    for verb in sorted(COMMANDS):
        answer = clients[role].post(
            f"/api/actions/{verb}", body_for(verb), content_type="application/json"
        )
        own = role in STATION and verb in OF_OWN_INCIDENTS and role in VERBS[verb]
        if own or VERBS[verb].get(role) in ("always", "reported"):  # bodies are of the telephone
            assert answer.status_code in (200, 409), (verb, answer.content)
        else:  # not at all, or only for the own unit or incident, and this is somebody else's
            assert answer.status_code == 403, (verb, answer.content)


def test_without_the_csrf_token_nothing_is_changed(room: TestRoom) -> None:
    from dutyroom.site.models import Member

    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    client.force_login(Member.objects.create(name="d", role="dispatcher", password="!"))
    unit = room.pack.units[0].id
    body = {"action": SOME_ID, "command": {"unit": unit, "crew": ["a"]}}
    answer = client.post("/api/actions/unit.sign_on", body, content_type="application/json")
    assert answer.status_code == 403
    assert answer.json()["error"] == "csrf"
    assert room.row("units", unit)["status"] == "off_duty"


def test_security_headers_are_on_every_answer(room: TestRoom) -> None:
    answer = Client(headers={"host": "localhost"}).get("/api/health")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_the_consoles_page_has_its_policy_as_a_file_too(room: TestRoom) -> None:
    index = settings.CONSOLE / "index.html"
    if not index.is_file():
        pytest.skip("the console has not been built")
    for path in ("/", "/static/console/index.html"):
        answer = Client(headers={"host": "localhost"}).get(path)
        assert answer.status_code == 200
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"], path
        assert answer.headers["X-Frame-Options"] == "DENY", path
