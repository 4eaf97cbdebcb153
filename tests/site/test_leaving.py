"""Who leaves, or works elsewhere from now on, leaves no task without an owner."""

import json
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

import pytest
from click.testing import CliRunner
from django.db import connection
from tests.harness.rooms import DISPATCHER, SUPERVISOR, TAKER, TestRoom, enrol
from tests.harness.watched import BEGINS

from dutyroom.actions.clock import now_ms
from dutyroom.cli.main import main
from dutyroom.domain import AGGREGATES
from dutyroom.domain.callbacks.commands import ClaimCallBack
from dutyroom.domain.context import Actor
from dutyroom.domain.desk_requests.commands import AcceptDeskRequest
from dutyroom.domain.handovers.commands import StartHandover
from dutyroom.domain.kernel import Aggregate, Refusal
from dutyroom.domain.orders.commands import AcknowledgeOrder, GiveOrder
from dutyroom.domain.tasks.commands import AcceptTask, ApproveTask, OfferTask, SubmitTask
from dutyroom.site import staff
from dutyroom.site.staff import FALLS_BACK, LOST, of_no_org

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


def _task(room: TestRoom) -> tuple[str, UUID]:
    task, _ = accepted_by(room, "luo")
    return "luo", task


def _matter(room: TestRoom) -> tuple[str, UUID]:
    found = BEGINS["matter"](room, now_ms())
    return room.row("matters", found)["owner"], found


def _desk_request(room: TestRoom) -> tuple[str, UUID]:
    found = BEGINS["desk_request"](room, now_ms())
    fan = Actor("fan", "desk_specialist", org=room.row("desk_requests", found)["org"])
    room.done(fan, AcceptDeskRequest(found))
    return fan.id, found


def _call_back(room: TestRoom) -> tuple[str, UUID]:
    found = BEGINS["call_back"](room, now_ms())
    room.done(TAKER, ClaimCallBack(found))
    return TAKER.id, found


def _order(room: TestRoom) -> tuple[str, UUID]:
    incident, order = room.open_incident(index=3), room.id()
    org = room.row("incidents", incident)["org"]
    luo = Actor("luo", "station_officer", org=org)
    enrol(luo)
    room.done(SUPERVISOR, GiveOrder(order, incident, org, "Report back", owner="luo"))
    room.done(luo, AcknowledgeOrder(order))
    return "luo", order


def _handover(room: TestRoom) -> tuple[str, UUID]:
    handover, wu = room.id(), Actor("wu", "dispatcher")
    enrol(wu)
    room.done(DISPATCHER, StartHandover(handover, "wu"))
    return "wu", handover


OWNED: Final[dict[str, Callable[[TestRoom], tuple[str, UUID]]]] = {
    "task": _task,
    "matter": _matter,
    "desk_request": _desk_request,
    "call_back": _call_back,
    "supervision_order": _order,
    "handover": _handover,
}
"""How somebody comes to have one, by the name of the kind: who has it, and its id."""


@pytest.mark.parametrize(
    "one", [one for one in AGGREGATES if one.owned], ids=lambda one: str(one.name)
)
def test_of_every_kind_of_record_nothing_stays_with_who_leaves(
    room: TestRoom, one: Aggregate[Any, Any]
) -> None:
    name, _ = OWNED[one.name](room)
    enrol(Actor(name, "station_officer", org="lanchuan"))  # if nobody has yet
    said, where = FALLS_BACK[one.name]
    assert f"1 {said} falls back to {where}" in member("disable", name) or one.name == "task"
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT count(*) FROM projections_listedview WHERE owner = %s AND "open"', [name]
        )
        assert cursor.fetchone() == (0,)


def test_an_order_to_who_leaves_says_so_to_the_command_office(room: TestRoom) -> None:
    name, order = _order(room)
    member("org", name, "PS01")
    row = room.row("supervision_orders", order)
    assert (row["state"], row["owner"], row["left"], row["acknowledged_by"]) == (
        "given",
        "",
        "luo",
        "",
    )


def test_the_desk_falls_back_to_who_offered_it(room: TestRoom) -> None:
    name, handover = _handover(room)
    member("role", name, "call_taker")
    with connection.cursor() as cursor:
        cursor.execute("SELECT row FROM projections_listedview WHERE kind = 'handover'")
        [row] = [json.loads(one) for (one,) in cursor.fetchall()]
    assert row["id"] == str(handover)
    assert (row["state"], row["left"], row["by"]) == ("cancelled", True, DISPATCHER.id)
    refused = room.ask(DISPATCHER, StartHandover(room.id(), name))
    assert isinstance(refused, Refusal)
    assert refused.name == "UnknownReceiver"


def test_orders_and_referrals_of_organisations_that_a_new_pack_lacks_are_told(
    room: TestRoom,
) -> None:
    _, order = _order(room)
    org = room.row("supervision_orders", order)["org"]
    referral = BEGINS["referral"](room, now_ms())
    partner = room.row("referrals", referral)["partner"]
    orgs = {one.path for one in room.pack.orgs}
    assert of_no_org(orgs) == []
    said = "\n".join(of_no_org(orgs - {org, partner}))
    assert f"1 open supervision order of {org}, which this pack doesn't have: withdraw it" in said
    assert f"1 open referral of {partner}, which this pack doesn't have: recall it" in said


def test_what_lies_with_an_organisation_has_its_remedy() -> None:
    assert {*LOST} == {one.name for one in AGGREGATES if one.list and one.list.lies_with}
    assert {*FALLS_BACK} == {*OWNED} == {one.name for one in AGGREGATES if one.owned}
