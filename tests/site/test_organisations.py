"""Whose they are is known of members and units, and said to consoles."""

import pytest
from django.test import Client
from tests.harness.rooms import TestRoom

from dutyroom.domain.orgs import concerns
from dutyroom.site.models import Member, Session

pytestmark = pytest.mark.db
HOST = {"headers": {"host": "localhost"}}


def test_a_console_is_told_the_organisations_and_whose_its_member_is(room: TestRoom) -> None:
    client = Client(**HOST)
    path = room.pack.org_of("P1")
    client.force_login(Member.objects.create(name="7", role="dispatcher", password="!", org=path))
    assert client.get("/api/session").json()["member"]["org"] == path
    orgs = client.get("/api/pack").json()["orgs"]
    assert orgs[0] == {"path": "lanchuan", "level": "city", "en": "Lanchuan", "zh": "澜川市"}
    assert path in [one["path"] for one in orgs if one["level"] == "station"]


def test_who_asks_is_of_their_organisation(room: TestRoom) -> None:
    from django.test import RequestFactory

    from dutyroom.api.asking import actor_of

    request = RequestFactory().get("/")
    request.user = Member(name="7", role="dispatcher", org="lanchuan/gucheng")
    assert actor_of(request).org == "lanchuan/gucheng"


def test_a_unit_is_of_the_organisation_of_its_station(room: TestRoom) -> None:
    row = room.row("units", "P1")
    assert row["org"] == room.pack.station(row["station"]).org != ""


def test_the_members_of_a_demo_see_all_of_it_or_a_part(room: TestRoom) -> None:
    from dutyroom.site.rooms import enrol_demo_members

    enrol_demo_members(room.pack, "demo-password")
    orgs = dict(Member.objects.values_list("name", "org"))
    assert set(orgs.values()) <= {one.path for one in room.pack.orgs}
    other = next(
        one.path for one in room.pack.orgs
        if one.level == "station" and not concerns(one.path, orgs["dispatcher2"])
    )  # fmt: skip
    assert concerns(other, orgs["dispatcher"])
    assert orgs["officer"] == room.pack.org_of(Member.objects.get(name="officer").unit)


def test_an_open_stream_ends_when_its_member_is_of_another_organisation(room: TestRoom) -> None:
    from dutyroom.site.sessions import epoch, standing

    member = Member.objects.create(name="7", role="dispatcher", password="!", org="lanchuan")
    client = Client(**HOST)
    client.force_login(member)
    (key,) = Session.objects.values_list("session_key", flat=True)
    before, moved = standing([key]), epoch()
    member.org = "lanchuan/gucheng"
    member.save(update_fields=["org"])
    assert standing([key]) != before
    assert epoch() != moved
