"""Who is on duty is said by one function, whatever is asked of those who are there."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from tests.harness.rooms import TestRoom

import dutyroom
from dutyroom.actions import members

SOURCE = Path(dutyroom.__file__).parent
STATION = "city/north/PS01"
ORGS = {
    "room": "",
    "city": "city",
    "north": "city/north",
    "station": STATION,
    "south": "city/south",
}
ROLES = ("supervisor", "station_command")


@pytest.fixture
def there(room: TestRoom) -> None:
    """A supervisor and a station's command of each organisation, signed in, and one specialist; and
    one who isn't signed in."""
    from dutyroom.site.models import Member

    def member(name: str, role: str, org: str, skills: str = "") -> Member:
        return Member.objects.create(name=name, role=role, org=org, skills=skills, password="!")

    for place, org in ORGS.items():
        for role in ROLES:
            Client().force_login(member(f"{role} of {place}", role, org))
    Client().force_login(member("lei", "desk_specialist", STATION, "english sign"))
    member("absent", "supervisor", "")


def asked(question: members.Asked, org: str) -> set[str]:
    found = members.on_duty(question, ROLES, org)
    assert len(found) == len({*found})
    return {*found}


@pytest.mark.db
def test_each_question_has_its_rule_of_organisations(there: None) -> None:
    everybody = {f"{role} of {place}" for role in ROLES for place in ORGS}
    of_south = {"supervisor of south", "station_command of south"}
    at_station = {"supervisor of station", "station_command of station"}
    assert asked("in_the_room", STATION) == everybody
    assert asked("concerned", STATION) == everybody - of_south
    assert asked("concerned", "") == everybody
    assert asked("working_there", "") == {f"{role} of room" for role in ROLES}
    assert asked("working_there", "city/north/PS02") == {
        f"{role} of {place}" for role in ROLES for place in ("room", "city", "north")
    }
    assert asked("working_there", STATION) == everybody - of_south
    assert asked("working_there", "city/north") == everybody - of_south - at_station


@pytest.mark.db
def test_who_is_told_is_who_sees_it_on_their_board(there: None) -> None:
    """What lies with the north is of the station, too, but its command couldn't open it."""
    told = asked("told", "city/north")
    assert "station_command of north" in told
    assert "supervisor of station" in told
    assert "station_command of station" not in told
    assert "station_command of station" in asked("concerned", "city/north")
    assert "station_command of station" in asked("told", STATION)


@pytest.mark.db
def test_who_has_gone_or_lacks_the_skill_is_not_among_them(there: None) -> None:
    from dutyroom.site.members import end_sessions
    from dutyroom.site.models import Member

    specialists = members.SPECIALIST_ROLES
    assert members.on_duty("in_the_room", specialists, skill="sign") == ("lei",)
    assert members.on_duty("in_the_room", specialists, skill="thermal") == ()
    assert "absent" not in members.on_duty("in_the_room", ("supervisor",))
    end_sessions(Member.objects.get(name="lei"))
    assert members.on_duty("in_the_room", specialists, skill="sign") == ()


def test_nothing_else_reads_sessions_to_know_who_is_there() -> None:
    """Sessions are read by who keeps them; who is signed in is asked by one function."""
    readers, callers = set(), set()
    for file, node in _nodes():
        match node:
            case ast.Attribute(attr="objects", value=ast.Name(id=name)) if name.endswith("Session"):
                readers.add(file)
            case ast.Call(func=ast.Attribute(attr="signed_in")):
                callers.add(file)
            case ast.Constant(value=str(text)):
                assert "site_session " not in f"{text} ", file
    # sessions.py keeps them; members.py ends them, and is asked by `on_duty`.
    assert readers == {"site/members.py", "site/sessions.py"}
    assert callers == {"actions/members.py"}


def _nodes() -> Iterator[tuple[str, ast.AST]]:
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            yield from ((str(path.relative_to(SOURCE)), node) for node in ast.walk(tree))
