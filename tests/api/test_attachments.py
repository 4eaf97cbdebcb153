"""Attachments over HTTP: uploaded, attached, read by those who read the incident or the task."""

import io
import json
from base64 import b64decode
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from PIL import Image
from tests.attachments.made import SECRET, attached, jpeg, pdf
from tests.harness.rooms import DISPATCHER, TAKER, TestRoom, enrol

from dutyroom.actions.checking import check_journal
from dutyroom.actions.clock import now_ms
from dutyroom.domain.attachments.commands import (
    AddAttachment,
    RestoreAttachment,
    StrikeAttachment,
)
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import Dispatch, MergeIncident, SplitIncident, UnitToSend
from dutyroom.domain.kernel import Refusal
from dutyroom.domain.tasks.commands import OfferTask, ReassignTask
from dutyroom.domain.units.commands import SignOn
from dutyroom.journal import keys
from dutyroom.projections import board

pytestmark = pytest.mark.db


class Scene:
    """An incident with a task at the station of the north; others, who have nothing to do with it."""

    def __init__(self, room: TestRoom) -> None:
        self.room, self.incident, self.task = room, room.open_incident(), room.id()
        self.north: str = room.row("incidents", self.incident)["org"]
        self.south = next(
            one.path for one in room.pack.orgs if one.id.startswith("PS") and one.path != self.north
        )
        self.officer = Actor("luo", "station_officer", org=self.north)
        self.other = Actor("qian", "station_officer", org=self.south)
        enrol(DISPATCHER, TAKER, self.officer, self.other)
        room.done(DISPATCHER, OfferTask(self.task, self.incident, "visit", self.north, "Ask"))

    def crew(self, number: int) -> Actor:
        """Who is on one of the city's units, which comes on duty."""
        from dutyroom.site.models import Member

        unit = self.room.pack.units[number].id
        name = f"crew-{number}"
        Member.objects.create(name=name, role="field_officer", unit=unit, password="!")
        self.room.done(DISPATCHER, SignOn(unit, (name,)))
        return Actor(name, "field_officer", unit)

    def sent(self, number: int) -> Actor:
        """The same, sent to the incident."""
        crew = self.crew(number)
        assert crew.unit is not None
        send = UnitToSend(self.room.id(), crew.unit)
        self.room.done(DISPATCHER, Dispatch(self.incident, (send,)))
        return crew

    def client(self, actor: Actor) -> Client:
        from dutyroom.site.models import Member

        found = Client(headers={"host": "localhost"})
        found.force_login(Member.objects.get(name=actor.id))
        return found

    def upload(self, actor: Actor, id_: UUID, raw: bytes, **where: Any) -> Any:
        query = "&".join(f"{name}={value}" for name, value in where.items())
        return self.client(actor).post(
            f"/api/attachments/{id_}?{query}", raw, content_type="application/octet-stream"
        )

    def listed(self, actor: Actor, **where: Any) -> Any:
        return self.client(actor).get("/api/readings/attachments", where)

    def file(self, actor: Actor, id_: UUID, **where: Any) -> Any:
        return self.client(actor).get(f"/api/readings/attachments/{id_}", where)


@pytest.fixture
def room(room_of_all: TestRoom) -> TestRoom:
    return room_of_all


@pytest.fixture
def scene(room: TestRoom) -> Scene:
    return Scene(room)


def said(answer: Any) -> Any:
    return b"".join(answer.streaming_content)


def test_a_picture_goes_from_a_telephone_to_the_desk_without_where_it_was_taken(
    room: TestRoom, scene: Scene
) -> None:
    id_, raw, crew = room.id(), jpeg(orientation=6), scene.sent(0)
    uploaded = scene.upload(crew, id_, raw, incident=scene.incident)
    assert uploaded.json()["kind"] == "jpeg"
    again = scene.upload(crew, id_, raw, incident=scene.incident)
    assert again.json() == uploaded.json()
    room.done(crew, AddAttachment(id_, scene.incident, "Yard gate"))
    [one] = scene.listed(DISPATCHER, incident=scene.incident).json()["attachments"]
    assert (one["name"], one["row"]["by"], one["row"]["task"]) == ("Yard gate.jpg", crew.id, None)
    with Image.open(io.BytesIO(b64decode(one["thumbnail"]))) as small:
        assert small.size == (40, 60)
    answer = scene.file(DISPATCHER, id_, incident=scene.incident)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Yard gate.jpg"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "no-store"
    content = said(answer)
    assert SECRET not in content
    assert b"Exif" not in content
    with connection.cursor() as cursor:
        cursor.execute("SELECT actor, body FROM journal_journalentry ORDER BY position DESC")
        actor, body = cursor.fetchone()
    assert (actor, json.loads(bytes(body))["what"]) == (DISPATCHER.id, "attachments")


def test_neither_name_nor_bytes_are_on_the_disk_in_clear(room: TestRoom, scene: Scene) -> None:
    id_ = attached(room, DISPATCHER, room.id(), scene.incident, raw=b"Mrs Lin saw two men")
    files = list(settings.HOME.attachments.rglob(f"{id_}-*"))
    assert len(files) == 1
    assert b"Lin" not in files[0].read_bytes()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT body FROM journal_journalentry WHERE stream = %s", [f"attachment:{id_}"]
        )
        assert b"Yard" not in bytes(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"<svg onload='x()'/>", "AttachmentKindWrong"),
        (pdf(b"/S /JavaScript"), "PdfCanRun"),
        (b"", "AttachmentEmpty"),
        (b"a" * 10_000_001, "AttachmentTooLarge"),
    ],
)
def test_what_is_not_taken_leaves_nothing_behind(
    room: TestRoom, scene: Scene, raw: bytes, name: str
) -> None:
    id_ = room.id()
    answer = scene.upload(DISPATCHER, id_, raw, incident=scene.incident)
    assert (answer.status_code, answer.json()["refusal"]) == (409, name)
    assert not list(settings.HOME.attachments.rglob(f"*{id_}*"))


def test_an_id_is_of_one_file_of_one_member_for_one_incident(room: TestRoom, scene: Scene) -> None:
    id_, elsewhere = room.id(), room.open_incident()
    assert scene.upload(DISPATCHER, id_, b"one", incident=scene.incident).status_code == 200
    for actor, raw, incident in (
        (DISPATCHER, b"two", scene.incident),
        (TAKER, b"one", scene.incident),
        (DISPATCHER, b"one", elsewhere),
    ):
        answer = scene.upload(actor, id_, raw, incident=incident)
        assert answer.json()["refusal"] == "AttachmentExists"
    for actor, incident in ((TAKER, scene.incident), (DISPATCHER, elsewhere)):
        refused = room.ask(actor, AddAttachment(id_, incident, "a"))
        assert isinstance(refused, Refusal)
        assert refused.name == "AttachmentNotUploaded"
    nowhere = scene.upload(DISPATCHER, room.id(), b"one", incident=room.id())
    assert nowhere.json()["refusal"] == "UnknownIncident"


def test_who_works_on_it_adds_and_reads_and_nobody_else(room: TestRoom, scene: Scene) -> None:
    crew, crew_elsewhere = scene.sent(1), scene.crew(2)
    here, there = {"incident": scene.incident}, {"task": scene.task}
    both = {**here, **there}
    for actor, where, status in (
        (DISPATCHER, here, 200),
        (TAKER, here, 200),
        (crew, here, 200),
        (crew_elsewhere, here, 403),
        (scene.officer, both, 200),
        (scene.officer, here, 403),
        (scene.other, both, 403),
    ):
        id_ = room.id()
        answer = scene.upload(actor, id_, b"Seen.", **where)
        assert answer.status_code == status, (actor, where)
        if status == 200:
            room.done(actor, AddAttachment(id_, scene.incident, "a", where.get("task")))
    for actor, where, count in (
        (DISPATCHER, here, 4),
        (TAKER, there, 4),
        (crew, here, 4),
        (scene.officer, there, 4),
    ):
        assert len(scene.listed(actor, **where).json()["attachments"]) == count
        id_ = UUID(_first(scene, actor, where))
        assert scene.file(actor, id_, **where).status_code == 200
    for actor, where in (
        (crew_elsewhere, here),
        (scene.officer, here),
        (scene.other, there),
        (scene.other, {"task": room.id()}),
        (scene.other, {}),
    ):
        assert scene.listed(actor, **where).status_code == 403
        assert scene.file(actor, id_, **where).status_code == 403


def _first(scene: Scene, actor: Actor, where: dict[str, Any]) -> str:
    found: str = scene.listed(actor, **where).json()["attachments"][0]["row"]["id"]
    return found


def test_a_task_shows_its_own_and_those_of_its_incident_wherever_it_lies(
    room: TestRoom, scene: Scene
) -> None:
    second = room.id()
    room.done(DISPATCHER, OfferTask(second, scene.incident, "visit", scene.south, "Ask"))
    whole = attached(room, DISPATCHER, room.id(), scene.incident)
    own = attached(room, scene.officer, room.id(), scene.incident, scene.task)
    seen = [
        one["row"]["id"] for one in scene.listed(scene.other, task=second).json()["attachments"]
    ]
    assert seen == [str(whole)]
    assert scene.file(scene.other, own, task=second).status_code == 404
    room.done(DISPATCHER, ReassignTask(scene.task, scene.south))
    assert scene.listed(scene.officer, task=scene.task).status_code == 403
    assert len(scene.listed(scene.other, task=scene.task).json()["attachments"]) == 2


def test_what_was_struck_is_named_and_not_shown_until_it_is_restored(
    room: TestRoom, scene: Scene
) -> None:
    id_ = attached(room, DISPATCHER, room.id(), scene.incident)
    here = {"incident": scene.incident}
    room.done(DISPATCHER, StrikeAttachment(id_, "misfiled"))
    [one] = scene.listed(DISPATCHER, **here).json()["attachments"]
    assert (one["row"]["state"], one["row"]["reason"], one["thumbnail"]) == (
        "struck",
        "misfiled",
        "",
    )
    assert scene.file(DISPATCHER, id_, **here).status_code == 404
    room.done(DISPATCHER, RestoreAttachment(id_))
    assert scene.file(DISPATCHER, id_, **here).status_code == 200


def test_merging_shows_both_and_splitting_takes_them_apart(room: TestRoom, scene: Scene) -> None:
    second = room.open_incident()
    attached(room, DISPATCHER, room.id(), scene.incident)
    attached(room, DISPATCHER, room.id(), second)

    def count() -> int:
        return len(scene.listed(DISPATCHER, incident=second).json()["attachments"])

    room.done(DISPATCHER, MergeIncident(scene.incident, second))
    assert count() == 2
    room.done(DISPATCHER, SplitIncident(scene.incident))
    assert count() == 1


def test_an_erased_key_takes_what_was_attached_along(room: TestRoom, scene: Scene) -> None:
    id_ = attached(room, DISPATCHER, room.id(), scene.incident)
    with connection.cursor() as cursor:
        keys.erase(cursor, f"incident:{scene.incident}", now_ms())
    [one] = scene.listed(DISPATCHER, incident=scene.incident).json()["attachments"]
    assert (one["name"], one["thumbnail"]) == (None, "")
    assert scene.file(DISPATCHER, id_, incident=scene.incident).status_code == 404
    answer = scene.upload(DISPATCHER, room.id(), b"more", incident=scene.incident)
    assert answer.json()["refusal"] == "AttachmentSealedOff"
    assert check_journal().ok


def test_open_consoles_hear_of_it_once(room: TestRoom, scene: Scene) -> None:
    before = board.head()
    id_ = attached(room, scene.officer, room.id(), scene.incident, scene.task)
    heard = [json.loads(row) for row in board.patch(before, now_ms()).rows["attachments"]]
    assert [(one["id"], one["task"]) for one in heard] == [(str(id_), str(scene.task))]
    assert scene.client(DISPATCHER).get("/api/board").json()["attachments"] == []
