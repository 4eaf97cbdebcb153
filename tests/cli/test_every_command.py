"""Every command as a person runs it: in a process of its own, in a home that was never used.

A command that isn't run here fails the suite. Those that take long, or whose work is looked at
elsewhere in one process, run by night. By night each begins at a shell; at a commit those do that
serve or explain, the others with their modules loaded.
"""

import json
import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.request import Request, urlopen
from uuid import uuid4

import click
import pytest
from click.testing import CliRunner
from tests.cli.town import write_town
from tests.harness.examples import DEEP, by_night
from tests.harness.terminal import Terminal, is_server, session

from dutyroom.cli.main import main

ROOM = """
dutyroom pack generate CITY --nodes 800 --units 20
dutyroom pack check CITY
dutyroom pack routes CITY
dutyroom pack holidays CITY --calendar office --country CN --years 2026-2028 --yes
dutyroom pack adopt CITY
dutyroom pack deadlines CITY
dutyroom member add 1017 dispatcher
dutyroom member list
dutyroom member title 1017 '陈海 Chen Hai'
dutyroom member role 1017 supervisor
dutyroom member org 1017 PS01
dutyroom member password 1017
dutyroom member sign-out 1017
dutyroom member disable 1017
dutyroom member enable 1017
dutyroom member token telephone
dutyroom key add gas --scope answer --days 30 > key.txt
dutyroom key list
dutyroom key revoke "$(cut -c 1-16 key.txt)"
dutyroom journal verify
dutyroom journal rebuild
dutyroom journal accept-end
dutyroom serve
dutyroom openapi
dutyroom warm-up
"""
DEMO = """
dutyroom play demo
dutyroom practice demo --minutes 1
"""
TOWN = """
dutyroom rehearse check today.json
dutyroom rehearse run today.json
dutyroom rehearse compare today.json more.json
dutyroom rehearse vary vary.json --out varied
"""
LATER = {
    "dutyroom openapi",
    "dutyroom warm-up",
    "dutyroom member title 1017 '陈海 Chen Hai'",
    "dutyroom member role 1017 supervisor",
    "dutyroom member org 1017 PS01",
    "dutyroom member sign-out 1017",
    "dutyroom member disable 1017",
    "dutyroom member enable 1017",
    "dutyroom rehearse compare today.json more.json",
}
"""By night: their work is looked at in `tests/site`, `tests/api` and `tests/rehearsal`, too."""
TOWN_AT_NIGHT = """
dutyroom rehearse sweep varied --out swept.jsonl --workers 1
dutyroom rehearse propose posts today.json --out posts
dutyroom rehearse propose moves today.json --out moves
dutyroom rehearse propose staffing today.json --out staffing --late 0.6
dutyroom rehearse propose stations today.json --out stations --least 1
dutyroom rehearse propose districts today.json --out districts
dutyroom rehearse propose rosters shifts.json --crew crew.json --out rosters --seconds 2
"""
RECORDED = """
dutyroom calls import week.csv.gz --contract sf-fire
dutyroom calls list
dutyroom pack from-dataset sf-fire --stations stations.csv
dutyroom rehearse learn sf-fire --out usual
dutyroom rehearse history sf-fire --replications 1
"""
REFUSED = {
    "dutyroom rehearse journal last-night": "0 calls to fit on",
    "dutyroom member skills 1017 english": "1017",
}
"""A new room has no past of its own; one that has is rehearsed in `tests/learning`. Skills are those
of a desk's specialist: `tests/site/test_specialists`."""
NEVER_USED = {
    "dutyroom journal verify": "there is no room in",
    "dutyroom journal rebuild": "there is no room in",
    "dutyroom member list": "there is no room in",
    "dutyroom key list": "there is no room in",
    "dutyroom member disable 1017": "there is no room in",
}


def lines(*parts: str) -> list[str]:
    return [line for part in parts for line in part.strip().splitlines()]


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command and group of commands, by the words that call it."""
    for name, command in group.commands.items():
        yield *path, name
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


def called(line: str) -> tuple[str, ...]:
    """The command that a line calls, without its arguments."""
    found: tuple[str, ...] = ()
    group: click.Command = main
    for word in shlex.split(line)[1:]:
        if not isinstance(group, click.Group) or word not in group.commands:
            break
        found, group = (*found, word), group.commands[word]
    return found


def groups(paths: set[tuple[str, ...]]) -> set[tuple[str, ...]]:
    return {path[:-1] for path in paths}


def at_work(folder: Path) -> Terminal:
    return Terminal(folder / "work", loaded=not DEEP)


@pytest.fixture(scope="module")
def person(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    made = at_work(tmp_path_factory.mktemp("commands"))
    write_town(made.folder)
    return made


def works(person: Terminal, line: str) -> None:
    if is_server(line):
        with person.serving(line) as address:
            assert session(address)["room"]["title"]["en"]
    else:
        person.must(line)


@pytest.mark.parametrize("line", NEVER_USED)
def test_in_a_home_that_was_never_used_it_says_so_and_makes_nothing(
    tmp_path: Path, line: str
) -> None:
    done = at_work(tmp_path).run(line)
    assert done.code == 2, done
    assert NEVER_USED[line] in done.err
    assert len(done.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == [tmp_path / "work"]


@pytest.mark.parametrize(
    "line", ["dutyroom member add 1017 dispatcher", "dutyroom member token telephone"]
)
def test_members_can_be_added_to_a_home_that_was_never_used(tmp_path: Path, line: str) -> None:
    at_work(tmp_path).must(line)


@pytest.mark.deep  # in one process: `tests/site/test_organisations.py`
def test_a_gateway_brings_calls_that_are_of_its_organisation(tmp_path: Path) -> None:
    person = Terminal(tmp_path / "work")
    assert "no city pack" in person.run("dutyroom member token telephone --org PS01").err
    person.must("dutyroom pack generate CITY --nodes 800 --units 20")
    person.must("dutyroom pack adopt CITY")
    refused = person.run("dutyroom member token telephone --org moon")
    assert refused.code != 0
    assert "no organisation 'moon'; it has lanchuan, " in refused.err
    assert "telephone" not in person.must("dutyroom member list")
    token = person.must("dutyroom member token telephone --org PS01").strip()
    with person.serving("dutyroom serve") as address:
        assert _org_of_a_call(person, address, token).endswith("/PS01")
        person.must("dutyroom member org telephone lanchuan")
        assert _org_of_a_call(person, address, token) == "lanchuan"


def _org_of_a_call(person: Terminal, address: str, token: str) -> str:
    """Whose a call is that rings at this gateway."""
    call = str(uuid4())
    asked = {"action": str(uuid4()), "command": {"call": call, "line": "110-1"}}
    request = Request(
        f"{address}/api/actions/call.receive",
        json.dumps(asked).encode(),
        {"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    urlopen(request, timeout=60).close()
    with closing(sqlite3.connect(person.home / "dutyroom.sqlite3")) as database:
        shown = database.execute("SELECT row FROM projections_callview WHERE id = ?", [call])
        return str(json.loads(shown.fetchone()[0])["org"])


@pytest.mark.parametrize(
    "line", [by_night(line) if line in LATER else line for line in lines(ROOM, TOWN)]
)
def test_a_command_does_its_work(person: Terminal, line: str) -> None:
    works(person, line)


@pytest.mark.deep  # in one process: `tests/learning`
@pytest.mark.parametrize("line", REFUSED)
def test_a_command_says_what_it_lacks(person: Terminal, line: str) -> None:
    done = person.run(line)
    assert done.code in (1, 2), done
    assert REFUSED[line] in done.err
    assert "Traceback" not in done.err


@pytest.mark.deep  # in one process: `tests/importing`, `tests/packmaking`, `tests/learning`
@pytest.mark.parametrize("line", lines(RECORDED))
def test_a_command_does_its_work_with_recorded_calls(
    person: Terminal, shared_data: Path, line: str
) -> None:
    data = shared_data / "sffd_2018"
    for name, file in (("week", "sffd_week_20180115_0121"), ("stations", "sf_fire_stations")):
        [found] = data.glob(f"{file}.csv*")
        link = person.folder / found.name.replace(file, name)
        if not link.exists():
            link.symlink_to(found)
    works(person, line)


@pytest.mark.deep
@pytest.mark.parametrize("line", lines(TOWN_AT_NIGHT, DEMO))
def test_a_command_that_takes_long_does_its_work(person: Terminal, line: str) -> None:
    if "sweep" in line and not (person.folder / "varied").exists():
        person.must("dutyroom rehearse vary vary.json --out varied")
    works(person, line)


def test_every_command_is_run_here() -> None:
    run = set(map(called, [*lines(ROOM, DEMO, TOWN, TOWN_AT_NIGHT, RECORDED), *REFUSED]))
    every = set(commands(main))
    assert run == every - groups(every)


def test_every_command_explains_itself() -> None:
    for path in commands(main):
        command: click.Command = main
        for word in path:
            assert isinstance(command, click.Group)
            command = command.commands[word]
        said = CliRunner().invoke(main, [*path, "--help"])
        assert said.exit_code == 0, path
        assert command.help, path
        for option in command.params:
            if isinstance(option, click.Option) and option.name != "help":
                assert option.opts[0] in said.output, path


@pytest.mark.parametrize("program", ["dutyroom", "python -m dutyroom"])
def test_help_is_asked_for_as_people_do(tmp_path: Path, program: str) -> None:
    said = Terminal(tmp_path / "work").must(f"{program} --help")
    assert said.startswith("Usage: dutyroom [OPTIONS] COMMAND")
    assert not (tmp_path / "work-home").exists()
