"""What people can do something about is said in one line with the remedy; nothing is half done.

Of each kind of fault one case at each commit, all by night.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from bench.serving import free_port
from tests.harness.commands import Finished, dutyroom, room_with_a_pack
from tests.harness.examples import by_night, some

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A room with a pack in force and a gateway."""
    return room_with_a_pack(tmp_path_factory.mktemp("made") / "home")


@pytest.fixture
def room(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoilt."""
    home = tmp_path / "home"
    shutil.copytree(made, home)
    home.chmod(0o700)
    return home


def refuses(ran: Finished, *words: str) -> None:
    """Exit code 2 and one line that has these words."""
    assert ran.code == 2, str(ran)
    assert ran.out == ""
    assert ran.err.startswith("Error: ")
    assert ran.err.count("\n") == 1, ran.err
    for word in words:
        assert word in ran.err


def on_a_free_port() -> list[str]:
    return ["serve", "--port", str(free_port())]


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    file = tmp_path / "home"
    file.write_text("")
    refuses(dutyroom("journal", "verify", home=file), str(file), "DUTYROOM_HOME")


@pytest.mark.deep
def test_a_home_inside_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refuses(dutyroom("journal", "verify", home=tmp_path / "file" / "home"), "DUTYROOM_HOME")


@pytest.mark.deep
def test_a_home_that_cannot_be_made() -> None:
    refuses(dutyroom("journal", "verify", home=Path("/proc/no/home")), "/proc/no/home", "--home")


def test_a_home_that_others_can_read_is_refused_with_the_command_that_closes_it(room: Path) -> None:
    room.chmod(0o755)
    refuses(dutyroom(*on_a_free_port(), home=room), f"chmod 700 {room}")
    refuses(dutyroom("calls", "import", __file__, "--contract", "sf-fire", home=room), "chmod 700")


def test_what_a_room_makes_is_for_its_user_only(made: Path) -> None:
    paths = [made, *made.rglob("*")]
    assert len(paths) > 10
    assert [path for path in paths if path.stat().st_mode & 0o077] == []


@pytest.mark.parametrize(
    "address",
    [
        "mysql://u:secret@host/name",
        by_night("postgresql://u:secret@host:seven/name"),
        by_night("sqlite:///x"),
        by_night("x"),
    ],
)
def test_an_address_that_is_none_of_a_database(tmp_path: Path, address: str) -> None:
    ran = dutyroom("journal", "rebuild", home=tmp_path / "h", DUTYROOM_DATABASE=address)
    refuses(ran, "postgresql://user:password@host:port/name")
    assert "secret" not in ran.err


def test_a_database_that_is_down(tmp_path: Path) -> None:
    address = "postgresql://u:secret@127.0.0.1:1/name"
    ran = dutyroom("pack", "adopt", str(tmp_path), home=tmp_path / "h", DUTYROOM_DATABASE=address)
    refuses(ran, "127.0.0.1:1/name", "refused", "Start it, or correct DUTYROOM_DATABASE")
    assert "secret" not in ran.err


@pytest.mark.parametrize("password", some(["se/cret", "se#cret", "se?cret", "se[cret"], "se/cret"))
def test_a_password_with_signs_of_an_address_is_answered_by_how_to_write_it(
    tmp_path: Path, password: str
) -> None:
    address = f"postgresql://u:{password}@127.0.0.1:1/name"
    ran = dutyroom("journal", "rebuild", home=tmp_path / "h", DUTYROOM_DATABASE=address)
    refuses(ran, "/ as %2F")
    assert "cret" not in ran.err


def test_a_file_that_is_no_database(room: Path) -> None:
    (room / "dutyroom.sqlite3").write_text("a letter, longer than the head of a database\n" * 50)
    refuses(dutyroom(*on_a_free_port(), home=room), "isn't a database", "backup")
    assert (room / "dutyroom.sqlite3").read_text().startswith("a letter")


@pytest.mark.parametrize("host", some(["192.0.2.1", "nowhere.invalid", "a..b"], "nowhere.invalid"))
def test_a_host_that_is_not_this_machine(room: Path, host: str) -> None:
    ran = dutyroom("serve", "--port", "8000", "--host", host, home=room)
    refuses(ran, f"{host}:8000", "--host an address of this machine")


@pytest.mark.parametrize(
    "place", [("--home", ""), by_night(("--room", "")), ("--room", "../other")]
)
def test_a_home_or_room_that_names_none(tmp_path: Path, place: tuple[str, str]) -> None:
    refuses(dutyroom(*place, "member", "list", home=tmp_path / "h"), place[0])


@pytest.mark.deep
def test_a_database_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "home" / "dutyroom.sqlite3").mkdir(parents=True)
    (tmp_path / "home").chmod(0o700)
    refuses(dutyroom("journal", "rebuild", home=tmp_path / "home"), "can't be opened")


def test_a_missing_key_beside_a_journal_starts_nothing_and_makes_no_key(room: Path) -> None:
    key = room / "keys" / "centre.key"
    key.unlink()
    refuses(dutyroom(*on_a_free_port(), home=room), str(key), "Restore centre.key from the backup")
    refuses(dutyroom("journal", "rebuild", home=room), "Restore")
    assert not key.exists()


def test_a_first_start_makes_the_key(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert dutyroom("member", "token", "phone", home=home).code == 0
    assert (home / "keys" / "centre.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.deep
def test_a_damaged_key(room: Path) -> None:
    key = room / "keys" / "centre.key"
    key.write_bytes(b"short")
    refuses(dutyroom(*on_a_free_port(), home=room), str(key), "backup")


def test_another_key_than_the_journal_was_sealed_with(room: Path) -> None:
    with the_database(room) as database:
        database.execute(
            "INSERT INTO journal_journalkey (name, wrapped, made_at_ms) VALUES ('call:1', ?, 1)",
            [os.urandom(60)],
        )
    refuses(dutyroom(*on_a_free_port(), home=room), "centre.key", "backup")


@contextmanager
def the_database(home: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(home / "dutyroom.sqlite3")) as database, database:
        yield database


def test_a_journal_that_is_shorter_than_it_was_is_not_served_until_somebody_accepts_it(
    room: Path,
) -> None:
    heads = room / "keys" / "heads.jsonl"
    assert '"position": 1' in heads.read_text()
    with the_database(room) as database:
        database.execute("DELETE FROM journal_journalentry")
    refuses(dutyroom(*on_a_free_port(), home=room), "had 1 on", "dutyroom journal accept-end")
    found = dutyroom("journal", "verify", home=room)
    assert (found.code, "cut_off" in found.out) == (1, True)
    accepted = dutyroom("journal", "accept-end", home=room)
    assert (accepted.code, accepted.out) == (
        0,
        "entries 1 to 1 are lost; the journal goes on behind 0\n",
    )
    again = dutyroom("journal", "accept-end", home=room)
    assert (again.code, "nothing was lost" in again.out) == (0, True)


@pytest.mark.deep
def test_a_journal_with_another_end_than_it_had(room: Path) -> None:
    with the_database(room) as database:
        database.execute("UPDATE journal_journalentry SET hash = zeroblob(32)")
    refuses(dutyroom(*on_a_free_port(), home=room), "dutyroom journal verify")


def test_a_kept_pack_that_was_altered_or_is_gone(room: Path) -> None:
    (kept,) = (room / "packs").iterdir()
    units = kept / "units.csv"
    units.write_text(units.read_text().replace("patrol", "pa\x00trol"))
    refuses(dutyroom(*on_a_free_port(), home=room), str(kept), "altered", "backup")
    units.write_text(units.read_text().replace("pa\x00trol", "ambulance"))
    refuses(dutyroom(*on_a_free_port(), home=room), str(kept), "altered", "backup")
    shutil.rmtree(kept)
    refuses(dutyroom(*on_a_free_port(), home=room), "missing")


def test_a_room_without_a_pack_names_what_comes_first(tmp_path: Path) -> None:
    refuses(dutyroom(*on_a_free_port(), home=tmp_path / "h"), "dutyroom pack adopt FOLDER")


@pytest.mark.parametrize(("option", "value"), [("--nodes", "300"), ("--units", "3")])
def test_a_city_that_would_be_too_small(tmp_path: Path, option: str, value: str) -> None:
    ran = dutyroom("pack", "generate", str(tmp_path / "city"), option, value, home=None)
    assert ran.code == 2
    assert option in ran.err
    assert "Traceback" not in ran.err


def test_one_problem_is_one_problem(made: Path, tmp_path: Path) -> None:
    (kept,) = (made / "packs").iterdir()
    spoilt = tmp_path / "pack"
    shutil.copytree(kept, spoilt)
    (spoilt / "clocks.json").unlink()
    said = dutyroom("pack", "check", str(spoilt), home=None).err
    assert "\n1 problem: the pack was refused." in said


@pytest.mark.parametrize(
    "what", some(["posts", "moves", "staffing", "stations", "districts"], "moves")
)
def test_an_agency_that_nobody_is_of_is_said_before_today_is_rehearsed(
    made: Path, tmp_path: Path, what: str
) -> None:
    """So many replications take hours."""
    (kept,) = (made / "packs").iterdir()
    many = ("--agency", "fyre", "--replications", "100000")
    ran = dutyroom("rehearse", "propose", what, str(kept), "--out", str(tmp_path), *many, home=None)
    assert ran.code != 0
    assert ran.err.splitlines()[-1].startswith("Error: no unit is of the agency 'fyre': there are ")


@pytest.mark.skipif(os.geteuid() != 0, reason="a small file system is mounted")
def test_a_full_disk(room: Path, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=600k,mode=0700", "tmpfs", str(small)], check=False
    )
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        refuses(dutyroom("member", "token", "phone", home=small), "the disk is full")
        ran = dutyroom("pack", "generate", str(small / "city"), home=small)
        refuses(ran, "the disk is full")
    finally:
        subprocess.run(["umount", str(small)], check=True)
