"""A room for tests: empty journal, small demo city, the real door."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from uuid import UUID

import msgspec
import pytest
from django.db import connection

from dutyroom.citypack import CityPack, generate_city, read_pack
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import OpenIncident
from dutyroom.domain.units.commands import SignOn
from dutyroom.domain.values import Place
from dutyroom.machine.child import Child
from tests.harness.forked import begin_child

if TYPE_CHECKING:
    from dutyroom.dispatch.travel import Travel

TAKER = Actor("taker", "call_taker")
DISPATCHER = Actor("dispatcher", "dispatcher")
SUPERVISOR = Actor("supervisor", "supervisor")
GATEWAY = Actor("gateway", "gateway")


@pytest.fixture
def forked_children() -> Iterator[None]:
    """What a test starts as the product does begins with its modules loaded."""
    with patch.object(Child, "__init__", begin_child):
        yield


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo city, made once."""
    folder = tmp_path_factory.mktemp("city") / "pack"
    generate_city(folder, nodes=800, units=20, seed=3)
    return folder


_travel: dict[int, tuple[CityPack, "Travel"]] = {}


@pytest.fixture(scope="session")
def _roads_are_prepared_once() -> Iterator[None]:
    """Nothing of a way to travel ever changes: rooms with the same pack share it."""
    from dutyroom.advice import advisor
    from dutyroom.dispatch import build_travel

    def build(pack: CityPack) -> "Travel":
        if id(pack) not in _travel:
            _travel[id(pack)] = pack, build_travel(pack)
        return _travel[id(pack)][1]

    with patch.object(advisor, "build_travel", build):
        yield


@pytest.fixture(scope="session")
def _tables(_roads_are_prepared_once: None) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def emptied_home() -> Iterator[Path]:
    """The run's home with an empty journal; what was left behind is thrown away."""
    from django.conf import settings
    from django.db import connection

    from dutyroom.actions import runtime
    from dutyroom.site import fresh
    from dutyroom.site.models import Session

    runtime.stop()
    fresh.forget()
    Session.objects.all().delete()  # before the members that they name
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("journal_", "projections_", "site_")):
                cursor.execute(f"DELETE FROM {table}")
    for name in (
        "packs",
        "keys",
        "plans",
        "plan-runs",
        "attachments",
        "room.json",
        "demo-logins.json",
    ):
        left = settings.HOME.folder / name
        if name == "keys":
            for file in ("centre.key", "heads.jsonl"):
                (left / file).unlink(missing_ok=True)
        elif left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink(missing_ok=True)
    yield settings.HOME.folder
    runtime.stop()
    connection.close()


@pytest.fixture
def empty_home(_tables: None) -> Iterator[Path]:
    """The run's home with an empty journal, for one test."""
    with emptied_home() as folder:
        yield folder


def tables() -> dict[str, list[tuple[object, ...]]]:
    """All read models, as they are."""
    found = {}
    with connection.cursor() as cursor:
        for name in ("call", "incident", "chase", "assignment", "unit", "listed"):
            cursor.execute(f"SELECT * FROM projections_{name}view ORDER BY id")
            found[name] = cursor.fetchall()
        cursor.execute(
            "SELECT incident, position, role, what FROM projections_readview "
            "ORDER BY position, incident"
        )
        found["read"] = cursor.fetchall()
        cursor.execute("SELECT unit, person FROM projections_crewview ORDER BY unit, person")
        found["crew"] = cursor.fetchall()
    return found


@dataclass
class TestRoom:
    """The open room, with short ways to ask for things and to look at the board.

    ``tampered``: the test has altered the journal itself, so that it can't be rebuilt.
    """

    __test__ = False
    room: Any
    pack: CityPack
    tampered: bool = False
    outcomes: list[Any] = field(default_factory=list)

    def ask(
        self,
        actor: Actor,
        command: Any,
        *,
        action: UUID | None = None,
        occurred_at_ms: int | None = None,
    ) -> Any:
        """Perform a command through the real door."""
        from dutyroom.actions.adopting import fresh_id
        from dutyroom.actions.request import Request

        request = Request(action or fresh_id(), actor, command, occurred_at_ms)
        outcome = self.room.door.perform(request)
        self.outcomes.append(outcome)
        return outcome

    def done(self, actor: Actor, command: Any, **kwargs: Any) -> Any:
        """As `ask`, and it must have been done."""
        from dutyroom.actions.door import Done

        outcome = self.ask(actor, command, **kwargs)
        assert isinstance(outcome, Done), outcome
        return outcome

    def id(self) -> UUID:
        from dutyroom.actions.adopting import fresh_id

        return fresh_id()

    def place(self, index: int = 0) -> Place:
        """Some place of the city."""
        one = self.pack.places[index % len(self.pack.places)]
        return Place(one.lon, one.lat, one.name.en, "place")

    def sign_on_all(self) -> None:
        for unit in self.pack.units:
            self.done(DISPATCHER, SignOn(unit.id, (f"{unit.id}-1",)))

    def open_incident(self, *, index: int = 0, category: str | None = None) -> UUID:
        one = category or self.pack.vocabulary.categories[0].code
        incident = self.id()
        self.done(TAKER, OpenIncident(incident, one, 2, self.place(index)))
        return incident

    def row(self, kind: str, id_: object) -> dict[str, Any]:
        """A row as consoles see it."""
        from dutyroom.actions.clock import now_ms
        from dutyroom.projections import board

        rows = [json.loads(row) for row in board.snapshot(now_ms()).rows[kind]]
        return next(row for row in rows if row["id"] == str(id_))


def figures(after_ms: int = 0) -> dict[str, Any]:
    """What supervision shows now, or would after so long; as JSON has it."""
    from dutyroom.actions.clock import now_ms
    from dutyroom.projections import supervision
    from dutyroom.projections.figures import Takers

    shown = supervision.figures(now_ms() + after_ms, Takers(idle=0, busy=0))
    found: dict[str, Any] = json.loads(msgspec.json.encode(shown))
    return found


def enrol(*actors: Actor) -> None:
    """Make members of them, who can't sign in: no password is hashed."""
    from dutyroom.site.models import Member

    for one in actors:
        Member.objects.get_or_create(
            name=one.id,
            defaults={"title": one.id, "role": one.role, "org": one.org, "password": "!"},
        )


_read: dict[tuple[object, ...], CityPack] = {}


def _read_once(folder: Path) -> CityPack:
    """`read_pack`, whose files are those of a hundred tests."""
    found = [(one, one.stat()) for one in sorted(folder.rglob("*"))]
    files = (folder, *((one, stat.st_size, stat.st_mtime_ns) for one, stat in found))
    if files not in _read:
        _read[files] = read_pack(folder)
    return _read[files]


@contextmanager
def opened_room(city: Path) -> Iterator[TestRoom]:
    """A room with this city adopted, in an empty home.

    Whatever was done: afterwards the journal must verify, and the read models rebuilt from it
    must equal the live ones.
    """
    from dutyroom.actions import runtime
    from dutyroom.actions.adopting import adopt
    from dutyroom.actions.checking import check_journal
    from dutyroom.projections import packs
    from dutyroom.projections.rebuild import rebuild

    with patch.object(packs, "read_pack", _read_once):
        adopt(city)
    opened = runtime.room()
    made = TestRoom(opened, opened.pack)
    yield made
    if not made.tampered:
        runtime.stop()
        assert check_journal().ok
        live = tables()
        rebuild()
        assert tables() == live


@pytest.fixture
def room(empty_home: Path, city: Path) -> Iterator[TestRoom]:
    """A fresh room with the small demo city adopted."""
    with opened_room(city) as made:
        yield made


@pytest.fixture(scope="module")
def room_of_all(_tables: None, city: Path) -> Iterator[TestRoom]:
    """One room for a whole file of tests that leave nothing in each other's way: no test of that
    file may ask for `room` or `empty_home`, which throw it away."""
    with emptied_home(), opened_room(city) as made:
        yield made
