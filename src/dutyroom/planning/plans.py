"""Plans: scenario files over the city pack in force, kept in the room's folder ``plans``.

Each is a file as ``docs/reference/scenarios.md`` describes it, so that the command line rehearses
the same plan: ``dutyroom rehearse run plans/more-patrols.json``. A file written by hand may say
more than the page shows: whatever a planner doesn't alter there stays as it is.
"""

import hashlib
import io
import json
import os
import re
import secrets
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from dutyroom.citypack import CityPack
from dutyroom.core.text import Text
from dutyroom.machine.files import alone, write_whole
from dutyroom.planning.answers import PlanBesides, PlanPoint
from dutyroom.planning.carried import carried
from dutyroom.planning.shown import NOTHING, Plan, altered, besides, inherited, shown, written
from dutyroom.rehearsal.scenario.routes import MOST_POINTS, chosen_nodes
from dutyroom.rehearsal.scenario.sources import chain

TODAY: Final = "today"
"""The id of the plan that changes nothing; it is always there and can't be altered."""
TODAY_TEXT: Final = Text("Today", "现状")
TODAY_NAME: Final = f"{TODAY_TEXT.en} {TODAY_TEXT.zh}"
MOST_PLANS: Final = 500
MOST_DELETED: Final = 100
"""So many deleted plans are kept, beside the others; older ones make room."""
CITY: Final = "city"
"""The folder of the pack in a bundle."""
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")


class NoPlan(Exception):
    """There is no plan of this id, or it can't be read any more."""


class TooManyPlans(Exception):
    """The folder holds as many as it may."""


class SavedByAnother(Exception):
    """The plan isn't any more as it was when whoever saves it opened it."""


class _File(NamedTuple):
    """All that a plan's file says; and its bases: of each key what the nearest to the top does."""

    said: dict[str, Any]
    bases: dict[str, Any] = NOTHING
    version: str = ""

    @property
    def shown(self) -> Plan:
        return shown(self.said, self.bases)


class Plans:
    """The plans of a room, over one pack."""

    def __init__(self, folder: Path, pack_folder: Path) -> None:
        self.folder, self.pack_folder = folder, pack_folder
        self._is_alone = False

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else saves or deletes a plan meanwhile, in no process of the room.

        For one thread; saving and deleting are alone by themselves, and may be part of more.
        """
        if self._is_alone:
            yield
            return
        with alone(self.folder / "plans"):
            self._is_alone = True
            try:
                yield
            finally:
                self._is_alone = False

    def ids(self) -> list[str]:
        """By name of file, without the one that is always there."""
        return sorted(path.stem for path in self.folder.glob("*.json"))

    def path(self, key: str) -> Path:
        """Where a plan's scenario file is. Raises `NoPlan`."""
        if key == TODAY:
            return self.pack_folder
        return self._file(key, "json")

    def _file(self, key: str, ending: Literal["json", "deleted"]) -> Path:
        path = self.folder / f"{key}.{ending}"
        if not _ID.fullmatch(key) or not path.is_file():
            raise NoPlan(key)
        return path

    def load(self, key: str) -> Plan:
        """Raises `NoPlan`."""
        return self._read(key).shown

    def version(self, key: str) -> str:
        """Another one as soon as its file is, or what the page shows of its bases; of today there
        is but one. Raises `NoPlan`."""
        return self._read(key).version

    def besides(self, key: str) -> PlanBesides:
        """What its file says beyond what the page shows. Raises `NoPlan`."""
        file = self._read(key)
        return besides(file.said, file.bases)

    def _read(self, key: str) -> _File:
        """Raises `NoPlan`."""
        return _File({"name": TODAY_NAME, "base": ""}) if key == TODAY else _read(self.path(key))

    def is_current(self, key: str) -> bool:
        """Is it drawn up over the pack in force?"""
        if key == TODAY:
            return True
        try:
            _, bottom = chain(self.path(key))
        except ValueError:
            return False
        return bottom is not None and bottom.resolve() == self.pack_folder.resolve()

    def save(
        self, key: str | None, plan: Plan, copy_of: str | None = None, version: str | None = None
    ) -> str:
        """Keep a plan, whole or not at all; a new one gets an id from its name. Gives the id.

        What its file says besides stays. A new one may be a copy: it says besides what the file
        of that plan does; a copy of a deleted plan is that plan again, under its own id. Raises
        `NoPlan`, also where the file can't be read.

        ``version`` is the one that was opened. Another one isn't written over: `SavedByAnother`;
        and where it was deleted, the copy gets an id of its own. None takes whichever there is.
        """
        with self.alone():
            return self._save(key, plan, copy_of, version)

    def _save(self, key: str | None, plan: Plan, copy_of: str | None, version: str | None) -> str:
        before: Path | None = None
        if key is not None:
            path = before = self._own(key)
        elif len(self.ids()) >= MOST_PLANS:
            raise TooManyPlans(f"there are {MOST_PLANS} plans: delete some")
        elif copy_of is None:
            path = self._new(plan.name)
        else:
            path, before = self._copied(copy_of, plan.name, version)
        if before is None:
            scenario = {"name": plan.name, "base": ""} | written(plan)
        else:
            file = _read(before)
            # Saving what is there already loses nothing: the answer to a first time may be lost.
            if path == before and version not in (None, file.version) and plan != file.shown:
                raise SavedByAnother(key)
            scenario = altered(file.said, plan, file.bases)
        self._write(path, scenario)
        if before == path.with_suffix(".deleted"):
            before.unlink()
        return path.stem

    def delete(self, key: str) -> None:
        """Its file is put aside: a copy of it brings it back. Raises `NoPlan`."""
        with self.alone():
            self._delete(key)

    def _delete(self, key: str) -> None:
        path = self._own(key)
        path.touch()  # the order in which they were deleted
        path.replace(path.with_suffix(".deleted"))
        aside = sorted(self.folder.glob("*.deleted"), key=lambda file: file.stat().st_mtime_ns)
        for old in aside[:-MOST_DELETED]:
            old.unlink()

    def freeze(self, key: str, folder: Path) -> dict[str, Any]:
        """The plan as a scenario of ``folder``, with copies there of what it names: what is
        altered later doesn't alter it. Raises `NoPlan`."""
        city = os.path.relpath(self.pack_folder.resolve(), folder.resolve())
        return carried(self._read(key).said, self.folder, city, partial(_put, folder))

    def bundle(self, key: str) -> bytes:
        """A plan and its city pack as a ZIP file, to be taken elsewhere: unpacked, ``dutyroom
        rehearse run KEY/scenario.json`` rehearses it. Raises `NoPlan`."""
        said = self._read(key).said
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:

            def put(name: str, content: bytes) -> None:
                into.writestr(f"{key}/{name}", content)

            scenario = carried(said, self.folder, CITY, put)
            put(
                "scenario.json",
                (json.dumps(scenario, ensure_ascii=False, indent=1) + "\n").encode(),
            )
            for file in sorted(self.pack_folder.rglob("*")):
                if file.is_file():
                    into.write(file, f"{key}/{CITY}/{file.relative_to(self.pack_folder)}")
        return packed.getvalue()

    def _own(self, key: str) -> Path:
        """The file of a plan that can be altered. Raises `NoPlan`."""
        if key == TODAY:
            raise NoPlan(TODAY)
        return self.path(key)

    def _new(self, name: str) -> Path:
        """A file for a new plan. The id of a deleted one isn't given anew: it may come back."""
        words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40]
        key = first = words or "plan"
        while key == TODAY or self._is_taken(key):
            key = f"{first}-{secrets.token_hex(2)}"
        return self.folder / f"{key}.json"

    def _is_taken(self, key: str) -> bool:
        return any((self.folder / f"{key}.{ending}").exists() for ending in ("json", "deleted"))

    def _copied(self, key: str, name: str, version: str | None) -> tuple[Path, Path]:
        """Where a copy is to be, and the file that it begins with. Raises `NoPlan`."""
        try:
            return self._new(name), self._own(key)
        except NoPlan:
            aside = self._file(key, "deleted")
        if version not in (None, _read(aside).version):
            return self._new(name), aside  # what was saved before it was deleted stays aside
        return self.folder / f"{key}.json", aside

    def _write(self, path: Path, scenario: dict[str, Any]) -> None:
        """Over the pack in force. A base that is a scenario stays, even where it is gone: what it
        said would be lost without a word, and whoever reads the plan reads that it is missing."""
        base = str(scenario.get("base", ""))
        is_scenario = base.endswith(".json") or (self.folder / base).is_file()
        if "base" in scenario and not is_scenario:
            scenario["base"] = os.path.relpath(self.pack_folder.resolve(), self.folder.resolve())
        write_whole(path, json.dumps(scenario, ensure_ascii=False, indent=1) + "\n")


def _read(path: Path) -> _File:
    """A plan's file; of bases that can't be read it says nothing. Raises `NoPlan`."""
    bases: dict[str, Any] = {}
    try:
        raw = path.read_bytes()
        said = json.loads(raw.decode("utf-8-sig"))
        with suppress(ValueError):
            for layer in chain(path)[0][:0:-1]:
                bases |= layer
        shown(said, bases)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise NoPlan(f"{path.stem}: {error}") from error
    return _File(said, bases, _version(raw, said, bases))


def _version(raw: bytes, said: dict[str, Any], bases: dict[str, Any]) -> str:
    """Over the file, and over what of its bases saving could write into it."""
    digest = hashlib.sha256(raw)
    of_bases = {key: value for key, value in inherited(bases).items() if key not in said}
    if of_bases:
        digest.update(json.dumps(of_bases, sort_keys=True).encode())
    return digest.hexdigest()[:16]


def _put(folder: Path, name: str, content: bytes) -> None:
    write_whole(folder / name, content)


def points_of(pack: CityPack) -> tuple[PlanPoint, ...]:
    """Where a unit or a post may be put: the points of a rehearsal over this pack."""
    if pack.roads is not None:
        roads = pack.roads
        stations = [roads.nearest_node(s.lon, s.lat) for s in pack.stations]
        nodes = chosen_nodes(roads, stations, MOST_POINTS)
        return tuple(
            PlanPoint(id=f"n{n}", lon=float(roads.node_lon[n]), lat=float(roads.node_lat[n]))
            for n in nodes
        )
    return tuple(PlanPoint(id=s.id, lon=s.lon, lat=s.lat) for s in pack.stations)
