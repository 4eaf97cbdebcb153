"""What is attached to matters of yesterday in the demo, and what of their work was split."""

import pytest
from tests.harness.rooms import SUPERVISOR, TestRoom

from dutyroom.actions.clock import now_ms
from dutyroom.actions.door import Done
from dutyroom.domain.attachments.commands import AddAttachment
from dutyroom.domain.attachments.row import AttachmentRow
from dutyroom.domain.tasks.commands import SplitTask
from dutyroom.evening.divided import PARTS
from dutyroom.evening.morning import enter, morning
from dutyroom.projections.attachments import attachments_of
from dutyroom.readings.attachments import Within, attachments

pytestmark = pytest.mark.db


def test_the_patrol_and_officers_attached_what_they_saw(room: TestRoom) -> None:
    laid = morning(room.pack, 1, now_ms())
    outcomes = enter(room.room, laid, 1)
    wanted = [
        (command.incident, outcome)
        for (_, _, command), outcome in zip(laid, outcomes, strict=True)
        if isinstance(command, AddAttachment)
    ]
    assert all(isinstance(outcome, Done) for _, outcome in wanted)
    found: list[AttachmentRow] = []
    for incident, _ in wanted:
        found += attachments_of([incident])
    assert sorted((one.kind, one.task is not None) for one in found) == [
        ("jpeg", False),
        ("png", True),
        ("text", True),
    ]
    [picture] = [incident for incident, _ in wanted if not attachments_of([incident])[0].task]
    read = attachments(room.room.reader, room.room.attachments, SUPERVISOR, Within(picture))
    [one] = read.attachments
    assert one.name == "Shop window 橱窗.jpg"
    assert (one.row.width, one.row.height) == (1_280, 860)
    assert one.thumbnail


def test_one_task_was_split_this_morning(room: TestRoom) -> None:
    laid = morning(room.pack, 1, now_ms())
    outcomes = enter(room.room, laid, 1)
    [(split, outcome)] = [
        (command, outcome)
        for (_, _, command), outcome in zip(laid, outcomes, strict=True)
        if isinstance(command, SplitTask)
    ]
    assert isinstance(outcome, Done)
    for part in split.parts:
        row = room.row("tasks", part.task)
        assert (row["state"], row["part_of"]) == ("offered", str(split.task))
    assert room.row("tasks", split.task)["parts"] == len(PARTS)
