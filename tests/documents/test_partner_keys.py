"""What the guide shows of API keys is run: commands in processes of their own, curl as a partner's
system would send it."""

import json
import os
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import HTTPCookieProcessor, Request, build_opener
from uuid import uuid4

import pytest
from tests.documents.blocks import ROOT, Block, blocks_of, commands_of
from tests.harness.terminal import PASSWORD, Terminal

pytestmark = pytest.mark.slow

PAGE = ROOT / "docs/guides/partners.md"


class Dispatcher:
    """Signs in at an address, and acts there."""

    def __init__(self, address: str, name: str) -> None:
        self._address = address
        self._open = build_opener(HTTPCookieProcessor(CookieJar())).open
        self._csrf = self.ask("session")["csrf"]
        self._csrf = self.ask("session", {"name": name, "password": PASSWORD})["csrf"]

    def ask(self, path: str, body: Any = None) -> Any:
        headers = {"Content-Type": "application/json"}
        if body is not None:
            headers |= {"X-CSRFToken": self._csrf, "Origin": self._address}
        data = None if body is None else json.dumps(body).encode()
        with self._open(Request(f"{self._address}/api/{path}", data, headers)) as answer:
            return json.loads(answer.read())

    def act(self, verb: str, **command: Any) -> None:
        self.ask(f"actions/{verb}", {"action": str(uuid4()), "command": command})


def block_with(text: str) -> Block:
    [found] = [one for one in blocks_of(PAGE) if text in one.text]
    return found


def test_a_system_works_as_the_page_says(tmp_path: Path) -> None:
    person, also = Terminal(tmp_path / "work"), ""
    if person.run("uuidgen").code != 0:  # of util-linux; what stands in for it here is as good
        tools = tmp_path / "tools"
        tools.mkdir()
        (tools / "uuidgen").write_text("#!/bin/sh\ncat /proc/sys/kernel/random/uuid\n")
        (tools / "uuidgen").chmod(0o755)
        also = f"{tools}{os.pathsep}"
    person.must("dutyroom pack generate CITY --nodes 800 --units 20")
    person.must("dutyroom pack adopt CITY")
    person.must("dutyroom member add chen dispatcher")
    adding, listing = commands_of(block_with("dutyroom key add"))
    key = person.must(adding).strip()
    assert key[:16] in person.must(listing)
    with person.serving("dutyroom serve") as address:
        chen, incident, referral = Dispatcher(address, "chen"), str(uuid4()), str(uuid4())
        [place, *_] = chen.ask(f"gazetteer?q={quote('a')}")["hits"]
        at = {"lon": place["lon"], "lat": place["lat"], "label": "Market", "kind": "place"}
        chen.act("incident.open", incident=incident, category="GAS-LEAK", priority=2, place=at)
        chen.act("referral.send", referral=referral, incident=incident, agreement="gas-leaks")
        said = f"export ROOM={address} KEY={key} REFERRAL={referral} PATH={also}$PATH; "
        answers = [
            json.loads(person.must(said + line))
            for line in commands_of(block_with("Authorization: Bearer $KEY"))
        ]
        listed, read, *acted = answers
        assert [one["id"] for one in listed["referrals"]] == [referral]
        assert read["carried"]["category"] == "GAS-LEAK"
        assert [one["events"] for one in acted] == [
            ["referral.accepted.v1"],
            ["referral.answer_undone.v1"],
            ["referral.accepted.v1"],
            ["referral.started.v1"],
            ["referral.done.v1"],
            ["referral.started.v1"],
            ["referral.done.v1"],
        ]
        person.must(f"dutyroom key revoke {key[:16]}")
        refused = person.run(said + 'curl -s -H "Authorization: Bearer $KEY" "$ROOM/api/partner"')
        assert json.loads(refused.out)["error"] == "key_revoked"
        [row] = chen.ask("board")["referrals"]
        assert (row["state"], row["answered_by"][:4]) == ("done", "key:")
        names = chen.ask("colleagues")
        assert names[row["answered_by"]]["en"].startswith(f"API key {key[:16]} (")
