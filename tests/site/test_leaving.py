"""Who leaves, or works elsewhere from now on, leaves no task without an owner."""

import json
from uuid import UUID

import pytest
from click.testing import CliRunner
from django.db import connection
from tests.harness.rooms import DISPATCHER, TestRoom, enrol

from dutyroom.cli.main import main
from dutyroom.domain.context import Actor
from dutyroom.domain.tasks.commands import AcceptTask, ApproveTask, OfferTask, SubmitTask
from dutyroom.site import staff
from dutyroom.site.staff import of_no_org

pytestmark = pytest.mark.db


def member(*arguments: str) -> str:
    done = CliRunner().invoke(main, ["member", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def accepted_by(room: TestRoom, name: str) -> tuple[UUID, UUID]:
    """A task that is accepted, and one that is submitted, by somebody at a station."""
    incident = room.open_incident()
    org = room.row("incidents", incident)["org"]
    officer = Actor(name, "station_officer", org=org)
    enrol(officer)
    found = []
    for _ in range(2):
        task = room.id()
        room.done(DISPATCHER, OfferTask(task, incident, "visit", org, "Look", "community"))
        room.done(officer, AcceptTask(task))
        found.append(task)
    room.done(officer, SubmitTask(found[1], "Seen"))
    return found[0], found[1]


@pytest.mark.parametrize(
    "change", [("disable", "luo"), ("org", "luo", "PS01"), ("role", "luo", "dispatcher")]
)
def test_what_a_member_had_falls_back_to_the_team(room: TestRoom, change: tuple[str, ...]) -> None:
    accepted, submitted = accepted_by(room, "luo")
    other, _ = accepted_by(room, "qian")
    assert "2 tasks fall back to the team" in member(*change)
    row = room.row("tasks", accepted)
    assert (row["state"], row["owner"], row["team"]) == ("offered", "", "community")
    row = room.row("tasks", submitted)
    assert (row["state"], row["owner"], row["submitted_by"]) == ("submitted", "", "luo")
    assert room.row("tasks", other)["owner"] == "qian"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor, body FROM journal_journalentry WHERE type = 'task.released.v1'"
        )
        said = [(actor, json.loads(bytes(body))) for actor, body in cursor.fetchall()]
    left = {"by": "operator", "owner": "luo", "because": "left"}
    assert said == [("operator", left)] * 2


@pytest.mark.parametrize(
    "change", [("disable", "luo"), ("org", "luo", "PS01"), ("role", "luo", "dispatcher")]
)
def test_what_was_left_where_the_machine_stopped_half_way_is_done_by_asking_again(
    room: TestRoom, change: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted, _ = accepted_by(room, "luo")

    def stops(*_: object) -> dict[str, int]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(staff, "release_all", stops)
        assert CliRunner().invoke(main, ["member", *change]).exit_code != 0
    assert room.row("tasks", accepted)["owner"] == "luo"
    said = member(*change)
    assert "already: nothing changed" in said
    assert "2 tasks fall back to the team" in said
    assert room.row("tasks", accepted)["owner"] == ""
    assert "fall" not in member(*change)


def test_who_is_still_there_keeps_what_they_had(room: TestRoom) -> None:
    accepted, _ = accepted_by(room, "luo")
    assert "task" not in member("org", "luo", "lanchuan")
    assert "task" not in member("role", "luo", "station_command")
    assert room.row("tasks", accepted)["owner"] == "luo"


def test_open_work_of_an_organisation_that_a_new_pack_lacks_is_told(room: TestRoom) -> None:
    accepted, submitted = accepted_by(room, "luo")
    org = room.row("tasks", accepted)["org"]
    orgs = {one.path for one in room.pack.orgs}
    assert of_no_org(orgs) == []
    said = of_no_org(orgs - {org})
    [work] = [one for one in said if "open task" in one]
    assert work.startswith(f"2 open tasks of {org}, which this pack doesn't have: give them to")
    room.done(Actor("chief", "supervisor"), ApproveTask(submitted))
    assert any(one.startswith(f"1 open task of {org}") for one in of_no_org(orgs - {org}))
