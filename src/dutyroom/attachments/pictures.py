"""Pictures, drawn anew: what is kept is their pixels. Where they were taken, with what, and all
else that a file may carry, is gone; so is whatever hid in or behind it."""

import io
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps

from dutyroom.domain.attachments import refusals
from dutyroom.domain.attachments.commands import AttachmentKind
from dutyroom.domain.attachments.known import LARGEST
from dutyroom.domain.kernel import Refusal

MOST_PIXELS: Final = 50_000_000
"""Of a picture that is unpacked, so that a few kilobytes don't fill the memory."""
LARGEST_SIDE: Final = 4_096
THUMBNAIL: Final = 240
QUALITIES: Final = (88, 70, 50)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What is kept of a file. Of a picture also its size, and a small one as JPEG."""

    kind: AttachmentKind
    content: bytes
    thumbnail: bytes = b""
    width: int = 0
    height: int = 0


def picture(raw: bytes, format_: str) -> Accepted | Refusal:
    """A picture of one of Pillow's formats, drawn anew; upright, at most `LARGEST_SIDE` long."""
    try:
        with Image.open(io.BytesIO(raw), formats=(format_,)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return refusals.picture_too_large(MOST_PIXELS // 1_000_000)
            pixels = _pixels(opened)
    except Image.DecompressionBombError:
        return refusals.picture_too_large(MOST_PIXELS // 1_000_000)
    except Exception:  # Pillow raises whatever its decoders raise
        return refusals.picture_unreadable()
    kind, content = _written(pixels, as_png=format_ == "PNG" or pixels.mode == "RGBA")
    small = pixels.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    return Accepted(kind, content, _jpeg(small, 72), pixels.width, pixels.height)


def _pixels(opened: Image.Image) -> Image.Image:
    """Nothing but its pixels: a new image, which knows nothing of the file."""
    opened.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))  # a JPEG unpacks to half or less at once
    opened.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    upright = ImageOps.exif_transpose(opened)
    if upright.mode.startswith("I"):  # 16 bits: scaled, where a conversion would cut off
        upright = upright.convert("F").point(lambda value: value / 256).convert("L")
    mode = "RGBA" if upright.has_transparency_data else "RGB"
    plain = upright if upright.mode == mode else upright.convert(mode)
    drawn = Image.new(mode, plain.size)
    drawn.paste(plain)
    return drawn


def _written(pixels: Image.Image, *, as_png: bool) -> tuple[AttachmentKind, bytes]:
    if as_png:
        out = io.BytesIO()
        pixels.save(out, "PNG")
        if out.tell() <= LARGEST:
            return "png", out.getvalue()
    for quality in QUALITIES:
        content = _jpeg(pixels, quality)
        if len(content) <= LARGEST:
            break
    return "jpeg", content


def _jpeg(pixels: Image.Image, quality: int) -> bytes:
    """On white, where it is transparent."""
    flat = pixels
    if pixels.mode == "RGBA":
        flat = Image.new("RGB", pixels.size, "white")
        flat.paste(pixels, mask=pixels.getchannel("A"))
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=quality)
    return out.getvalue()
