"""A power cut, simulated below SQLite: what was not synced may be gone, kept or torn.

Killing the process can't distinguish FULL from NORMAL, since the operating system still has the writes. So
a file system of our own remembers what was really synced, and on a cut rebuilds each file from that
plus any part of what came after.
"""

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import apsw
import pytest

from dutyroom.journal.sqlite import PRAGMAS

pytestmark = pytest.mark.slow
CUTS: Final = 60
SECTOR: Final = 512


@dataclass
class Disk:
    """What is on the platter, and what is on its way there, by file."""

    random: random.Random
    synced: dict[str, bytes] = field(default_factory=dict)
    waiting: dict[str, list[tuple[int, bytes | None]]] = field(default_factory=dict)

    def after_cut(self, name: str) -> bytes:
        """The file as it would be found: synced, plus a random part of what was waiting."""
        image = bytearray(self.synced.get(name, b""))
        for offset, data in self.waiting.get(name, ()):
            luck = self.random.random()
            if luck < 0.4:
                continue  # this one never got there, later ones may have
            if data is None:
                del image[offset:]
                continue
            if luck < 0.55:  # torn: only some sectors of it
                data = data[: self.random.randrange(len(data) + 1) // SECTOR * SECTOR]
            image.extend(bytes(max(0, offset + len(data) - len(image))))
            image[offset : offset + len(data)] = data
        return bytes(image)


class CutVFS(apsw.VFS):
    """The operating system's files, with a note of each write and each sync."""

    def __init__(self, name: str, disk: Disk) -> None:
        self.disk = disk
        self.known_as = name
        super().__init__(name, base="")

    def xOpen(self, name: Any, flags: list[int]) -> Any:  # noqa: N802 (SQLite's name)
        return CutFile(name, flags, self.disk)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        super().xDelete(filename, syncdir)
        self.disk.synced.pop(filename, None)
        self.disk.waiting.pop(filename, None)


class CutFile(apsw.VFSFile):
    """One file of `CutVFS`."""

    def __init__(self, name: Any, flags: list[int], disk: Disk) -> None:
        self.path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        self.disk = disk
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        super().xWrite(data, offset)
        self.disk.waiting.setdefault(self.path, []).append((offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        super().xTruncate(newsize)
        self.disk.waiting.setdefault(self.path, []).append((newsize, None))

    def xSync(self, flags: int) -> None:  # noqa: N802
        super().xSync(flags)
        self.disk.synced[self.path] = Path(self.path).read_bytes()
        self.disk.waiting[self.path] = []


def cut(folder: Path, seed: int, pragmas: str) -> tuple[int, int]:
    """Write groups of entries, cut the power; returns (acknowledged, found afterwards)."""
    luck = random.Random(seed)
    disk = Disk(luck)
    vfs = CutVFS(f"cut-{folder.name}-{seed}", disk)
    file = folder / f"journal-{seed}.sqlite3"
    connection = apsw.Connection(str(file), vfs=vfs.known_as)
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")  # this file system has no shared memory
    connection.execute(pragmas).fetchall()  # lazily: only what is fetched is executed
    connection.execute("CREATE TABLE entry (position INTEGER PRIMARY KEY, body BLOB)")
    acknowledged = 0
    for _ in range(luck.randrange(3, 40)):
        group = luck.randrange(1, 6)
        connection.execute("BEGIN IMMEDIATE")
        for _ in range(group):
            body = luck.randbytes(luck.randrange(100, 900))
            connection.execute("INSERT INTO entry (body) VALUES (?)", (body,))
        connection.execute("COMMIT")
        acknowledged += group
        if luck.random() < 0.05:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO entry (body) VALUES (x'00')")  # under way when it happens
    after = folder / f"after-{seed}"
    after.mkdir()
    for name in {*disk.synced, *disk.waiting}:
        (after / Path(name).name).write_bytes(disk.after_cut(name))
    return acknowledged, found(after / file.name)


def found(file: Path) -> int:
    """How many entries a restarted server finds; -1 if the file is not whole."""
    try:
        connection = apsw.Connection(str(file))
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return -1
        ((count, last),) = connection.execute(
            "SELECT COUNT(*), COALESCE(MAX(position), 0) FROM entry"
        ).fetchall()
    except apsw.Error:
        return -1
    return int(count) if count == last else -1


def lost(folder: Path, pragmas: str) -> int:
    """In how many cuts an acknowledged commit was lost."""
    results = [cut(folder, seed, pragmas) for seed in range(CUTS)]
    return sum(there < acknowledged for acknowledged, there in results)


def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    assert lost(tmp_path, PRAGMAS) == 0


@pytest.mark.db
def test_the_product_opens_its_database_so(empty_home: Path) -> None:
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL decides this by its own settings (synchronous_commit)")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (2,)  # FULL
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)


def test_the_simulation_finds_the_mistake_of_not_syncing_each_commit(tmp_path: Path) -> None:
    careless = PRAGMAS.replace("synchronous=FULL", "synchronous=NORMAL")
    assert careless != PRAGMAS
    assert lost(tmp_path, careless) > CUTS // 4
