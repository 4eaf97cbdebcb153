"""Every route declares what it answers, and answers that (`tests.harness.answers` looks at each
answer of every test)."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.conf import settings
from django.test import Client
from tests.attachments.made import attached
from tests.harness.answers import answered, is_of
from tests.harness.rooms import DISPATCHER, SUPERVISOR, TestRoom
from tests.replay.story import play

from dutyroom.actions.clock import now_ms
from dutyroom.bulletin import week_at
from dutyroom.domain.desk_requests.commands import AskDesk
from dutyroom.domain.incidents.commands import Dispatch, UnitToSend
from dutyroom.domain.orders.commands import GiveOrder
from dutyroom.domain.referrals.commands import SendReferral
from dutyroom.domain.tasks.commands import OfferTask
from dutyroom.domain.units.commands import RaiseEmergency, SignOn
from dutyroom.domain.values import Position
from dutyroom.policy import ROLES

pytestmark = [pytest.mark.db, pytest.mark.deep_on_postgresql]

ELSEWHERE = {
    "dutyroom_api_practice_everybody",  # in a practice room: practice/test_apart
    "dutyroom_api_practice_own",
    "dutyroom_api_practice_begin",
    "dutyroom_api_plan_begin",  # with a process of its own: planning/test_runs
    "dutyroom_api_plan_stop",
    "dutyroom_api_plan_watch",
    "dutyroom_api_session_sign_in",  # site/test_signing_in
}
ESTIMATE = [1.0, None]
RESULT = {
    "measures": {"mean_s": "s"},
    "plans": [
        {
            "id": "today",
            "name": "Today",
            "replications": 2,
            "overloaded": None,
            "figures": {"mean_s": ESTIMATE},
            "differences": {"mean_s": [*ESTIMATE, "unsure"]},
            "areas": {"Z1": [ESTIMATE, ESTIMATE]},
            "losers": [["Z1", *ESTIMATE]],
        }
    ],
}
DEBRIEF = {
    "practice": {
        "id": "old", "scenario": "demo", "minutes": 1.0, "speed": 1.0, "seed": 1,
        "begin_ms": 1, "end_ms": 2,
    },
    "engine": {"calls": 1, "median_s": None, "p90_s": None, "late": None},
    "trainees": [],
    "unanswered": 0,
    "undispatched": 0,
}  # fmt: skip
"""Of a version that didn't note what was left out."""


@pytest.fixture
def left_behind(room: TestRoom) -> Iterator[None]:
    """A run of plans that is done, and a practice that has ended."""
    run, practice = settings.HOME.plan_runs / "1-a", settings.HOME.practice("old")
    job = {
        "at_ms": 1, "start": "Mon 00:00", "hours": 1, "replications": 2, "calls_per_h": None,
        "plans": [{"id": "today", "name": "Today"}],
    }  # fmt: skip
    _write(run / "job.json", job)
    _write(run / "state.json", {"state": "done", "done": 2, "of": 2})
    _write(run / "result.json", RESULT)
    (run / "figures.csv").write_text("scenario", encoding="utf-8")
    _write(practice.folder / "debrief.json", DEBRIEF)
    _write(practice.practice_file, {"id": "old", "scenario": "demo", "begin_ms": 1})
    yield
    shutil.rmtree(run)
    shutil.rmtree(practice.folder)


def _write(path: Path, what: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(what), encoding="utf-8")


def clients(unit: str) -> dict[str, Client]:
    from dutyroom.site.models import Member

    found = {}
    for role in ROLES:
        of = "lanchuan/gas" if role == "partner" else ""
        member = Member.objects.create(name=f"{role}-1", role=role, password="!", unit=unit, org=of)
        found[role] = Client(headers={"host": "localhost"})
        found[role].force_login(member)
    return found


@pytest.mark.usefixtures("left_behind")
def test_every_route_answers_what_it_declares(room: TestRoom) -> None:
    from dutyroom.api.openapi import operations
    from dutyroom.api.router import api

    play(room)
    place = room.place()
    incident = room.open_incident()
    unit = next(one.id for one in room.pack.units if room.row("units", one.id)["crew"] == [])
    room.done(DISPATCHER, SignOn(unit, ("Chen",)))
    room.done(DISPATCHER, Dispatch(incident, (UnitToSend(room.id(), unit),)))
    task, org = room.id(), room.row("incidents", incident)["org"]
    room.done(DISPATCHER, OfferTask(task, incident, "visit", org, "Look"))
    order = room.id()
    room.done(SUPERVISOR, GiveOrder(order, incident, org, "Report back"))
    picture = attached(room, DISPATCHER, room.id(), incident, task)
    matter = next(one["id"] for one in map(json.loads, _rows("matters")))
    asked = room.id()
    room.done(DISPATCHER, AskDesk(asked, incident, "antifraud", "freeze", "Look", queue=True))
    joint = next(one["id"] for one in map(json.loads, _rows("joint_operations")))
    room.done(DISPATCHER, RaiseEmergency(unit, Position(place.lon, place.lat, 1)))
    referral = room.id()
    leak = room.open_incident(category="GAS-LEAK")
    room.done(DISPATCHER, SendReferral(referral, leak, "gas-leaks"))
    ask = clients(unit)
    board = ask["auditor"].get("/api/board").json()
    week = week_at(now_ms(), room.pack.timezone).name
    with_calls = next(one["id"] for one in board["incidents"] if one["calls"])
    for role, paths in {
        "supervisor": [
            "supervision",
            f"bulletin?week={week}",
            f"stage-figures?stage=analyse&week={week}",
            "ratings",
            "lookahead",
            "session",
            "health",
        ],
        "dispatcher": [
            f"find?q={unit}",
            "lists/tasks",
            "lists/loops/counts",
            "lists/incidents/watched",
            f"about/{with_calls}",
            "readings/notices",
            f"readings/incidents/{with_calls}",
            f"readings/calls/{board['calls'][0]['id']}",
            f"readings/callbacks/{board['call_backs'][0]['id']}",
            f"readings/emergencies/{unit}",
            f"readings/tasks/{task}",
            f"readings/orders/{order}",
            f"readings/attachments?incident={incident}",
            f"readings/attachments/{picture}?incident={incident}",
            "repeats",
            f"readings/matters/{matter}",
            f"readings/referrals/{referral}",
            "agreements",
            f"readings/desk_requests/{asked}",
            f"readings/joint_operations/{joint}",
            "desks",
            f"owners?org={org}",
            f"readings/duplicates?lon={place.lon}&lat={place.lat}",
            f"incidents/{with_calls}/recommendation",
            f"incidents/{with_calls}/lookahead",
            f"incidents/{with_calls}/clocks/conclude/why",
            "pack",
            "pack/map/zones.geojson",
            f"gazetteer?q={place.label[:4]}",
            "categories?q=fire",
            "colleagues",
        ],
        "partner": ["partner", f"readings/referrals/{referral}"],
        "field_officer": ["field", "readings/field"],
        "auditor": [
            "audit/entries",
            "audit/reads",
            "audit/acts",
            "audit/acts?reads=true",
            "audit/verify",
        ],
        "trainer": ["practice/room", "practice/look?scenario=demo", "practice/past/old"],
        "planner": ["plan", "plan/runs/1-a", "plan/runs/1-a/files/figures.csv"],
    }.items():
        for path in paths:
            answer = ask[role].get(f"/api/{path}")
            assert answer.status_code == 200, (path, answer.content)
    room.room.outlooks.make(room.pack, 1)
    everywhere = {"incidents": [one["id"] for one in board["incidents"]]}
    assert _post(ask["dispatcher"], "readings/places", everywhere)["places"]
    upload = f"attachments/{room.id()}?incident={incident}"
    assert _post(ask["dispatcher"], upload, {"plain": "text"})["kind"] == "text"
    key = {"action": str(room.id()), "partner_key": str(room.id()), "scope": "read"}
    assert _post(ask["supervisor"], "partner-keys", key | {"org": "lanchuan/gas"})["key"]
    fix = {"unit": unit, "lon": place.lon, "lat": place.lat, "at_ms": 1}
    assert _post(ask["gateway"], "positions", {"positions": [fix, fix | {"lon": 0}]})["refused"]
    kept = _post(ask["planner"], "plan/plans", {"name": "more"})
    over = f"plan/plans/{kept['id']}?version={kept['version']}"
    _post(ask["planner"], over, {"name": "more", "changes": [{"do": "scale_calls", "by": 1.5}]})
    assert ask["planner"].get(f"/api/plan/plans/{kept['id']}/scenario.zip").status_code == 200
    for role, path in (
        ("planner", f"plan/plans/{kept['id']}"),
        ("trainer", "practice/room"),
        ("dispatcher", "session"),
    ):
        assert ask[role].delete(f"/api/{path}").status_code == 200, path

    every = {id_ for id_, _ in operations(api) if not id_.startswith("do_")}
    assert every - ELSEWHERE <= {id_ for id_, status in answered if status == 200}


def _rows(kind: str) -> tuple[str, ...]:
    from dutyroom.projections import board

    return tuple(board.snapshot(now_ms()).rows[kind])


def _post(client: Client, path: str, body: Any) -> Any:
    answer = client.post(f"/api/{path}", body, content_type="application/json")
    assert answer.status_code == 200, (path, answer.content)
    return answer.json()


def test_the_next_hour_answers_what_it_declares_once_it_is_rehearsed(room: TestRoom) -> None:
    from dutyroom.actions.clock import now_ms
    from dutyroom.advice.answers import Outlook, Sending

    room.sign_on_all()
    incident, at_ms = str(room.open_incident()), now_ms()
    outlook = room.room.outlooks.make(room.pack, at_ms)
    sending = room.room.sendings.make(room.pack, incident, at_ms)
    assert is_of(Outlook, msgspec.json.decode(msgspec.json.encode(outlook)))
    assert outlook.areas
    assert is_of(Sending, msgspec.json.decode(msgspec.json.encode(sending)))
    assert sending.candidates


def test_an_answer_with_a_field_too_many_or_too_few_is_noticed() -> None:
    from dutyroom.api.board import Health

    right = {"ok": True, "position": 1, "version": "1"}
    assert is_of(Health, right)
    assert not is_of(Health, right | {"more": 1})
    assert not is_of(Health, {"ok": True, "position": 1})
    assert not is_of(Health, right | {"position": "1"})


def test_what_the_stream_and_the_front_say_is_declared() -> None:
    from dutyroom.api.answers import OTHERWISE
    from dutyroom.api.stream_messages import MESSAGES
    from dutyroom.projections.board import positions_json
    from dutyroom.site.refusing import SAID

    assert is_of(MESSAGES["positions"], json.loads(positions_json([("P1", 1.0, 2.0, 3)], 4)))
    assert is_of(MESSAGES["beat"], {"server_time_ms": 1, "position": 2})
    assert is_of(MESSAGES["reset"], {})
    text = msgspec.to_builtins(SAID["busy"])
    for status, error in ((503, "busy"), (413, "too_large"), (408, "too_slow")):
        assert is_of(OTHERWISE[status], {"error": error, "message": text})
    for status, body in (
        (401, {"error": "not_signed_in", "message": text}),
        (401, {"error": "another_room"}),
        (401, {"error": "another_member"}),
        (401, {"error": "wrong_token"}),
        (401, {"error": "key_expired", "message": text}),
        (403, {"error": "denied", "message": text, "because": text}),
        (403, {"error": "csrf", "why": ""}),
        (500, {"error": "failed", "message": text}),
    ):
        assert is_of(OTHERWISE[status], body)


def test_the_description_has_every_answer_of_every_route() -> None:
    from dutyroom.api.router import description

    found = description()
    for path, methods in found["paths"].items():
        for method, described in methods.items():
            statuses = described["responses"].keys()
            assert {"200", "401", "403", "422", "503"} <= statuses, (path, method)
            assert described["responses"]["200"]["content"], (path, method)
            assert all(one["name"] for one in described.get("parameters", ())), (path, method)
    assert "409" in found["paths"]["/api/actions/incident.open"]["post"]["responses"]
    rows = found["components"]["schemas"]["BoardRows"]["properties"]
    assert rows["units"]["items"] == {"$ref": "#/components/schemas/UnitRow"}
    assert (
        "text/event-stream" in found["paths"]["/api/stream"]["get"]["responses"]["200"]["content"]
    )
