"""Public places that call again: counted by place and time, taken on, compared; no home, no name."""

from typing import Any

import pytest
from tests.api.test_tasks import Stations
from tests.harness.rooms import DISPATCHER, TAKER, TestRoom

from dutyroom.actions.clock import now_ms
from dutyroom.actions.door import Denied
from dutyroom.citypack.public_places import PUBLIC
from dutyroom.domain.incidents.commands import MarkMinor, MergeIncident, OpenIncident
from dutyroom.domain.spots.commands import DropSpot, TakeOnSpot
from dutyroom.domain.values import Place
from dutyroom.projections.tasks import task_row

pytestmark = pytest.mark.db
DAY_MS = 86_400_000
HOME = "12 Gardens Lane, Mrs Gao"


class Noisy:
    """A market where it is loud, in the zone of a station."""

    def __init__(self, room: TestRoom) -> None:
        self.room, self.stations = room, Stations(room)
        self.kind = next(one for one in room.pack.loop.repeats.kinds if one.code == "noise")
        self.site = next(one for one in room.pack.places if one.kind == "market")
        self.zone = room.pack.zone_at(self.site.lon, self.site.lat)
        self.org = room.pack.org_of_zone(self.zone)

    def call(self, days_ago: float = 1.0, place: Place | None = None) -> Any:
        incident, at_ms = self.room.id(), now_ms() - round(days_ago * DAY_MS)
        there = place or Place(self.site.lon, self.site.lat, self.site.name.en, "place")
        opening = OpenIncident(incident, self.kind.categories[0], 4, there)
        self.room.done(TAKER, opening, occurred_at_ms=at_ms)
        return incident

    def shown(self, actor: Any = None) -> dict[str, Any]:
        who = actor or self.stations.member("desk", "supervisor", "")
        found: dict[str, Any] = self.stations.client(who).get("/api/repeats").json()
        return found

    def taking(self, **more: Any) -> TakeOnSpot:
        room = self.room
        values = {"place": f"place:{self.site.id}", "kind": "noise", "org": self.org, **more}
        return TakeOnSpot(
            spot=room.id(), incident=room.id(), task=room.id(), text="Talk to the stalls", **values
        )


@pytest.fixture
def noisy(room: TestRoom) -> Noisy:
    return Noisy(room)


def test_a_public_place_is_listed_from_the_packs_number_on(noisy: Noisy) -> None:
    noisy.call()
    noisy.call(40)  # before the window
    noisy.call()
    merged, minor = noisy.call(), noisy.call(2)
    noisy.room.done(DISPATCHER, MergeIncident(merged, noisy.call(3)))
    noisy.room.done(TAKER, MarkMinor(minor))
    [place] = noisy.shown()["places"]
    assert (place["place"], place["count"]) == (f"place:{noisy.site.id}", 3)
    assert place["name"] == {"en": noisy.site.name.en, "zh": noisy.site.name.zh}
    assert (place["kind"], place["sort"], place["spot"]) == ("noise", "place", None)


def test_no_home_comes_out_but_its_area_is_counted(noisy: Noisy) -> None:
    room = noisy.room
    estate = next(one for one in room.pack.places if one.kind not in PUBLIC)
    for number in range(room.pack.loop.repeats.area_at_least):
        kind: Any = ("address", "point", "place")[number % 3]
        noisy.call(number % 20 + 0.5, Place(estate.lon, estate.lat, HOME, kind))
    shown = noisy.shown()
    assert [(one["sort"], one["place"]) for one in shown["places"]] == [
        ("zone", f"zone:{room.pack.zone_at(estate.lon, estate.lat)}")
    ]
    assert "Gardens Lane" not in str(shown)
    assert estate.name.en not in str(shown)


def test_what_is_done_about_it_is_compared_before_and_since(noisy: Noisy) -> None:
    room = noisy.room
    for _ in range(4):
        noisy.call(2)
    taking = noisy.taking()
    room.done(DISPATCHER, taking)
    task = room.row("tasks", taking.task)
    assert (task["kind"], task["org"], task["incident"]) == (
        "prevent", noisy.org, str(taking.incident),
    )  # fmt: skip
    noisy.call(-0.00001 / DAY_MS)
    shown = noisy.shown()
    [prevention] = shown["taken_on"]
    assert (prevention["before"], prevention["since"], prevention["since_days"]) == (4, 1, 0)
    assert prevention["number"] == task["number"]
    assert [one["spot"] for one in shown["places"]] == [str(taking.spot)]
    room.done(DISPATCHER, DropSpot(taking.spot))
    assert noisy.shown(noisy.stations.member("sup2", "supervisor", ""))["taken_on"] == []
    assert task_row(taking.task).state == "withdrawn"


def test_a_station_sees_and_takes_on_its_own_places_only(noisy: Noisy) -> None:
    room, s = noisy.room, noisy.stations
    for _ in range(3):
        noisy.call()
    chief = s.member("own-chief", "station_command", noisy.org)
    other = next(one.org for one in room.pack.zones if one.org not in ("", noisy.org))
    stranger = s.member("other-chief", "station_command", other)
    assert len(noisy.shown(chief)["places"]) == 1
    assert noisy.shown(stranger)["places"] == []
    assert isinstance(room.ask(stranger, noisy.taking(org=other)), Denied)
    room.done(chief, noisy.taking())
