"""The store: bytes before the event, whatever ends the process; what nobody attached is swept away;
what is lost or altered is found by the check of the journal."""

import os
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from dutyroom.actions.checking import check_journal
from dutyroom.actions.clock import now_ms
from dutyroom.attachments import files
from dutyroom.attachments.store import WAITS_MS, Attachments
from dutyroom.domain.attachments.commands import AddAttachment
from dutyroom.domain.attachments.known import Upload
from dutyroom.domain.kernel import Refusal
from dutyroom.journal.seal import SealBroken
from tests.attachments.made import attached, jpeg
from tests.harness.commands import finished
from tests.harness.rooms import DISPATCHER, TestRoom

pytestmark = pytest.mark.db


@pytest.fixture
def room(room_of_all: TestRoom) -> TestRoom:
    return room_of_all


def later(room: TestRoom, by_ms: int) -> Attachments:
    """The room's store as it will be after a while."""
    store: Attachments = room.room.attachments
    return Attachments(
        folder=settings.HOME.attachments,
        sealer=store._sealer,
        writer=store._writer,
        now_ms=lambda: now_ms() + by_ms,
    )


def where(id_: UUID) -> list[str]:
    """The folders in which there is something of it."""
    found = settings.HOME.attachments.rglob(f"*{id_}*")
    return sorted("waiting" if one.parent.name == files.WAITING else "kept" for one in found)


def test_what_is_attached_is_put_away_and_opens_as_before(room: TestRoom) -> None:
    incident = room.open_incident()
    id_ = attached(room, DISPATCHER, room.id(), incident, raw=b"Seen.")
    digest = file_of(id_).name.rpartition("-")[2]
    assert where(id_) == ["waiting"]
    later(room, 0).sweep()
    assert where(id_) == ["kept"]
    assert room.room.attachments.content(id_, incident, digest) == b"Seen."


def file_of(id_: UUID) -> Path:
    [found] = settings.HOME.attachments.rglob(f"{id_}-*")
    return found


def test_what_nobody_attached_is_swept_away_after_a_day_and_can_be_uploaded_again(
    room: TestRoom,
) -> None:
    incident, id_ = room.open_incident(), room.id()
    room.room.attachments.take(id_, incident, DISPATCHER.id, b"Seen.")
    half = settings.HOME.attachments / files.WAITING / f".{id_}-ab.1-1.part"
    half.write_bytes(b"half")
    later(room, WAITS_MS // 30).sweep()
    assert where(id_) == ["waiting", "waiting"]
    later(room, WAITS_MS + 1_000).sweep()  # files have the time of a finer clock than ours
    assert where(id_) == []
    refused = room.ask(DISPATCHER, AddAttachment(id_, incident, "a"))
    assert isinstance(refused, Refusal)
    assert refused.name == "AttachmentNotUploaded"
    attached(room, DISPATCHER, id_, incident)


def test_an_upload_that_was_sent_twice_at_once_leaves_one(room: TestRoom) -> None:
    incident, id_ = room.open_incident(), room.id()
    store: Attachments = room.room.attachments
    store.take(id_, incident, DISPATCHER.id, b"Seen.")
    first = file_of(id_)
    first.rename(first.with_name("aside"))
    store.take(id_, incident, DISPATCHER.id, b"Seen.")
    first.with_name("aside").rename(first)
    room.done(DISPATCHER, AddAttachment(id_, incident, "a"))
    later(room, WAITS_MS + 1_000).sweep()
    assert where(id_) == ["kept"]


KILLED = """
import os, sys, uuid
os.environ["DJANGO_SETTINGS_MODULE"] = "dutyroom.site.settings"
import django; django.setup()
from dutyroom.actions import runtime
from dutyroom.actions.request import Request
from dutyroom.attachments import files
from dutyroom.domain.attachments.commands import AddAttachment
from dutyroom.journal import append
from dutyroom.machine import files as disk
from tests.harness.rooms import DISPATCHER

def die(*_given, **_named):
    os._exit(9)

def work(place, id_, incident):
    setattr(*place, die)
    runtime.room().attachments.take(id_, incident, "dispatcher", b"Seen.")
    add = AddAttachment(id_, incident, "a")
    runtime.room().door.perform(Request(uuid.uuid4(), DISPATCHER, add))

incident, *ids = map(uuid.UUID, sys.argv[1:])
for place, id_ in zip(((disk, "_to_disk"), (files, "uploaded"), (append, "insert")), ids):
    child = os.fork()
    if not child:
        work(place, id_, incident)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.slow
def test_whatever_moment_the_process_is_killed_the_same_can_be_sent_again(
    room: TestRoom,
) -> None:
    """Before the file has its name, before the upload is answered, and before the event."""
    incident, ids = room.open_incident(), [room.id() for _ in range(3)]
    killed = finished(("-c", KILLED, *map(str, (incident, *ids))), os.environ)
    assert killed.out.split() == ["9", "9", "9"], killed
    assert [where(id_) for id_ in ids] == [["waiting"]] * 3
    assert check_journal().ok
    for id_ in ids:
        attached(room, DISPATCHER, id_, incident, raw=b"Seen.")
    later(room, WAITS_MS + 1_000).sweep()
    assert [where(id_) for id_ in ids] == [["kept"]] * 3
    assert check_journal().ok


def test_a_full_disk_leaves_nothing_and_the_same_can_be_sent_again(
    room: TestRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident, id_ = room.open_incident(), room.id()

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match="No space"):
            room.room.attachments.take(id_, incident, DISPATCHER.id, b"Seen.")
    assert where(id_) == []
    attached(room, DISPATCHER, id_, incident)


def spoil(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[-1] ^= 1
    path.write_bytes(whole)


@pytest.mark.parametrize(("harm", "what"), [(Path.unlink, "missing"), (spoil, "altered")])
def test_what_is_lost_or_altered_is_found_and_never_shown(
    room: TestRoom, harm: Callable[[Path], None], what: str
) -> None:
    incident = room.open_incident()
    id_ = attached(room, DISPATCHER, room.id(), incident, raw=jpeg())
    path = file_of(id_)
    before, digest = path.read_bytes(), path.name.rpartition("-")[2]
    harm(path)
    [found] = check_journal().findings
    assert (found.what, str(id_) in found.en, str(id_) in found.zh) == (what, True, True)
    with pytest.raises((FileNotFoundError, SealBroken)):
        room.room.attachments.content(id_, incident, digest)
    path.write_bytes(before)


def test_bytes_open_only_as_what_they_are(room: TestRoom) -> None:
    incident = room.open_incident()
    one, other = (attached(room, DISPATCHER, room.id(), incident) for _ in range(2))
    path, digest = file_of(one), file_of(other).name.rpartition("-")[2]
    before = file_of(other).read_bytes()
    file_of(other).write_bytes(path.read_bytes())
    with pytest.raises(SealBroken):
        room.room.attachments.content(other, incident, digest)
    file_of(other).write_bytes(before)


def test_an_upload_says_what_is_kept(room: TestRoom) -> None:
    taken = room.room.attachments.take(room.id(), room.open_incident(), DISPATCHER.id, jpeg())
    assert isinstance(taken, Upload)
    assert (taken.kind, taken.width, taken.height, len(taken.digest)) == ("jpeg", 60, 40, 64)
