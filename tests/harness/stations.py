"""A station with an incident of its own, another one, and who works there."""

from typing import Any
from uuid import UUID

from django.test import Client

from dutyroom.domain.context import Actor
from dutyroom.domain.tasks.commands import OfferTask
from tests.harness.rooms import DISPATCHER, TestRoom


class Stations:
    """An incident of the north, and who works at two stations."""

    def __init__(self, room: TestRoom) -> None:
        self.room = room
        self.incident = room.open_incident()
        self.north: str = room.row("incidents", self.incident)["org"]
        self.south = next(
            one.path for one in room.pack.orgs if one.id.startswith("PS") and one.path != self.north
        )
        self.chief = self.member("tang", "station_command", self.north)
        self.officer = self.member("luo", "station_officer", self.north)
        self.other = self.member("qian", "station_officer", self.south)

    def member(self, name: str, role: str, org: str) -> Actor:
        from dutyroom.site.models import Member

        Member.objects.create(name=name, role=role, org=org, password="!")
        return Actor(name, role, org=org)

    def client(self, actor: Actor) -> Client:
        from dutyroom.site.models import Member

        found = Client(headers={"host": "localhost"})
        found.force_login(Member.objects.get(name=actor.id))
        return found

    def board(self, actor: Actor) -> dict[str, Any]:
        board: dict[str, Any] = self.client(actor).get("/api/board").json()
        return board

    def offered(self, **more: Any) -> UUID:
        task = self.room.id()
        offer = {"org": self.north, "text": "Ask the neighbours", **more}
        self.room.done(DISPATCHER, OfferTask(task, self.incident, "visit", **offer))
        return task
