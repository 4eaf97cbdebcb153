"""Malformed requests get a 4xx that names the field; hostile text is stored or refused."""

import json
import uuid
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.harness.examples import examples
from tests.harness.rooms import TestRoom

pytestmark = [pytest.mark.db, pytest.mark.deep_on_postgresql]
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.fixture
def taker(room: TestRoom) -> Client:
    from dutyroom.site.models import Member

    client = Client(headers={"host": "localhost"})
    client.force_login(Member.objects.create(name="taker", role="call_taker", password="!"))
    return client


def post(client: Client, verb: str, body: Any) -> Any:
    return client.post(f"/api/actions/{verb}", body, content_type="application/json")


def opening(room: TestRoom, **changes: Any) -> dict[str, Any]:
    place = room.place()
    command = {
        "incident": str(uuid.uuid4()),
        "category": room.pack.vocabulary.categories[0].code,
        "priority": 2,
        "place": {"lon": place.lon, "lat": place.lat, "label": place.label, "kind": "place"},
    }
    return {"action": str(uuid.uuid4()), "command": command | changes}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"priority": "urgent"}, "command.priority"),
        ({"priority": 0}, "command.priority"),
        ({"incident": "17"}, "command.incident"),
        ({"religion": "any"}, "command.religion"),
        ({"place": {"lon": 500, "lat": 0, "label": "", "kind": "point"}}, "command.place.lon"),
        ({"text": "x" * 4_001}, "command.text"),
    ],
)
def test_a_wrong_field_is_named(
    room: TestRoom, taker: Client, change: dict[str, Any], field: str
) -> None:
    answer = post(taker, "incident.open", opening(room, **change))
    assert answer.status_code == 422
    assert field in [one["field"].removeprefix("body.") for one in answer.json()["fields"]]


@given(body=ANY_JSON)
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_json_whatever_makes_the_server_fail(room: TestRoom, taker: Client, body: Any) -> None:
    assert 400 <= post(taker, "incident.open", json.dumps(body)).status_code < 500


@pytest.mark.parametrize("raw", ["", "{", "[]", "null", '"text"', "{}", "\x00", "NaN"])
def test_broken_json_is_refused(taker: Client, raw: str) -> None:
    assert post(taker, "incident.open", raw).status_code == 422


HOSTILE = [
    "<script>alert(1)</script>",
    "'; DROP TABLE journal_journalentry; --",
    "\u202egnp.exe",
    "{{7*7}}${7*7}",
    "𝕳𝖊𝖑𝖑𝖔 \ufeff\u200b",
    "line\nbreak\r\n\ttab",
]


@pytest.mark.each_commit
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_stored_as_it_is(room: TestRoom, taker: Client, text: str) -> None:
    body = opening(room, text=text)
    assert post(taker, "incident.open", body).status_code == 200
    detail = taker.get(f"/api/readings/incidents/{body['command']['incident']}").json()
    assert detail["notes"][0]["text"] == text


@pytest.mark.each_commit
@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_text_that_no_database_can_hold_is_refused(
    room: TestRoom, taker: Client, text: str
) -> None:
    body = opening(room, category=text)
    assert post(taker, "incident.open", json.dumps(body)).status_code in (409, 422)
    body = opening(room, text=text)
    assert post(taker, "incident.open", json.dumps(body)).status_code == 422


def test_a_refusal_is_a_409_with_what_to_do(room: TestRoom, taker: Client) -> None:
    body = {"action": str(uuid.uuid4()), "command": {"call": str(uuid.uuid4())}}
    answer = post(taker, "call.claim", body)
    assert answer.status_code == 409
    assert answer.json()["refusal"] == "UnknownCall"
    assert answer.json()["remedy"]["zh"]


def test_a_wrong_password_is_refused_and_many_are_slowed_down(room: TestRoom) -> None:
    client = Client(headers={"host": "localhost"})
    wrong = {"name": "nobody", "password": "x"}
    statuses = [
        client.post("/api/session", wrong, content_type="application/json").status_code
        for _ in range(7)
    ]
    assert statuses[0] == 403
    assert statuses[-1] == 429


def test_a_gateway_carries_a_token_and_needs_no_cookie(room: TestRoom) -> None:
    from dutyroom.site.members import new_token
    from dutyroom.site.models import Member

    gateway = Member.objects.create(name="phone", role="gateway", password="!")
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    call = str(uuid.uuid4())
    body = {"action": str(uuid.uuid4()), "command": {"call": call, "line": "110-1"}}
    good = {"authorization": f"Bearer {new_token(gateway)}"}
    send = {"data": body, "content_type": "application/json"}
    assert client.post("/api/actions/call.receive", **send, headers=good).status_code == 200
    bad = {"authorization": "Bearer wrong"}
    assert client.post("/api/actions/call.receive", **send, headers=bad).status_code == 401
    assert room.row("calls", call)["state"] == "ringing"


def test_the_pack_and_its_map_are_given(room: TestRoom, taker: Client) -> None:
    pack = taker.get("/api/pack").json()
    assert pack["hash"] == room.pack.hash
    assert {"en", "zh"} <= pack["title"].keys()
    for layer in ("roads", "zones", "basemap", "stations", "places"):
        answer = taker.get(f"/api/pack/map/{layer}.geojson?hash={room.pack.hash}")
        assert answer.json()["type"] == "FeatureCollection", layer
        assert "immutable" in answer.headers["Cache-Control"]
    street = room.pack.streets[0].name.zh
    assert taker.get("/api/gazetteer", {"q": street}).json()["hits"]
    category = room.pack.vocabulary.categories[0]
    found = taker.get("/api/categories", {"q": category.text.zh}).json()["categories"]
    assert category.code in [one["code"] for one in found]


@pytest.mark.each_commit
def test_finding_goes_by_number_unit_and_zone(room: TestRoom, taker: Client) -> None:
    incident = room.open_incident()
    row = room.row("incidents", incident)
    for query in (row["number"], row["number"].replace("-", ""), row["number"][-4:], row["zone"]):
        found = taker.get("/api/find", {"q": query}).json()["incidents"]
        assert str(incident) in [one["id"] for one in found], query
    unit = room.pack.units[0].id
    found = taker.get("/api/find", {"q": unit.lower()}).json()["units"]
    assert [one["id"] for one in found] == [unit]
    assert taker.get("/api/find", {"q": "Wang"}).json() == {"incidents": [], "units": []}


def test_nearby_open_incidents_are_offered_as_duplicates(room: TestRoom, taker: Client) -> None:
    incident = room.open_incident(index=3)
    place = room.place(3)
    category = room.pack.vocabulary.categories[0].code
    query = {"lon": place.lon, "lat": place.lat, "category": category}
    found = taker.get("/api/readings/duplicates", query).json()["candidates"]
    assert [one["incident"] for one in found] == [str(incident)]
    far = {"lon": place.lon + 1, "lat": place.lat, "category": category}
    assert taker.get("/api/readings/duplicates", far).json()["candidates"] == []


@pytest.mark.parametrize(
    ("category", "metres", "offered"),
    [
        ("FIRE-STRUCT", 499, True),  # the same category
        ("FIRE-VEHICLE", 250, True),  # another fire: an engine leads there, too
        ("FIRE-VEHICLE", 499, False),
        ("MED-SICK", 90, True),  # the same spot, whatever it is called
        ("MED-SICK", 499, False),
        ("POL-VIOLENCE", 250, False),
        ("", 250, True),  # nobody knows yet what it is
        ("", 499, False),
    ],
)
def test_the_further_away_the_more_alike_a_duplicate_must_be(
    room: TestRoom, taker: Client, category: str, metres: int, offered: bool
) -> None:
    incident = room.open_incident(category="FIRE-STRUCT")
    place = room.place()
    query = {"lon": place.lon, "lat": place.lat + metres / 111_195, "category": category}
    found = taker.get("/api/readings/duplicates", query).json()["candidates"]
    assert [one["incident"] for one in found] == ([str(incident)] if offered else [])


def test_two_streets_that_never_meet_are_said_to_be_apart(room: TestRoom, taker: Client) -> None:
    assert room.pack.roads is not None
    meet = {frozenset((a, b)) for node in room.pack.roads.crossings.values()
            for a in node for b in node}  # fmt: skip
    first = room.pack.streets[0].name
    other = next(street.name for n, street in enumerate(room.pack.streets)
                 if n and frozenset((0, n)) not in meet)  # fmt: skip
    answer = taker.get("/api/gazetteer", {"q": f"{first.en} / {other.en}"}).json()
    assert [street["en"] for street in answer["apart"]] == [first.en, other.en]
    assert taker.get("/api/gazetteer", {"q": first.en}).json()["apart"] is None


@pytest.mark.each_commit
def test_positions_are_taken_or_refused_one_by_one(room: TestRoom) -> None:
    from dutyroom.actions.clock import now_ms
    from dutyroom.site.models import Member

    unit, other = room.pack.units[0].id, room.pack.units[1].id
    client = Client(headers={"host": "localhost"})
    client.force_login(
        Member.objects.create(name="o", role="field_officer", password="!", unit=unit)
    )
    at = now_ms()
    lon, lat = room.pack.centre
    fixes = [
        {"unit": unit, "lon": lon, "lat": lat, "at_ms": at},
        {"unit": other, "lon": lon, "lat": lat, "at_ms": at},
        {"unit": unit, "lon": lon, "lat": lat, "at_ms": at + 3_600_000},
        {"unit": unit, "lon": lon + 0.001, "lat": lat, "at_ms": at - 1},
        {"unit": unit, "lon": 0, "lat": 0, "at_ms": at - 2},
        {"unit": unit, "lon": lat, "lat": 89, "at_ms": at - 3},
    ]
    body = {"positions": fixes}
    answer = client.post("/api/positions", body, content_type="application/json").json()
    assert answer["accepted"] == 2
    refused = [(one["index"], one["reason"]) for one in answer["refused"]]
    assert sorted(refused) == [
        (1, "not_allowed"),
        (2, "future"),
        (4, "no_fix"),
        (5, "outside"),
    ]
    assert all(one["why"] and one["because"]["zh"] for one in answer["refused"])
    row = room.row("units", unit)
    assert (row["lon"], row["lat"], row["position_at_ms"]) == (lon, lat, at)
    late = {"positions": [{"unit": unit, "lon": lon, "lat": lat, "at_ms": at - 60_000}]}
    answer = client.post("/api/positions", late, content_type="application/json").json()
    assert (answer["accepted"], answer["older"], answer["refused"]) == (0, [0], [])


def test_nothing_of_the_api_is_kept_but_the_map(room: TestRoom, taker: Client) -> None:
    incident = room.open_incident()
    for path in (f"readings/incidents/{incident}", "board", "session", "health", "nothing"):
        assert taker.get(f"/api/{path}").headers["Cache-Control"] == "no-store", path
    layer = taker.get(f"/api/pack/map/zones.geojson?hash={room.pack.hash}")
    assert "immutable" in layer.headers["Cache-Control"]


def test_places_are_opened_of_what_is_on_the_board_only(room: TestRoom, taker: Client) -> None:
    from dutyroom.projections.board import RECENT_MS
    from dutyroom.projections.models import IncidentView, ReadView

    here, gone = room.open_incident(), room.open_incident(index=2)
    IncidentView.objects.filter(id=str(gone)).update(open=False)
    room.tampered = True  # as if it had been closed long ago
    IncidentView.objects.filter(id=str(gone)).update(changed_at_ms=RECENT_MS)
    asked = {"incidents": [str(here), str(gone)]}
    found = taker.post("/api/readings/places", asked, content_type="application/json").json()
    assert [one["incident"] for one in found["places"]] == [str(here)]
    assert set(ReadView.objects.values_list("incident", flat=True)) == {str(here)}


def test_a_stream_reaches_back_no_further_than_the_board(room: TestRoom) -> None:
    from dutyroom.actions.clock import now_ms
    from dutyroom.projections import board

    room.open_incident()
    now, head = now_ms(), board.head()
    assert board.patch_on_board(0, now) is not None
    assert board.patch_on_board(head + 1, now) is None
    later = now + board.RECENT_MS + 60_000
    assert board.patch_on_board(0, later) is None
    assert board.patch_on_board(head, later) is not None, "who has seen all misses nothing"
