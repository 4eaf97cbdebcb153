"""Golden journals: how one is kept in plain files, and put back into a database.

A folder has the journal's tables (one JSON object per line, bytes in hex), the centre's key, the
city packs, and the read models as they were. Beside it, `states/` has the state of every record, as
it was folded then. Never edited: a new version of anything gets a new folder beside the old ones.

States and rows may say more than they did (a new field needs no new folder), never less, and never
anything else: `holds`.

    python -m tests.replay.golden v2      # plays the story in a fresh room and keeps it
"""

import json
import shutil
import sys
from pathlib import Path
from typing import Any, Final

import msgspec
from django.db import connection
from tests.harness.rooms import tables

from dutyroom.domain import AGGREGATES
from dutyroom.domain.bodies import from_body
from dutyroom.domain.evolve import evolve

FOLDER: Final = Path(__file__).with_name("golden")
STATES: Final = Path(__file__).with_name("states")
TABLES: Final = ("journal_journalentry", "journal_journalaction", "journal_journalkey")


def keep(folder: Path, home: Path) -> None:
    """Write the room of this process into a folder."""
    folder.mkdir(parents=True)
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
            names = [column[0] for column in cursor.description]
            lines = [json.dumps(dict(zip(names, map(_plain, row), strict=True)))
                     for row in cursor.fetchall()]  # fmt: skip
            (folder / f"{table}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    shutil.copytree(home / "packs", folder / "packs")
    if (home / "attachments").is_dir():
        shutil.copytree(home / "attachments", folder / "attachments")
    (folder / "centre.key").write_bytes((home / "keys" / "centre.key").read_bytes())
    expected = json.dumps(read_models(), indent=0, ensure_ascii=False)
    (folder / "read-models.json").write_text(expected + "\n", encoding="utf-8")


def put_back(folder: Path, home: Path) -> None:
    """The journal of a folder into the empty room of this process."""
    shutil.copytree(folder / "packs", home / "packs", dirs_exist_ok=True)
    if (folder / "attachments").is_dir():
        shutil.copytree(folder / "attachments", home / "attachments")
    (home / "keys").mkdir(exist_ok=True)
    key = home / "keys" / "centre.key"
    key.write_bytes((folder / "centre.key").read_bytes())
    key.chmod(0o600)
    with connection.cursor() as cursor:
        for table in TABLES:
            for line in (folder / f"{table}.jsonl").read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                names, marks = ", ".join(row), ", ".join(["%s"] * len(row))
                values = [
                    bytes.fromhex(v["hex"]) if isinstance(v, dict) else v for v in row.values()
                ]
                cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)


def read_models() -> Any:
    """All read models as JSON has them; of what shares a table, by kind and in few columns."""
    from dutyroom.projections.models import ListedView

    found: dict[str, Any] = dict(tables())
    del found["listed"]
    for one in AGGREGATES:
        if one.list:
            rows = ListedView.objects.filter(kind=one.name).order_by("id")
            found[one.name] = rows.values_list("id", "open", "position", "row")
    return {
        name: [[_plain(value) for value in row] for row in rows] for name, rows in found.items()
    }


def freeze(version: str) -> None:
    """Keep the states of a golden journal. Refuses to write over any."""
    with (STATES / f"{version}.json").open("x", encoding="utf-8") as file:
        json.dump(states_of(FOLDER / version), file, indent=0, ensure_ascii=False)
        file.write("\n")


def states_of(folder: Path) -> dict[str, Any]:
    """The state of each record of a golden journal, by its stream, as JSON has it."""
    found: dict[str, Any] = {}
    for line in (folder / "journal_journalentry.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        event = from_body(entry["type"], json.loads(bytes.fromhex(entry["body"]["hex"])))
        found[entry["stream"]] = evolve(found.get(entry["stream"]), event, entry["occurred_at_ms"])
    return {
        name: json.loads(msgspec.json.encode(one)) for name, one in found.items() if one is not None
    }


def holds(is_now: Any, was: Any) -> bool:
    """Whether all that was said is still said; what is new may stand beside it."""
    if isinstance(was, dict):
        return isinstance(is_now, dict) and all(
            key in is_now and holds(is_now[key], value) for key, value in was.items()
        )
    if isinstance(was, list):
        return isinstance(is_now, list) and len(is_now) == len(was) and all(map(holds, is_now, was))
    return bool(is_now == was)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"hex": bytes(value).hex()}
    return bool(value) if isinstance(value, bool) else value


def _make(version: str) -> None:
    import os
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        os.environ["DUTYROOM_HOME"] = name
        os.environ["DJANGO_SETTINGS_MODULE"] = "dutyroom.site.settings"
        import django

        django.setup()
        from django.core.management import call_command
        from tests.harness.rooms import TestRoom
        from tests.replay.story import play

        from dutyroom.actions import runtime
        from dutyroom.actions.adopting import adopt
        from dutyroom.citypack import generate_city

        call_command("migrate", verbosity=0, interactive=False)
        city = Path(name) / "city"
        generate_city(city, nodes=800, units=20, seed=3)
        adopt(city)
        opened = runtime.room()
        play(TestRoom(opened, opened.pack))
        runtime.stop()
        keep(FOLDER / version, Path(name))
        freeze(version)
        connection.close()


if __name__ == "__main__":
    _make(sys.argv[1])
