"""Attachments: never without their bytes, struck by whom, named by what they are."""

from dataclasses import replace
from uuid import UUID

import pytest

from dutyroom.domain.attachments.commands import (
    AddAttachment,
    RestoreAttachment,
    StrikeAttachment,
)
from dutyroom.domain.attachments.events import AttachmentAdded
from dutyroom.domain.attachments.known import LARGEST, MOST, MOST_BYTES, Upload
from dutyroom.domain.attachments.naming import LONGEST_NAME, name_of
from dutyroom.domain.attachments.state import AttachmentState
from dutyroom.domain.attachments.table import ATTACHMENT
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import DONE, GO, Command, Emitted, Refusal
from dutyroom.domain.tasks.events import TaskOffered

from .room import ANNA, Room
from .strategies import INCIDENTS, START_MS, TASKS, uuids_of

pytestmark = pytest.mark.unit

HERE, OTHER, _ = INCIDENTS
ONE, TWO, THREE = uuids_of("attachment")
BO = Actor("bo", "station_officer", org="city/north")
UPLOAD = Upload(HERE, "anna", "jpeg", 1_000, 60, 40, "ab" * 32)
ADD = AddAttachment(ONE, HERE, "Yard gate")


@pytest.fixture
def room() -> Room:
    """Two incidents, a task of the second one, and a picture that anna uploaded for the first."""
    made = Room()
    made.codes = replace(made.codes, org_of_zone={"north": "city/north"})
    for id_ in (HERE, OTHER):
        made.states[f"incident:{id_}"] = IncidentState(
            "open", "1000-0009", "NOISE", 3, "north", "telephone", START_MS, START_MS
        )
    offered = TaskOffered(
        "anna", OTHER, "1000-0009", "visit", 3, None, "city/north", "", "", "", ()
    )
    made.apply(f"task:{TASKS[0]}", offered, START_MS)
    made.uploads[ONE] = UPLOAD
    return made


def there(phase: str, by: str = "anna") -> AttachmentState:
    state = AttachmentState("kept", HERE, None, "city", "jpeg", 1, 1, 1, "ab", by, START_MS)
    return replace(state, phase=phase)  # type: ignore[arg-type]


COMMANDS: dict[str, Command] = {
    "attachment.add": ADD,
    "attachment.strike": StrikeAttachment(ONE, "twice"),
    "attachment.restore": RestoreAttachment(ONE),
}


@pytest.mark.parametrize(
    ("state", "verb", "cell"), [(*key, cell) for key, cell in ATTACHMENT.items()]
)
def test_an_attachment_does_what_its_table_says(
    room: Room, state: str, verb: str, cell: str
) -> None:
    if state != "none":
        room.states[f"attachment:{ONE}"] = there(state)
    decision = room.act(COMMANDS[verb])
    said = decision.name if isinstance(decision, Refusal) else GO if decision else DONE
    assert said == cell


def test_it_is_what_was_uploaded_and_its_name_is_sealed(room: Room) -> None:
    decision = room.act(ADD)
    assert isinstance(decision, tuple)
    [one] = decision
    assert one == Emitted(
        f"attachment:{ONE}",
        AttachmentAdded("anna", HERE, None, "city/north", "jpeg", 1_000, 60, 40, "ab" * 32),
        {"text": "Yard gate.jpg"},
        f"incident:{HERE}",
    )


@pytest.mark.parametrize(
    "upload",
    [
        None,
        replace(UPLOAD, incident=OTHER),
        replace(UPLOAD, by="bo"),
    ],
)
def test_nothing_is_attached_without_its_bytes(room: Room, upload: Upload | None) -> None:
    room.uploads = {ONE: upload} if upload else {}
    assert room.refuses(ADD).name == "AttachmentNotUploaded"


def test_it_belongs_to_an_incident_that_is_there_and_to_a_task_of_it(room: Room) -> None:
    nowhere = UUID(int=9)
    assert room.refuses(replace(ADD, incident=nowhere)).name == "UnknownIncident"
    for task in (nowhere, TASKS[0]):
        assert room.refuses(replace(ADD, task=task)).name == "UnknownTask"
    room.uploads[TWO] = replace(UPLOAD, incident=OTHER)
    assert room.does(AddAttachment(TWO, OTHER, "a", TASKS[0])) == ("attachment.added.v1",)
    assert room.attachments[TWO].org == "city/north"


def test_what_waited_in_a_telephone_is_attached_to_what_is_closed_meanwhile(room: Room) -> None:
    for state in ("closed", "merged"):
        incident = room.incidents[HERE]
        room.states[f"incident:{HERE}"] = replace(incident, state=state)  # type: ignore[arg-type]
        decision = room.act(ADD)
        assert isinstance(decision, tuple)
        del room.states[f"attachment:{ONE}"]


@pytest.mark.parametrize(("count", "size"), [(MOST, 1), (1, MOST_BYTES - UPLOAD.size + 1)])
def test_an_incident_holds_only_so_much(room: Room, count: int, size: int) -> None:
    """What was struck counts, for it is kept."""
    for number in range(count):
        state = replace(there("struck"), size=size)
        room.states[f"attachment:{UUID(int=number + 50)}"] = state
    assert room.refuses(ADD).name == "AttachmentsFull"
    room.states.popitem()
    assert room.does(ADD) == ("attachment.added.v1",)


def test_one_is_only_so_large(room: Room) -> None:
    room.uploads[ONE] = replace(UPLOAD, size=LARGEST + 1)
    assert room.refuses(ADD).name == "AttachmentsFull"


@pytest.mark.parametrize("command", [StrikeAttachment(ONE, "twice"), RestoreAttachment(ONE)])
def test_others_attachments_are_struck_by_the_desk_and_the_command_office(
    room: Room, command: Command
) -> None:
    for actor, by, allowed in (
        (BO, "bo", True),
        (BO, "anna", False),
        (replace(BO, role="field_officer"), "anna", False),
        (replace(BO, role="call_taker"), "anna", False),
        (replace(BO, role="station_command"), "anna", True),
        (replace(ANNA, role="supervisor"), "bo", True),
    ):
        phase = "kept" if isinstance(command, StrikeAttachment) else "struck"
        room.states[f"attachment:{ONE}"] = there(phase, by)
        decision = room.act(command, actor)
        assert isinstance(decision, Refusal) != allowed
        if isinstance(decision, Refusal):
            assert decision.name == "AttachmentOfAnother"


def test_to_strike_is_undone(room: Room) -> None:
    room.does(ADD)
    before = room.attachments[ONE]
    room.does(StrikeAttachment(ONE, "misfiled"))
    struck = room.attachments[ONE]
    assert (struck.phase, struck.reason, struck.struck_by) == ("struck", "misfiled", "anna")
    room.does(RestoreAttachment(ONE))
    assert room.attachments[ONE] == before


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("gate", "gate.jpg"),
        (" Yard\n gate .JPEG ", "Yard gate .JPEG"),
        ("../../etc/passwd", "etc passwd.jpg"),
        ("C:\\run.exe", "C run.exe.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe.jpg"),
        ("门口.png", "门口.png.jpg"),
        ("x" * LONGEST_NAME, "x" * LONGEST_NAME + ".jpg"),
        ("x" * (LONGEST_NAME + 1), None),
        (" ../\t", None),
        ("", None),
    ],
)
def test_a_name_is_safe_to_show_and_says_what_it_is(said: str, name: str | None) -> None:
    assert name_of(said, "jpeg") == name
