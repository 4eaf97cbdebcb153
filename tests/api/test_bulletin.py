"""The weekly bulletin through the API: every figure names its cases, an organisation sees its own."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.actions.clock import now_ms
from dutyroom.bulletin import week_at
from dutyroom.domain.incidents.commands import (
    CloseIncident,
    MergeIncident,
    OpenIncident,
    SetDisposition,
)

pytestmark = pytest.mark.db


def reader(name: str, org: str = "") -> Client:
    from dutyroom.site.models import Member

    client = Client(headers={"host": "localhost"})
    client.force_login(Member.objects.create(name=name, role="supervisor", org=org, password="!"))
    return client


def numbers(answer: dict[str, Any], ids: list[str]) -> list[str]:
    """The numbers of the cases of a figure; KeyError if one is not among them."""
    by_id = {one["id"]: one["number"] for one in answer["cases"]}
    return [by_id[id_] for id_ in ids]


@pytest.fixture
def closed(room: TestRoom) -> str:
    """An incident that was opened and closed now; another one is still open."""
    category = room.pack.vocabulary.categories[0].code
    first, second = room.id(), room.id()
    for id_ in (first, second):
        room.done(DISPATCHER, OpenIncident(id_, category, 3, room.place()))
    room.done(DISPATCHER, SetDisposition(first, room.pack.vocabulary.dispositions[0].code))
    room.done(DISPATCHER, CloseIncident(first))
    return str(first)


def test_every_figure_opens_its_cases(room: TestRoom, closed: str) -> None:
    week = week_at(now_ms(), room.pack.timezone).name
    answer = reader("sun").get(f"/api/bulletin?week={week}").json()
    figures = answer["figures"]
    assert (len(figures["opened"]), figures["concluded"], answer["next"]) == (2, [closed], None)
    assert len(numbers(answer, figures["opened"])) == 2
    [analyse, *_] = figures["stages"]
    assert (analyse["stage"], analyse["done"], len(analyse["there"])) == ("analyse", [closed], 1)
    [part] = [one for one in figures["by_org"] if one["opened"]]
    assert part["concluded"] == [closed]


def test_without_a_name_it_is_of_the_last_week_that_is_over(room: TestRoom, closed: str) -> None:
    answer = reader("sun").get("/api/bulletin").json()
    assert answer["next"] == week_at(now_ms(), room.pack.timezone).name
    assert (answer["figures"]["opened"], answer["cases"]) == ([], [])


def test_incidents_without_stages_and_clocks_are_counted_too(room: TestRoom, closed: str) -> None:
    """As where no pack has a loop.json."""
    from dutyroom.projections.models import ListedView

    week = week_at(now_ms(), room.pack.timezone).name
    client, org = reader("sun"), room.pack.orgs[0].path
    with transaction.atomic():
        ListedView.objects.filter(kind="loop").delete()
        for asked in ("", f"&org={org}"):
            answer = client.get(f"/api/bulletin?week={week}{asked}").json()
            figures = answer["figures"]
            assert (len(figures["opened"]), figures["concluded"]) == (2, [closed])
            assert len(numbers(answer, figures["opened"])) == 2
            assert [one["concluded"] for one in figures["by_category"]] == [[closed]]
        transaction.set_rollback(True)


def test_what_was_merged_is_not_counted_beside_the_other(room: TestRoom, closed: str) -> None:
    """Also where no pack had routes: then its loop has no stage that would say so."""
    from dutyroom.projections.models import ListedView

    category = room.pack.vocabulary.categories[0].code
    source, into = room.id(), room.id()
    for id_ in (source, into):
        room.done(DISPATCHER, OpenIncident(id_, category, 3, room.place()))
    room.done(DISPATCHER, MergeIncident(source, into))
    loop = ListedView.objects.filter(id=str(source))
    loop.update(state="paused")
    week = week_at(now_ms(), room.pack.timezone).name
    opened = reader("sun").get(f"/api/bulletin?week={week}").json()["figures"]["opened"]
    loop.update(state="merged")
    assert (len(opened), str(source) in opened) == (3, False)


@pytest.mark.parametrize(
    "asked",
    [
        "week=2026-W99",
        "week=soon",
        "week=2999-W01",
        "week=9999-W52",
        "week=0001-W01",
        "org=nowhere",
    ],
)
def test_of_what_there_is_not_it_says_nothing(room: TestRoom, asked: str) -> None:
    assert reader("sun").get(f"/api/bulletin?{asked}").status_code == 404


def test_a_member_of_an_organisation_is_told_of_that_one_only(room: TestRoom, closed: str) -> None:
    week = week_at(now_ms(), room.pack.timezone).name
    own, other = [one.path for one in room.pack.orgs if one.path.count("/") == 1][:2]
    client = reader("li", own)
    assert client.get(f"/api/bulletin?week={week}").json()["org"] == own
    assert client.get(f"/api/bulletin?week={week}&org={other}").status_code == 404
