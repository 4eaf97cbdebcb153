"""What is attached to matters of yesterday: drawn here, for nobody's photograph is in a demo."""

import io
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from PIL import Image, ImageDraw

from dutyroom.actions.room import Room
from dutyroom.domain.attachments.commands import AddAttachment
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import OpenIncident
from dutyroom.domain.tasks.commands import OfferTask, SubmitTask
from dutyroom.evening.laying import Entry, Laying

_AFTER_MS: Final = 360_000
"""How long the patrol had been there when it took its picture."""
WINDOW: Final = "Shop window 橱窗"
YARD: Final = "Plan of the yard 院内平面图"
TRANSFER: Final = "Record of the transfer 转账记录"
_BY_CATEGORY: Final = {"POL-DAMAGE": WINDOW}
_BY_TASK: Final = {"POL-THEFT": YARD, "POL-FRAUD": TRANSFER}
"""What the patrol attaches at the scene, and what an officer attaches to work that is submitted."""


def attached(laid: Laying, entries: Iterable[Entry]) -> Iterator[Entry]:
    """Attach them to what was laid out: each once."""
    left, with_work = dict(_BY_CATEGORY), dict(_BY_TASK)
    opened: dict[object, str] = {}
    work: dict[object, OfferTask] = {}
    for at_ms, actor, command in sorted(entries, key=lambda one: one[0]):
        match command:
            case OpenIncident(incident, category):
                opened[incident] = category
                name = left.pop(category, None)
                if name and actor.unit:
                    id_ = laid.new(at_ms + _AFTER_MS)
                    yield at_ms + _AFTER_MS, actor, AddAttachment(id_, incident, name)
            case OfferTask(task):
                work[task] = command
            case SubmitTask(task) if task in work:
                incident = work[task].incident
                name = with_work.pop(opened.get(incident, ""), None)
                if name:
                    id_ = laid.new(at_ms - 1)
                    yield at_ms - 1, actor, AddAttachment(id_, incident, name, task)


def hand_in(room: Room, actor: Actor, command: AddAttachment) -> None:
    """Upload what is to be attached, as a console does before it asks the door."""
    raw = _DRAWN[command.text]()
    room.attachments.take(command.attachment, command.incident, actor.id, raw)


def _window() -> bytes:
    """A shop front at dusk, with a star in the pane."""
    made = Image.new("RGB", (1280, 860), "#39424e")
    pen = ImageDraw.Draw(made)
    pen.rectangle((0, 690, 1280, 860), fill="#5a5f66")
    for edge in range(0, 1280, 160):
        pen.line((edge, 690, edge - 60, 860), fill="#4b5057", width=3)
    pen.rectangle((90, 70, 1190, 690), fill="#8a6f56")
    pen.rectangle((90, 70, 1190, 170), fill="#7b2f2a")
    pen.rectangle((140, 210, 860, 640), fill="#c9d6d3", outline="#2d2621", width=12)
    pen.rectangle((920, 210, 1140, 690), fill="#51606b", outline="#2d2621", width=12)
    pen.ellipse((1095, 440, 1119, 464), fill="#d8c27a")
    for shelf in (340, 470, 600):
        pen.line((152, shelf, 848, shelf), fill="#8f7f6d", width=8)
        for box in range(170, 820, 70):
            tall = 40 + (box * 7 + shelf) % 45
            tone = ("#b98c4a", "#6f8f6a", "#a35c50", "#5c7a9c")[(box + shelf) // 10 % 4]
            pen.rectangle((box, shelf - tall, box + 46, shelf - 4), fill=tone)
    centre = (560, 400)
    around = [(470, 300), (610, 270), (700, 350), (660, 480), (560, 540), (440, 470)]
    pen.polygon(around, fill="#20262c")
    for x, y in around:
        end = (centre[0] + (x - centre[0]) * 2.1, centre[1] + (y - centre[1]) * 1.9)
        pen.line((x, y, *end), fill="#f2f6f5", width=4)
    for shard in range(300, 800, 52):
        pen.polygon(
            ((shard, 735), (shard + 30, 722 + shard % 3 * 9), (shard + 22, 760)), fill="#cfe0dd"
        )
    return _saved(made, "JPEG")


def _yard() -> bytes:
    """A plan: four houses around a yard, the gate, the cameras, where the e-bike stood."""
    made = Image.new("RGB", (1000, 760), "white")
    pen = ImageDraw.Draw(made)
    for step in range(0, 1000, 50):
        pen.line((step, 0, step, 760), fill="#edf0f2")
        pen.line((0, step, 1000, step), fill="#edf0f2")
    for house in ((80, 60, 920, 180), (80, 230, 250, 620), (750, 230, 920, 620)):
        pen.rectangle(house, fill="#dfe5ea", outline="#4a5763", width=4)
    pen.line((80, 690, 430, 690), fill="#4a5763", width=8)
    pen.line((570, 690, 920, 690), fill="#4a5763", width=8)
    pen.arc((430, 620, 570, 760), 180, 270, fill="#4a5763", width=4)
    for x, y, towards in ((270, 200, (420, 330)), (730, 200, (600, 640))):
        pen.polygon(((x, y), (towards[0] - 60, towards[1]), (towards[0] + 60, towards[1])),
                    fill="#fdf1cf")  # fmt: skip
        pen.ellipse((x - 12, y - 12, x + 12, y + 12), fill="#b4690e")
    pen.rectangle((540, 430, 640, 480), outline="#a3281f", width=5)
    pen.line((540, 430, 640, 480), fill="#a3281f", width=4)
    pen.line((540, 480, 640, 430), fill="#a3281f", width=4)
    path = ((590, 490), (560, 580), (510, 640), (500, 750))
    for begin, end in itertools.pairwise(path):
        pen.line((*begin, *end), fill="#a3281f", width=3)
    return _saved(made, "PNG")


def _saved(made: Image.Image, format_: str) -> bytes:
    out = io.BytesIO()
    made.save(out, format_)
    return out.getvalue()


def _transfer() -> bytes:
    return (
        "14:02  短信：包裹异常，附链接。  Message: a parcel is held, with a link.\n"
        "14:09  转账 3,800 元。  3,800 yuan sent.\n"
        "14:31  联系银行，申请止付。  The bank was asked to stop it.\n"
        "14:50  银行回复：待核实。  The bank answers: being looked into.\n"
    ).encode()


_DRAWN: Final[Mapping[str, Callable[[], bytes]]] = {
    WINDOW: _window,
    YARD: _yard,
    TRANSFER: _transfer,
}
