"""Deadlines that a city pack has told in its own way: the keeper goes by the pack in force."""

import json
import shutil
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.harness.duty import Duty, Time
from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.actions.adopting import adopt
from dutyroom.actions.clock import now_ms
from dutyroom.actions.keeper import Keeper
from dutyroom.domain.tasks.commands import OfferTask
from dutyroom.projections.models import ListedView

pytestmark = pytest.mark.db
HOUR_MS = 3_600_000


def telling(folder: Path, at: Path, *steps: dict[str, Any]) -> Path:
    """A copy of a city pack that has tasks told by these steps, or says nothing of them."""
    shutil.copytree(folder, at)
    loop = json.loads((at / "loop.json").read_text(encoding="utf-8"))
    mine = {"of": "task", "calendar": "always", "again": {"hour": 2}, "tell": list(steps)}
    loop["deadlines"] = [mine] if steps else []
    (at / "loop.json").write_text(json.dumps(loop), encoding="utf-8")
    return at


BEFORE = {"before": {"hour": 3}, "roles": ["supervisor"], "own": True}
THEN = {"after": {"minute": 0}, "roles": ["dispatcher"]}


def offered(room: TestRoom, due_ms: int) -> UUID:
    incident, task = room.open_incident(), room.id()
    org = room.row("incidents", incident)["org"]
    room.done(DISPATCHER, OfferTask(task, incident, "check", org, "Look", due_ms=due_ms))
    return task


def looks(task: UUID) -> int | None:
    found: int | None = ListedView.objects.get(kind="task", id=str(task)).look_ms
    return found


def test_what_is_open_is_told_by_another_pack_once_that_is_adopted(
    room: TestRoom, city: Path, tmp_path: Path, time: Time, duty: Duty
) -> None:
    due_ms = now_ms() + 24 * HOUR_MS
    task = offered(room, due_ms)
    assert looks(task) == due_ms
    adopt(telling(city, tmp_path / "before", BEFORE, THEN))
    assert looks(task) == due_ms - 3 * HOUR_MS
    watching = Keeper(room.room.door)
    time.passes(21 * 60)
    watching.turn()
    alarm = room.row("tasks", task)["alarm"]
    assert (alarm["steps"], alarm["role"]) == (1, "supervisor")
    assert looks(task) == due_ms
    time.passes(3 * 60)
    watching.turn()
    assert room.row("tasks", task)["alarm"]["role"] == "dispatcher"
    assert looks(task) == due_ms + 2 * HOUR_MS
    adopt(telling(city, tmp_path / "usual"))
    assert looks(task) == due_ms + 28 * HOUR_MS  # two steps were told: what is left is the repeat
