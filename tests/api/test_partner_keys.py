"""API keys of partners: what they open and nothing else, when they end, and who is said to have
acted."""

import json
import re
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client, override_settings
from tests.api.test_referrals import Partners
from tests.api.test_role_matrix import (
    DELETE_ROUTES,
    OPEN,
    READ_ROUTES,
    WRITE_ROUTES,
    body_for,
)
from tests.harness.rooms import DISPATCHER, SUPERVISOR, TestRoom

from dutyroom.actions.adopting import OPERATOR
from dutyroom.actions.clock import now_ms
from dutyroom.actions.door import Denied
from dutyroom.actions.partner_keys import digest_of, new_key
from dutyroom.api.partner_keys import KEY_ROUTES
from dutyroom.domain import COMMANDS
from dutyroom.domain.partner_keys.commands import AddPartnerKey, KeyScope, RevokePartnerKey
from dutyroom.domain.partner_keys.events import PartnerKeyAdded
from dutyroom.domain.partner_keys.state import prefix_of
from dutyroom.domain.referrals.commands import SendReferral
from dutyroom.projections.partner_keys import partner_keys
from dutyroom.site import key_use

pytestmark = pytest.mark.db

GAS = "lanchuan/gas"
DAY_MS = 86_400_000
ANSWERS = {
    "referral.accept",
    "referral.refuse",
    "referral.undo_answer",
    "referral.start",
    "referral.finish",
}


class System:
    """A partner's system with a key: no cookie, and CSRF is checked as in life."""

    def __init__(self, room: TestRoom, scope: KeyScope = "answer", org: str = GAS) -> None:
        self.room, self.id = room, room.id()
        new = new_key(self.id)
        self.key = new.key
        room.done(SUPERVISOR, AddPartnerKey(self.id, org, scope, new.digest))
        self.name = f"key:{self.id.hex}"

    def ask(self, method: str, path: str, body: Any = None, key: str | None = None) -> Any:
        client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
        return client.generic(
            method,
            path,
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={"authorization": f"Bearer {key or self.key}"},
        )

    def get(self, path: str) -> Any:
        return self.ask("GET", path)

    def act(self, verb: str, **command: Any) -> Any:
        body = {"action": str(self.room.id()), "command": command}
        return self.ask("POST", f"/api/actions/{verb}", body)


@pytest.fixture
def partners(room: TestRoom) -> Partners:
    return Partners(room)


@pytest.fixture
def later() -> Iterator[Any]:
    """Somebody asks when so many milliseconds have gone by."""
    added, begun = [0], now_ms()
    stands = [False]

    def until(ms: int, at: bool = False) -> None:
        """``at``: the clock stands still there."""
        added[0], stands[0] = ms, at

    with patch(
        "dutyroom.site.bearers.now_ms", lambda: (begun if stands[0] else now_ms()) + added[0]
    ):
        yield until


def test_a_system_takes_a_referral_from_the_list_to_the_result(
    room: TestRoom, partners: Partners
) -> None:
    referral, system = partners.sent(), System(room)
    listed = system.get("/api/partner")
    assert listed.status_code == 200
    assert [one["id"] for one in listed.json()["referrals"]] == [str(referral)]
    read = system.get(f"/api/readings/referrals/{referral}").json()
    assert read["carried"]["known"] == ["It smells of gas"]
    assert read["because"]["en"] == "allowed because it was sent to your organisation"
    for verb, command in (
        ("referral.accept", {}),
        ("referral.start", {}),
        ("referral.finish", {"text": "Valve shut"}),
    ):
        answer = system.act(verb, referral=str(referral), **command)
        assert answer.status_code == 200, answer.content
        assert not answer.cookies
    row = room.row("referrals", referral)
    assert (row["state"], row["answered_by"]) == ("done", system.name)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT type, role, purpose, body FROM journal_journalentry WHERE actor = %s"
            " ORDER BY position",
            [system.name],
        )
        entries = cursor.fetchall()
    assert [one[0] for one in entries] == [
        "record.read.v1",
        "referral.accepted.v1",
        "referral.started.v1",
        "referral.done.v1",
    ]
    assert {one[1:3] for one in entries} == {("answer_key", "handle_referral")}
    assert json.loads(bytes(entries[0][3]))["what"] == "referral"


def test_it_refuses_with_a_reason(room: TestRoom, partners: Partners) -> None:
    referral, system = partners.sent(), System(room)
    answer = system.act("referral.refuse", referral=str(referral), reason="outside-area")
    assert answer.status_code == 200
    assert room.row("referrals", referral)["reason"] == "outside-area"


def test_it_takes_its_answer_back_as_long_as_it_may(room: TestRoom, partners: Partners) -> None:
    referral, system = partners.sent(), System(room)

    def after(verb: str, **command: Any) -> Any:
        answer = system.act(verb, referral=str(referral), **command)
        assert answer.status_code == 200, answer.content
        return room.row("referrals", referral)["state"]

    assert after("referral.accept") == "accepted"
    assert after("referral.undo_answer") == "sent"
    assert after("referral.refuse", reason="outside-area") == "refused"
    assert after("referral.undo_answer") == "sent"
    assert after("referral.accept") == "accepted"
    assert after("referral.start") == "in_progress"
    late = system.act("referral.undo_answer", referral=str(referral))
    assert (late.status_code, late.json()["refusal"]) == (409, "ReferralHasMovedOn")
    assert after("referral.finish", text="Valve shut") == "done"
    assert after("referral.start") == "in_progress"  # the report is taken back


def test_a_key_that_reads_does_not_answer(room: TestRoom, partners: Partners) -> None:
    referral, system = partners.sent(), System(room, "read")
    assert system.get(f"/api/readings/referrals/{referral}").status_code == 200
    for verb in sorted(ANSWERS):
        answer = system.ask("POST", f"/api/actions/{verb}", body_for(verb))
        assert answer.status_code == 403, verb
        said = answer.json()["because"]
        assert "not for the role partner's API key (reads)" in said["en"]
        assert "只读" in said["zh"]


def test_what_was_sent_to_another_partner_is_closed(room: TestRoom, partners: Partners) -> None:
    theirs, system = partners.sent("hotline"), System(room)
    assert system.get("/api/partner").json()["referrals"] == []
    assert system.get(f"/api/readings/referrals/{theirs}").status_code == 403
    answer = system.act("referral.accept", referral=str(theirs))
    assert answer.status_code == 403
    assert "not sent to your organisation" in answer.json()["because"]["en"]


@override_settings(KEY_REQUESTS_PER_MIN=6_000)
@pytest.mark.parametrize("scope", ["read", "answer"])
def test_each_route_with_a_key(room: TestRoom, scope: KeyScope) -> None:
    """It opens the partner's routes, each by its method, and no other."""
    system = System(room, scope)
    assert system.get("/api/partner").status_code == 200
    asked = {("GET", f"/{path}", None) for path in (*READ_ROUTES, *OPEN)}
    asked |= {("POST", f"/{path}", json.dumps(body)) for path, (_, body, _) in WRITE_ROUTES.items()}
    asked |= {("DELETE", f"/{path}", None) for path in DELETE_ROUTES}
    asked |= {("POST", f"/api/actions/{verb}", json.dumps(body_for(verb))) for verb in COMMANDS}
    asked |= {("POST", "/api/session", '{"name": "dai", "password": "dutyroom"}')}
    asked |= {("DELETE", "/api/partner", None), ("GET", "/api/openapi.json", None)}
    for method, path, body in sorted(asked, key=str):
        if path == "/api/partner" and method == "GET":
            continue
        answer = system.ask(method, path, json.loads(body) if body else None)
        assert answer.status_code == 403, (method, path, answer.content)
        assert answer.json()["error"] == "denied"
    verbs = {path.rpartition("/")[2] for path, method in KEY_ROUTES.items() if method == "post"}
    assert verbs == ANSWERS


def test_an_expired_a_revoked_and_an_unknown_key_are_told_apart(room: TestRoom, later: Any) -> None:
    system = System(room)
    later(90 * DAY_MS - 60_000)
    assert system.get("/api/partner").status_code == 200
    later(90 * DAY_MS + 1)
    answer = system.get("/api/partner")
    assert (answer.status_code, answer.json()["error"]) == (401, "key_expired")
    assert "has expired" in answer.json()["message"]["en"]
    later(0)
    room.done(SUPERVISOR, RevokePartnerKey(system.id))
    answer = system.get("/api/partner")
    assert (answer.status_code, answer.json()["error"]) == (401, "key_revoked")
    assert "吊销" in answer.json()["message"]["zh"]
    wrong = system.ask("GET", "/api/partner", key=system.key[:-1] + "!")
    assert (wrong.status_code, wrong.json()["error"]) == (401, "wrong_token")


def test_wrong_keys_have_to_wait_and_the_right_one_has_not(room: TestRoom) -> None:
    system = System(room)
    statuses = [
        system.ask("GET", "/api/partner", key=f"{system.key}{n}").status_code for n in range(7)
    ]
    assert statuses == [401] * 5 + [429] * 2
    assert system.get("/api/partner").status_code == 200
    for n in range(60):
        last = system.ask("GET", "/api/partner", key=new_key(UUID(int=n)).key)
    assert last.status_code == 429
    assert int(last.headers["Retry-After"]) > 0


@override_settings(KEY_REQUESTS_PER_MIN=3)
def test_a_key_waits_when_it_has_sent_as_many_as_it_may(room: TestRoom, later: Any) -> None:
    system, other = System(room), System(room)
    later(0, at=True)
    assert [system.get("/api/partner").status_code for _ in range(3)] == [200] * 3
    refused = system.get("/api/partner")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "20"
    said = refused.json()
    assert (said["error"], said["retry_after_s"], said["per_minute"]) == (
        "too_many_requests",
        20,
        3,
    )
    assert "3 requests a minute" in said["message"]["en"]
    assert "每分钟最多发送 3 次" in said["message"]["zh"]
    assert system.get("/api/session").status_code == 429  # before what it would not open, too
    assert other.get("/api/partner").status_code == 200
    assert system.act("referral.accept", referral=str(room.id())).status_code == 429
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_journalentry WHERE actor = %s", [system.name])
        assert cursor.fetchone() == (0,)
    later(20_000, at=True)
    assert [system.get("/api/partner").status_code for _ in range(2)] == [200, 429]


@override_settings(KEY_REQUESTS_PER_MIN=3)
def test_all_processes_count_together(room: TestRoom, later: Any) -> None:
    """What this process remembers is forgotten between requests, as if each went to another."""
    system = System(room)
    later(0, at=True)
    statuses = []
    for _ in range(5):
        statuses.append(system.get("/api/partner").status_code)
        key_use._waits.clear()
    assert statuses == [200] * 3 + [429] * 2


def test_a_key_of_before_lets_its_system_in_and_is_shown_as_before(room: TestRoom) -> None:
    id_ = room.id()
    key = f"drk_{id_.hex}_{'x' * 43}"
    room.done(SUPERVISOR, AddPartnerKey(id_, GAS, "read", digest_of(key)))
    system = System(room)
    assert system.ask("GET", "/api/partner", key=key).status_code == 200
    old = PartnerKeyAdded(SUPERVISOR.id, GAS, "read", digest_of(key), now_ms() + DAY_MS)
    assert prefix_of(id_, old) == key[:16]


@pytest.mark.parametrize(
    "key", ["drk_", "drk__", "drk_0_1", f"drk_{'0' * 32}_", f"drk_{'g' * 32}_a", "drk", "é" * 9]
)
def test_what_only_looks_like_a_key_lets_nobody_in(room: TestRoom, key: str) -> None:
    client = Client(headers={"host": "localhost"})
    answer = client.get(
        "/api/partner", headers={"authorization": f"Bearer {key}".encode().decode("latin-1")}
    )
    assert answer.status_code == 401


def test_a_supervisor_makes_a_key_which_is_shown_once(room: TestRoom) -> None:
    from dutyroom.site.models import Member

    dai = Client(headers={"host": "localhost"})
    dai.force_login(Member.objects.create(name="dai", role="supervisor", password="!"))
    id_ = room.id()
    body = {"action": str(room.id()), "partner_key": str(id_), "org": GAS, "scope": "answer"}

    def make() -> Any:
        return dai.post("/api/partner-keys", body, content_type="application/json")

    made = make()
    assert made.status_code == 200, made.content
    key = made.json()["key"]
    assert re.fullmatch(r"drk_[0-9a-f]{12}_[0-9a-f]{20}_[\w-]{43}", key)
    with connection.cursor() as cursor:
        cursor.execute("SELECT body, sealed FROM journal_journalentry")
        kept = b"".join(bytes(one or b"") for row in cursor.fetchall() for one in row)
        cursor.execute("SELECT row FROM projections_listedview WHERE kind = 'partner_key'")
        shown = str(cursor.fetchall())
    assert digest_of(key).encode() in kept
    assert key.rpartition("_")[2].encode() not in kept
    assert digest_of(key) not in shown
    assert key[:16] in shown
    again = make()
    assert (again.status_code, again.json()["refusal"]) == (409, "PartnerKeyExists")
    names = dai.get("/api/colleagues").json()
    assert names[f"key:{id_.hex}"]["en"].startswith(f"API key {key[:16]} (")
    assert "接口密钥" in names[f"key:{id_.hex}"]["zh"]


def test_who_makes_and_revokes_keys(room: TestRoom) -> None:
    add = AddPartnerKey(room.id(), GAS, "read", digest_of("x"))
    revoke = RevokePartnerKey(add.partner_key)
    assert isinstance(room.ask(DISPATCHER, add), Denied)
    room.done(OPERATOR, add)
    assert isinstance(room.ask(DISPATCHER, revoke), Denied)
    room.done(SUPERVISOR, revoke)
    [row] = partner_keys(GAS)
    assert (row.state, row.added_by, row.revoked_by) == ("revoked", OPERATOR.id, SUPERVISOR.id)


def test_a_partner_sees_on_its_page_until_when_its_keys_are_good(
    room: TestRoom, partners: Partners
) -> None:
    system, revoked = System(room, "read"), System(room)
    System(room, org="lanchuan/hotline")  # which may answer, and is another partner's
    room.done(SUPERVISOR, RevokePartnerKey(revoked.id))
    page = partners.get(partners.gas, "/api/partner")
    assert [(one["prefix"], one["scope"]) for one in page["keys"]] == [(system.key[:16], "read")]


def test_what_it_did_is_named_in_the_history(room: TestRoom, partners: Partners) -> None:
    referral, system = partners.sent(), System(room)
    system.act("referral.accept", referral=str(referral))
    auditor = partners.member("lin", "auditor", "")
    acts = partners.get(auditor, "/api/audit/acts")
    assert system.name in json.dumps(acts)
    assert partners.get(auditor, "/api/colleagues")[system.name]["zh"].startswith("接口密钥 drk_")
    again = SendReferral(room.id(), partners.incident, "gas-leaks")
    assert room.ask(DISPATCHER, again)


def test_the_description_says_how_a_key_is_sent() -> None:
    from dutyroom.api.router import description

    found = description()
    scheme = found["components"]["securitySchemes"]["partnerKey"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    for path, methods in found["paths"].items():
        for method, described in methods.items():
            by_key = {"partnerKey": []} in described.get("security", [])
            assert by_key == (KEY_ROUTES.get(path) == method), (path, method)
