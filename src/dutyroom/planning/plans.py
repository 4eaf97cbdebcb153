"""Plans: scenario files over the city pack in force, kept in the room's folder ``plans``.

Each is a file as ``docs/reference/scenarios.md`` describes it, so that the command line rehearses
the same plan: ``dutyroom rehearse run plans/more-patrols.json``.
"""

import io
import json
import os
import re
import secrets
import zipfile
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from dutyroom.citypack import CityPack
from dutyroom.rehearsal.scenario.routes import MOST_POINTS, chosen_nodes

TODAY: Final = "today"
"""The id of the plan that changes nothing; it is always there and can't be altered."""
TODAY_NAME: Final = "Today 现状"
MOST_PLANS: Final = 500
CITY: Final = "city"
"""The folder of the pack in a bundle."""
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")

type Id = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[\x21-\x7e]+$")]


class Strict(BaseModel):
    """Closed and frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Preemption(Strict):
    by: Annotated[int, Field(ge=1, le=9)]
    of: Annotated[int, Field(ge=1, le=9)]


class PlanRules(Strict):
    """The rules that a planner sets on the page; the file may hold more."""

    queue: Literal["first_come", "nearest"] = "first_come"
    when_idle: Literal["home", "stay", "dmexclp"] = "home"
    preemption: Preemption | None = None
    reassign_gain_s: Annotated[float, Field(ge=0, le=1e6)] | None = None
    cover_s: Annotated[float, Field(ge=1, le=1e6)] | None = None


class Plan(Strict):
    """What a planner has drawn up: what is to be different from today."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    note: Annotated[str, Field(max_length=2000)] = ""
    posts: Annotated[list[Id], Field(max_length=1000)] = []
    rules: PlanRules = PlanRules()
    changes: Annotated[list[dict[str, Any]], Field(max_length=5000)] = []


class NoPlan(Exception):
    """There is no plan of this id, or it can't be read any more."""


class TooManyPlans(Exception):
    """The folder holds as many as it may."""


class Plans:
    """The plans of a room, over one pack."""

    def __init__(self, folder: Path, pack_folder: Path) -> None:
        self.folder, self.pack_folder = folder, pack_folder

    def ids(self) -> list[str]:
        """By name of file, without the one that is always there."""
        return sorted(path.stem for path in self.folder.glob("*.json"))

    def path(self, key: str) -> Path:
        """Where a plan's scenario file is. Raises `NoPlan`."""
        if key == TODAY:
            return self.pack_folder
        path = self.folder / f"{key}.json"
        if not _ID.fullmatch(key) or not path.is_file():
            raise NoPlan(key)
        return path

    def load(self, key: str) -> Plan:
        """Raises `NoPlan`."""
        if key == TODAY:
            return Plan(name=TODAY_NAME)
        try:
            said = json.loads(self.path(key).read_text(encoding="utf-8"))
            said.pop("base", None)
            return Plan.model_validate(said)
        except (OSError, ValueError) as error:
            raise NoPlan(f"{key}: {error}") from error

    def is_current(self, key: str) -> bool:
        """Is it drawn up over the pack in force?"""
        if key == TODAY:
            return True
        said = json.loads(self.path(key).read_text(encoding="utf-8"))
        return (self.folder / str(said.get("base"))).resolve() == self.pack_folder.resolve()

    def save(self, key: str | None, plan: Plan) -> str:
        """Keep a plan, whole or not at all; a new one gets an id from its name. Gives the id."""
        if key == TODAY:
            raise NoPlan(TODAY)
        self.folder.mkdir(parents=True, exist_ok=True)
        if key is None:
            if len(self.ids()) >= MOST_PLANS:
                raise TooManyPlans(f"there are {MOST_PLANS} plans: delete some")
            path = self.folder / f"{self._new_id(plan.name)}.json"
        else:
            path = self.path(key)
        half = path.with_suffix(".part")
        text = json.dumps(self.as_scenario(plan), ensure_ascii=False, indent=1)
        half.write_text(text + "\n", encoding="utf-8")
        half.replace(path)
        return path.stem

    def delete(self, key: str) -> None:
        """Raises `NoPlan`."""
        if key == TODAY:
            raise NoPlan(TODAY)
        self.path(key).unlink()

    def as_scenario(self, plan: Plan) -> dict[str, Any]:
        """The plan as a scenario file says it; what is left at its default isn't written."""
        said = plan.model_dump(exclude_defaults=True, exclude_none=True)
        base = os.path.relpath(self.pack_folder.resolve(), self.folder.resolve())
        return {"name": plan.name, "base": base} | said

    def bundle(self, key: str) -> bytes:
        """A plan and its city pack as a ZIP file, to be taken elsewhere: unpacked, ``dutyroom
        rehearse run KEY/scenario.json`` rehearses it. Raises `NoPlan`."""
        scenario = self.as_scenario(self.load(key)) | {"base": CITY}
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:
            text = json.dumps(scenario, ensure_ascii=False, indent=1)
            into.writestr(f"{key}/scenario.json", text + "\n")
            for file in sorted(self.pack_folder.rglob("*")):
                if file.is_file():
                    into.write(file, f"{key}/{CITY}/{file.relative_to(self.pack_folder)}")
        return packed.getvalue()

    def _new_id(self, name: str) -> str:
        words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40]
        key = words or "plan"
        return f"{key}-{secrets.token_hex(2)}" if key == TODAY or key in self.ids() else key


def points_of(pack: CityPack) -> list[dict[str, Any]]:
    """Where a unit or a post may be put: the points of a rehearsal over this pack."""
    if pack.roads is not None:
        roads = pack.roads
        stations = [roads.nearest_node(s.lon, s.lat) for s in pack.stations]
        nodes = chosen_nodes(roads, stations, MOST_POINTS)
        return [
            {
                "id": f"n{node}",
                "lon": float(roads.node_lon[node]),
                "lat": float(roads.node_lat[node]),
            }
            for node in nodes
        ]
    return [{"id": s.id, "lon": s.lon, "lat": s.lat} for s in pack.stations]
