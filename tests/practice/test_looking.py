"""Before a practice is opened the trainer sees whether it can be, and what people won't play."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from dutyroom.citypack import read_pack
from dutyroom.core.text import Text
from dutyroom.machine.home import Home
from dutyroom.practice.answers import PracticeLook
from dutyroom.practice.launching import Launcher
from dutyroom.practice.looking import READING, UNWANTED_S, Chosen, Looks, look_at
from dutyroom.practice.plan import NoPractice

pytestmark = [pytest.mark.unit, pytest.mark.slow, pytest.mark.usefixtures("forked_children")]
NOTHING = PracticeLook(state="ready", left_out=(), because=None, problems=())
CALLS = "at_s,point,category,priority,needs\n"


class Desk:
    """A trainer's desk over a home with scenarios."""

    def __init__(self, folder: Path, city: Path) -> None:
        self.home, self._city = Home(folder), city
        self.home.scenarios.mkdir()
        self.launcher = Launcher(self.home, "dutyroom.site.practice_room")

    def write(self, name: str, **says: Any) -> Chosen:
        file = self.home.scenarios / f"{name}.json"
        file.write_text(json.dumps({"name": name, "base": str(self._city)} | says))
        return Chosen(scenario=str(file))

    def read(self, chosen: Chosen) -> PracticeLook:
        """What the process of a look finds, without a process."""
        with TemporaryDirectory() as folder:
            into = Path(folder) / "city"
            return look_at(Path(chosen.scenario), chosen.minutes, chosen.seed, into)

    def look(self, chosen: Chosen) -> PracticeLook:
        return answered(lambda: self.launcher.look(chosen))


def answered(look: Callable[[], PracticeLook]) -> PracticeLook:
    """As the page does: ask until there is an answer."""
    until = time.monotonic() + 120  # a busy machine
    while (found := look()) == READING:
        assert time.monotonic() < until
        time.sleep(0.1)
    return found


@pytest.fixture
def desk(tmp_path: Path, city: Path) -> Desk:
    return Desk(tmp_path, city)


def test_what_people_will_not_play_is_shown_in_both_languages(desk: Desk) -> None:
    found = desk.read(desk.write("s", rules={"queue": "nearest"}, posts=["n1"]))
    assert found.state == "ready"
    assert [one.en.split(":")[0] for one in found.left_out] == [
        "rules of dispatch (which waiting call is taken)",
        "posts",
    ]
    assert all(one.zh for one in found.left_out)


def test_nothing_is_shown_where_people_play_everything(desk: Desk) -> None:
    assert desk.read(desk.write("s", calls=5)) == NOTHING


def test_the_demo_needs_no_reading(desk: Desk) -> None:
    assert desk.launcher.look(Chosen(scenario="demo")) == NOTHING


def test_a_scenario_that_can_not_be_read_is_shown_with_file_and_remedy(desk: Desk) -> None:
    found = desk.read(desk.write("s", changes=[{"do": "remove_unit", "id": "P99"}]))
    assert found.state == "refused"
    (problem,) = found.problems
    assert problem.file == "s.json"
    assert problem.message == Text('unknown unit "P99"', "未知的处警单元“P99”")
    assert problem.remedy.en == "Use the id of a unit"


def test_one_that_can_not_be_practised_says_why_in_both_languages(desk: Desk) -> None:
    calls = desk.home.scenarios / "calls.csv"
    calls.write_text(CALLS + "5,n1,JUGGLING,1,patrol\n700,n1,YODELLING,1,patrol\n")
    late = desk.write("s", calls="calls.csv")
    found = desk.read(late)
    assert found.state == "refused"
    assert "JUGGLING" in found.because.en
    assert "JUGGLING" in found.because.zh
    # Only the calls that would ring count: of what comes later nobody hears.
    calls.write_text(CALLS + "700,n1,YODELLING,1,patrol\n")
    assert desk.read(late.model_copy(update={"minutes": 11})) == NOTHING
    assert "YODELLING" in desk.read(late).because.en


def test_a_fleet_that_can_not_meet_a_plan_is_shown_as_at_the_opening(
    desk: Desk, city: Path
) -> None:
    calls = CALLS + "5,n1,POL-THEFT,2,patrol\n"
    (desk.home.scenarios / "calls.csv").write_text(calls)
    ambulances = [unit.id for unit in read_pack(city).units if "als" in unit.capabilities]
    changes = [{"do": "remove_unit", "id": unit} for unit in ambulances]
    found = desk.read(desk.write("s", calls="calls.csv", changes=changes))
    assert found.state == "refused"
    assert "als" in " ".join(problem.message.en for problem in found.problems)


def test_nothing_is_opened_by_a_look_and_nothing_is_left_of_it(desk: Desk) -> None:
    chosen = desk.write("s", posts=["n1"])
    desk.look(chosen)
    assert desk.launcher.state() is None
    assert [path.name for path in desk.home.folder.iterdir()] == ["scenarios"]


def test_a_scenario_that_was_mended_is_read_anew(desk: Desk) -> None:
    assert desk.look(desk.write("s", hours="many")).state == "refused"
    assert desk.look(desk.write("s", hours=3)) == NOTHING


def test_what_is_not_on_the_list_is_not_read(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NoPractice):
        desk.launcher.look(Chosen(scenario=str(tmp_path / "elsewhere.json")))


@pytest.fixture
def looks() -> Iterator[Looks]:
    made = Looks()
    yield made
    made.end()


def test_who_asks_is_not_held_up(desk: Desk, looks: Looks) -> None:
    chosen = desk.write("s")
    assert looks.look(chosen) == READING
    assert answered(lambda: looks.look(chosen)) == NOTHING


def test_two_pages_get_their_answers_one_after_the_other(desk: Desk, looks: Looks) -> None:
    first, second = desk.write("a", posts=["n1"]), desk.write("b")
    found: dict[str, PracticeLook] = {"a": READING, "b": READING}
    until = time.monotonic() + 120
    while READING in found.values():
        assert time.monotonic() < until
        for name, chosen in (("a", first), ("b", second)):
            if found[name] == READING:
                found[name] = looks.look(chosen)
        time.sleep(0.1)
    assert found["a"].left_out != ()
    assert found["b"] == NOTHING


def test_a_look_that_nobody_waits_for_any_more_gives_way(desk: Desk) -> None:
    now_s = 0.0
    looks = Looks(clock_s=lambda: now_s)
    given_up, wanted = desk.write("a"), desk.write("b")
    assert looks.look(given_up) == READING
    assert looks.look(wanted) == READING
    now_s = UNWANTED_S + 0.1
    assert looks.look(wanted) == READING
    now_s += UNWANTED_S / 2
    assert looks.look(given_up) == READING  # its turn is over: it would have to begin anew
    assert answered(lambda: looks.look(wanted)) == NOTHING


def test_a_look_ends_with_its_server_and_leaves_nothing(desk: Desk) -> None:
    chosen, folder = desk.write("s"), desk.home.folder / "look"
    folder.mkdir()
    command = [sys.executable, "-m", "dutyroom.practice.looking", chosen.scenario, "60", "1"]
    look = subprocess.Popen([*command, str(folder)], stdin=subprocess.PIPE)
    assert look.stdin is not None
    look.stdin.close()  # as whatever way a server ends does
    assert look.wait(timeout=60) == 0
    assert not folder.exists()
