"""What an attachment is called: its name as said, ending in what it is."""

from collections.abc import Mapping
from typing import Final

from dutyroom.domain.attachments.commands import AttachmentKind

LONGEST_NAME: Final = 120
_ENDINGS: Final[Mapping[AttachmentKind, tuple[str, ...]]] = {
    "jpeg": (".jpg", ".jpeg"),
    "png": (".png",),
    "pdf": (".pdf",),
    "text": (".txt",),
}
_OWN: Final = ("..", "/", "\\", ":")


def name_of(said: str, kind: AttachmentKind) -> str | None:
    """A name that is safe to show and to save under; None where nothing is left of what was said,
    or it is too long. What can't be seen (also what turns text around) and what leads elsewhere in
    a folder is left out; it never ends as something that it isn't."""
    name = "".join(one for one in said if one.isprintable())
    for part in _OWN:
        name = name.replace(part, " ")
    name = " ".join(name.split()).strip(". ")
    if not name or len(name) > LONGEST_NAME:
        return None
    endings = _ENDINGS[kind]
    return name if name.lower().endswith(endings) else name + endings[0]
