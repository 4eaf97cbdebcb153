"""What happens to attachments in the story: one of the incident, struck and shown again; one of a
task."""

from tests.attachments.made import attached, jpeg
from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.domain.attachments.commands import RestoreAttachment, StrikeAttachment
from dutyroom.domain.tasks.commands import OfferTask


def play(room: TestRoom) -> None:
    """Play it."""
    incident, task = room.open_incident(index=7), room.id()
    org = room.row("incidents", incident)["org"]
    room.done(DISPATCHER, OfferTask(task, incident, "check", org, "Look at the gate 查看院门"))
    picture = attached(room, DISPATCHER, room.id(), incident, raw=jpeg())
    room.done(DISPATCHER, StrikeAttachment(picture, "twice"))
    room.done(DISPATCHER, RestoreAttachment(picture))
    attached(room, DISPATCHER, room.id(), incident, task, raw="门卫看到两人。Two men.".encode())
