"""A practice opens at its own address or not at all."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dutyroom.machine.home import Home
from dutyroom.machine.ports import PortTaken, next_free
from dutyroom.practice.answers import PastPractice
from dutyroom.practice.launching import OPEN_MARK, Launcher, Wanted, environment, new_folder
from dutyroom.site.cannot import Cannot
from dutyroom.site.serving import run

pytestmark = pytest.mark.unit
PROGRAM = "dutyroom.site.practice_room"
ENDS_AT_ONCE = "platform"
"""A module that says something and is done."""


@pytest.fixture
def real_room() -> Iterator[int]:
    """Somebody listens here, as the real room does."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        yield held.getsockname()[1]


@pytest.mark.parametrize("network", [False, True])
def test_the_trainers_desk_refuses_before_anything_is_made(
    tmp_path: Path, real_room: int, network: bool
) -> None:
    desk = Launcher(Home(tmp_path), PROGRAM)
    with pytest.raises(PortTaken, match=str(real_room)):
        desk.start(Wanted(scenario="demo", port=real_room, network=network))
    assert desk.state() is None
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_offered_is_not_the_real_rooms(tmp_path: Path, real_room: int) -> None:
    offered = Launcher(Home(tmp_path), PROGRAM).port(first=real_room)
    assert offered > real_room
    assert next_free("127.0.0.1", real_room) > real_room


def test_who_answers_at_the_address_is_not_taken_for_this_server(real_room: int) -> None:
    opened: list[bool] = []
    with pytest.raises(Cannot, match="Choose another: --port"):
        run("127.0.0.1", real_room, print, lambda: opened.append(True))
    assert opened == []


def test_a_room_that_never_opened_says_so_and_leaves_no_debrief(
    tmp_path: Path, real_room: int
) -> None:
    folder = new_folder(Home(tmp_path), "demo")
    arguments = Wanted(scenario="demo", port=real_room).arguments(PROGRAM, "demo")
    ended = subprocess.run(
        [sys.executable, "-m", *arguments], env=environment(folder, os.environ),
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert ended.returncode != 0
    assert f":{real_room} can't be used" in ended.stderr
    assert OPEN_MARK not in ended.stdout
    assert not (folder / "logins.json").exists()
    assert not (folder / "debrief.json").exists()


def test_a_practice_that_is_over_may_be_thrown_away_by_hand(tmp_path: Path) -> None:
    """Whoever tidies up deletes folders; the trainer's page goes on as if there had been none."""
    desk = Launcher(Home(tmp_path), ENDS_AT_ONCE)
    desk.start(Wanted(scenario="demo", port=next_free("127.0.0.1", 20_000)))
    while (ended := desk.state()) and ended.state == "starting":
        time.sleep(0.01)
    assert ended is not None
    shutil.rmtree(Home(tmp_path).practice(ended.id).folder)
    assert desk.state() is None


def test_debriefs_are_listed_by_when_and_what_the_latest_first(tmp_path: Path) -> None:
    base = Home(tmp_path)
    busy = tmp_path / "busy.json"
    busy.write_text(json.dumps({"name": "A busy evening"}))
    for key, scenario, begin_ms in (("a-busy", busy, 1_000), ("b-demo", "x/demo", 2_000)):
        room = base.practice(key)
        room.folder.mkdir(parents=True)
        content = {"scenario": str(scenario), "begin_ms": begin_ms}
        room.practice_file.write_text(json.dumps(content))
        (room.folder / "debrief.json").write_text("{}")
    assert Launcher(base, PROGRAM).past() == (
        PastPractice(id="b-demo", scenario="demo", begin_ms=2_000),
        PastPractice(id="a-busy", scenario="A busy evening", begin_ms=1_000),
    )
