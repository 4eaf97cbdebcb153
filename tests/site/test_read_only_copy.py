"""An auditor checks a copy of the journal that nothing can be written to."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.harness.commands import dutyroom, room_with_a_pack

DATABASE = "dutyroom.sqlite3"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return room_with_a_pack(tmp_path_factory.mktemp("made") / "home")


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """Open to others, as media are that nobody can write to."""
    return Path(shutil.copytree(made, tmp_path / "copy"))


@pytest.fixture
def seal() -> Iterator[Callable[[Path], Path]]:
    """Makes a folder one that this user can't write to; an administrator can write to all but what
    is mounted read only."""
    mounted: list[Path] = []

    def sealed(folder: Path) -> Path:
        folder.chmod(0o555)
        if os.geteuid() == 0:
            for how in (["--bind", str(folder)], ["-o", "remount,bind,ro"]):
                if subprocess.run(["mount", *how, str(folder)], check=False).returncode:
                    pytest.skip("nothing can be mounted here")
                mounted.append(folder)
        return folder

    yield sealed
    for folder in set(mounted):
        subprocess.run(["umount", str(folder)], check=True)


def test_a_copy_that_is_read_only_is_verified(copy: Path, seal: Callable[[Path], Path]) -> None:
    ran = dutyroom("journal", "verify", home=seal(copy))
    assert (ran.code, ran.err) == (0, ""), str(ran)
    assert "1 entry checked" in ran.out


def test_so_is_one_without_any_key(copy: Path, seal: Callable[[Path], Path]) -> None:
    shutil.rmtree(copy / "keys")
    ran = dutyroom("journal", "verify", home=seal(copy))
    assert ran.code == 0, str(ran)


def test_what_was_altered_in_it_is_found(copy: Path, seal: Callable[[Path], Path]) -> None:
    with closing(sqlite3.connect(copy / DATABASE)) as database:
        database.execute("UPDATE journal_journalentry SET actor = 'x'")
        database.commit()
    ran = dutyroom("journal", "verify", home=seal(copy))
    assert ran.code == 1, str(ran)


def test_what_was_written_last_is_not_passed_over(
    made: Path, copy: Path, tmp_path: Path, seal: Callable[[Path], Path]
) -> None:
    """A copy of a room at work: its newest entries stand in a file beside the database."""
    with closing(sqlite3.connect(copy / DATABASE)) as database:
        database.execute("UPDATE journal_journalentry SET actor = 'x'")
        database.commit()
        at_work = Path(shutil.copytree(copy, tmp_path / "at-work"))
    incomplete = Path(shutil.copytree(at_work, tmp_path / "incomplete"))
    (incomplete / f"{DATABASE}-shm").unlink()
    assert dutyroom("journal", "verify", home=seal(at_work)).code == 1
    ran = dutyroom("journal", "verify", home=seal(incomplete))
    assert (ran.code, ran.err.count("\n")) == (2, 1), str(ran)
    assert "newest entries" in ran.err


def test_nothing_else_is_done_in_it(copy: Path, seal: Callable[[Path], Path]) -> None:
    seal(copy)
    for command in (["journal", "rebuild"], ["member", "list"]):
        ran = dutyroom(*command, home=copy)
        assert ran.code == 2, str(ran)
        assert "can't be written to" in ran.err or "is open to others" in ran.err
