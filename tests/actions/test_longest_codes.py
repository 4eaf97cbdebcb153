"""Whatever a pack may call things, both databases keep it: no call waits for a shorter name."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.actions.test_door import a_whole_call
from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.actions import runtime
from dutyroom.actions.adopting import adopt
from dutyroom.domain.incidents.commands import CancelAssignment, Dispatch, UnitToSend
from dutyroom.domain.values import LONGEST_UNIT

pytestmark = pytest.mark.db


def long(name: str, longest: int = 120) -> str:
    return name.ljust(longest, "-")


def rewrite(file: Path, **changed: Any) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | changed), encoding="utf-8")


@pytest.fixture
def folder(city: Path, tmp_path: Path) -> Path:
    """The small city, with long names for all that is kept in a column of its own."""
    folder = tmp_path / "pack"
    shutil.copytree(city, folder)
    zones = json.loads((folder / "zones.geojson").read_text())["features"]
    for zone in zones:
        zone["properties"]["id"] = long(zone["properties"]["id"])
    rewrite(folder / "zones.geojson", features=zones)
    words = json.loads((folder / "vocabulary.json").read_text())
    for name in ("categories", "cancel_reasons", "clear_reasons", "override_reasons"):
        for one in words[name]:
            one["code"] = long(one["code"])
    rewrite(folder / "vocabulary.json", **words)
    loop = json.loads((folder / "loop.json").read_text())
    followed = (*loop["matters"]["kinds"], *loop["repeats"]["kinds"], *loop["call_backs"]["rules"])
    for one in (*loop["clocks"], *loop["routes"], *loop["tasks"], *followed):
        if "categories" in one:
            one["categories"] = [long(code) for code in one["categories"]]
        if "light" in one:
            one["light"]["clear_reason"] = long(one["light"]["clear_reason"])
    loop["complaints"] = [long(code) for code in loop["complaints"]]
    for one in loop["routes"]:
        one["code"] = long(one["code"])
    rewrite(folder / "loop.json", **loop)
    agreements = json.loads((folder / "agreements.json").read_text())
    for one in agreements["agreements"]:
        one["categories"] = [long(code) for code in one["categories"]]
    rewrite(folder / "agreements.json", **agreements)
    desks = json.loads((folder / "desks.json").read_text())
    for one in desks["desks"]:
        if "categories" in one:
            one["categories"] = [long(code) for code in one["categories"]]
    rewrite(folder / "desks.json", **desks)
    plans = json.loads((folder / "plans.json").read_text())
    for plan in plans:
        plan["category"] = long(plan["category"])
    (folder / "plans.json").write_text(json.dumps(plans), encoding="utf-8")
    prompts = json.loads((folder / "prompts.json").read_text())
    longer = {long(category): asked for category, asked in prompts.items()}
    (folder / "prompts.json").write_text(json.dumps(longer), encoding="utf-8")
    units = (folder / "units.csv").read_text().splitlines()
    for number, line in enumerate(units[1:], 1):
        id_, rest = line.split(",", 1)
        units[number] = f"{long(id_, LONGEST_UNIT)},{rest}"
    (folder / "units.csv").write_text("\n".join(units) + "\n", encoding="utf-8")
    return folder


def test_a_call_is_saved_whatever_the_names_of_its_zone_category_units_and_reasons(
    empty_home: Path, folder: Path
) -> None:
    pack, _ = adopt(folder)
    room = TestRoom(runtime.room(), pack)
    a_whole_call(room)
    incident, assignment = room.open_incident(), room.id()
    last = pack.units[-1].id
    override = next(iter(pack.vocabulary.codes("override_reasons")))
    room.done(DISPATCHER, Dispatch(incident, (UnitToSend(assignment, last),), override))
    reason = next(iter(pack.vocabulary.codes("cancel_reasons")))
    room.done(DISPATCHER, CancelAssignment(incident, assignment, reason))
    row = room.row("incidents", incident)
    assert len(row["zone"]) == len(row["category"]) == len(reason) == len(override) == 120
