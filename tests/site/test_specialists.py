"""Specialists of desks as members: an organisation, skills, and what they leave when they go."""

import pytest
from click.testing import CliRunner
from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.cli.main import main
from dutyroom.domain.context import Actor
from dutyroom.domain.desk_requests.commands import AcceptDeskRequest, AskDesk

pytestmark = pytest.mark.db


def member(*line: str) -> str:
    done = CliRunner().invoke(main, ["member", *line])
    return done.output + (str(done.exception) if done.exception else "")


@pytest.fixture
def lei(room: TestRoom) -> Actor:
    from dutyroom.site.models import Member

    org = next(one.org for one in room.pack.desks if one.code == "interpreters")
    Member.objects.create(name="lei", role="desk_specialist", org=org, password="!")
    return Actor("lei", "desk_specialist", org=org)


def test_a_specialist_has_an_organisation(room: TestRoom) -> None:
    add = ("add", "zhao", "desk_specialist", "--password", "a long enough one")
    assert "needs an organisation" in member(*add)
    assert "can sign in as desk_specialist" in member(*add, "--org", "drones")


def test_skills_are_those_that_the_own_desk_lists(room: TestRoom, lei: Actor) -> None:
    from dutyroom.site.models import Member

    assert "have no skill 'thermal'" in member("skills", "lei", "thermal")
    assert "has the skills: english sign" in member("skills", "lei", "english", "sign")
    assert Member.objects.get(name="lei").skills == "english sign"
    assert "has no skills listed" in member("skills", "lei")
    Member.objects.create(name="chen", role="dispatcher", password="!")
    assert "skills are those of a desk_specialist" in member("skills", "chen", "english")


def test_what_a_specialist_had_falls_back_to_the_desk(room: TestRoom, lei: Actor) -> None:
    id_, incident = room.id(), room.open_incident()
    room.done(DISPATCHER, AskDesk(id_, incident, "interpreters", "telephone", "A tourist"))
    room.done(lei, AcceptDeskRequest(id_))
    assert "1 request falls back to the desk" in member("disable", "lei")
    row = room.row("desk_requests", id_)
    assert (row["state"], row["owner"]) == ("asked", "")
