"""What the front answers by itself is said in both languages, whoever asks."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest

from dutyroom.site import bridge, front
from dutyroom.site.bridge import Bridge, Lane
from dutyroom.site.refusing import SAID

SOURCES = "".join(Path(str(one.__file__)).read_text("utf-8") for one in (bridge, front))
NAMES = re.findall(r'(?:refuse\(send|_Unread\(|raise _Unread\()[, ]*\d+, "(\w+)"', SOURCES)


@pytest.mark.parametrize("name", sorted(set(NAMES)))
def test_every_refusal_of_the_front_has_words(name: str) -> None:
    assert re.search(r"[一-鿿].*。$", SAID[name].zh)
    assert re.fullmatch(r"[A-Z].*\.", SAID[name].en)


def test_a_refusal_without_words_would_be_found() -> None:
    assert set(NAMES) == set(SAID)


def test_who_finds_the_server_crowded_reads_it_in_either_language() -> None:
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        sent.append(message)

    full = Lane("full", threads=1, waiting=-1)
    scope = {"headers": [], "type": "http"}
    asyncio.run(Bridge(lambda *_: [], 1_000)(full, scope, receive, send))
    start, body = sent
    assert start["status"] == 503
    assert (b"retry-after", b"2") in start["headers"]
    said = json.loads(body["body"])
    assert said["error"] == "busy"
    assert said["message"]["zh"] == "服务器繁忙，未执行任何操作，请稍后再试。"
    assert said["message"]["en"].startswith("The server has too much to do right now.")
