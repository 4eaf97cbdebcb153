"""One way to write: whole, on the disk, under its name; or not at all."""

import os
import re
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from dutyroom.machine.files import make_once, recovered, whole_file, whole_folder, write_whole

pytestmark = pytest.mark.unit
SRC = Path(__file__).resolve().parents[2] / "src" / "dutyroom"


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_text_is_written_as_it_is_and_folders_are_made(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b.txt", "报警\n")
    assert (tmp_path / "a" / "b.txt").read_bytes() == "报警\n".encode()
    assert names(tmp_path / "a") == ["b.txt"]


def test_after_an_error_the_old_file_stays_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    write_whole(file, "old")
    with suppress(KeyError), whole_file(file) as half:
        half.write_text("new, but only ha")
        raise KeyError
    assert file.read_text() == "old"
    assert names(tmp_path) == ["state.json"]


def test_it_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, happened = tmp_path / "key", list[tuple[str, bool]]()
    sync, replace = os.fsync, Path.replace

    def synced(handle: int) -> None:
        happened.append(("sync", file.exists()))
        sync(handle)

    def replaced(self: Path, target: Any) -> Path:
        happened.append(("name", file.exists()))
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    write_whole(file, b"x")
    assert happened == [("sync", False), ("name", False), ("sync", True)]


def test_threads_that_write_one_file_leave_one_of_their_texts(tmp_path: Path) -> None:
    file, texts = tmp_path / "state.json", [str(number) * 5000 for number in range(8)]
    threads = [threading.Thread(target=write_whole, args=(file, text)) for text in texts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert file.read_text() in texts
    assert names(tmp_path) == ["state.json"]


def test_what_is_made_once_is_its_users_only_and_stays(tmp_path: Path) -> None:
    file = tmp_path / "centre.key"
    make_once(file, b"first")
    make_once(file, b"second")
    assert file.read_bytes() == b"first"
    assert file.stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["centre.key"]


def test_a_folder_takes_the_place_of_the_old_one_as_a_whole(tmp_path: Path) -> None:
    for text in ("old", "new"):
        with whole_folder(tmp_path / "pack") as half:
            write_whole(half / "roads" / text, text)
    assert names(tmp_path / "pack" / "roads") == ["new"]
    assert names(tmp_path) == ["pack"]


def test_after_an_error_the_old_folder_stays(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "pack") as half:
        (half / "old").touch()
    with suppress(KeyError), whole_folder(tmp_path / "pack") as half:
        (half / "new").touch()
        raise KeyError
    assert names(tmp_path / "pack") == ["old"]
    assert names(tmp_path) == ["pack"]


def test_after_a_crash_between_the_renames_the_old_folder_comes_back(tmp_path: Path) -> None:
    (tmp_path / ".pack.old").mkdir()
    (tmp_path / ".pack.old" / "kept").touch()
    recovered(tmp_path / "pack")
    assert names(tmp_path / "pack") == ["kept"]
    recovered(tmp_path / "pack")
    assert names(tmp_path) == ["pack"]


def test_nothing_else_brings_files_to_the_disk_by_itself() -> None:
    """A checkpoint is appended, which is another thing."""
    own = {"machine/files.py", "journal/checkpoints.py"}
    syncs = {
        str(file.relative_to(SRC))
        for file in SRC.rglob("*.py")
        if re.search(r"\bfsync\(|\bos\.replace\(|\bhalf\.(replace|rename)\(", file.read_text())
    }
    assert syncs == own
