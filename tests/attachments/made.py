"""Files for tests, made here: pictures with all that pictures carry, papers, and what isn't taken."""

import io
import zlib
from typing import Any
from uuid import UUID

from PIL import Image, PngImagePlugin

from dutyroom.domain.attachments.commands import AddAttachment
from dutyroom.domain.attachments.known import Upload
from dutyroom.domain.context import Actor
from tests.harness.rooms import TestRoom

SECRET = b"Canon of Mrs Lin"
PLACE = ((31.0, 12.0, 34.5), (121.0, 28.0, 1.5))


def pixels(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    made = Image.new(mode, (width, height), "blue")
    made.paste("red", (0, 0, width // 2, height))
    return made


def jpeg(made: Image.Image | None = None, orientation: int = 1, **more: Any) -> bytes:
    """A photograph that says where it was taken, with what, and what was thought of it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: PLACE[0], 3: "E", 4: PLACE[1]})
    out = io.BytesIO()
    (made or pixels()).save(
        out, "JPEG", exif=exif, comment=SECRET, icc_profile=b"profile " + SECRET, xmp=SECRET, **more
    )
    return out.getvalue()


def png(made: Image.Image | None = None) -> bytes:
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", SECRET.decode())
    said.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()
    out = io.BytesIO()
    (made or pixels()).save(out, "PNG", pnginfo=said, exif=exif)
    return out.getvalue()


def webp(mode: str = "RGB") -> bytes:
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()
    out = io.BytesIO()
    pixels(mode=mode).save(out, "WEBP", exif=exif, xmp=SECRET)
    return out.getvalue()


def bomb(side: int = 20_000) -> bytes:
    """A PNG of a few hundred bytes that says it is this large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        sum_ = zlib.crc32(name + data)
        return len(data).to_bytes(4, "big") + name + data + sum_.to_bytes(4, "big")

    head = side.to_bytes(4, "big") * 2 + bytes((8, 2, 0, 0, 0))
    lines = zlib.compress(bytes(1_000))
    end = chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + end


def pdf(within: bytes = b"", objects: bytes = b"", behind: bytes = b"") -> bytes:
    """A page; ``within`` stands in its catalogue, ``objects`` are packed in a stream."""
    packed = zlib.compress(objects)
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + within + b" >>\nendobj\n"
        b"2 0 obj\n<< /Length 12 >>\nstream\n/JS (a) /JS \nendstream\nendobj\n"
        b"3 0 obj\n<< /Type /ObjStm /Filter /FlateDecode /Length "
        + str(len(packed)).encode()
        + b" >>\nstream\n"
        + packed
        + b"\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
        + behind
    )


def attached(
    room: TestRoom,
    actor: Actor,
    attachment: UUID,
    incident: UUID,
    task: UUID | None = None,
    raw: bytes = b"",
) -> UUID:
    """Upload something and attach it."""
    taken = room.room.attachments.take(attachment, incident, actor.id, raw or jpeg())
    assert isinstance(taken, Upload), taken
    room.done(actor, AddAttachment(attachment, incident, "Yard gate", task))
    return attachment
