"""Whether a PDF is paper only: nothing in it runs, no file is in it, and nothing hangs on it."""

import re
import zlib
from collections.abc import Iterator
from typing import Final

_LOUD: Final = (
    "JavaScript",
    "JS",
    "Launch",
    "EmbeddedFile",
    "EmbeddedFiles",
    "RichMedia",
    "XFA",
    "Encrypt",
)
"""Names of what runs, of files within, and of a lock: what is locked can't be looked into."""
MOST_INFLATED: Final = 20_000_000
_STREAM: Final = re.compile(rb"stream\r?\n")
_TAIL: Final = 66_000


def _however_written(name: str) -> bytes:
    """A name, any letter of which may be written as #xx."""
    return "".join(f"(?:{one}|#{ord(one):02x}|#{ord(one):02X})" for one in name).encode()


_NAMES: Final = re.compile(
    rb"/(?:" + b"|".join(map(_however_written, _LOUD)) + rb")(?![A-Za-z0-9_.\-])"
)


def is_quiet(raw: bytes) -> bool:
    """Whether it can be kept. What can't be looked into is not."""
    end = raw.rfind(b"%%EOF")
    if end < 0 or raw[end + 5 :].strip(b"\r\n \x00"):
        return False
    if b"PK\x05\x06" in raw[-_TAIL:] or b"<script" in raw[:1024].lower():
        return False
    try:
        return not any(_NAMES.search(part) for part in _parts(raw))
    except (zlib.error, ValueError):
        return False


def _parts(raw: bytes) -> Iterator[bytes]:
    """What stands between the streams, and the objects that are packed in some of them. What is in
    the others (pictures, fonts, pages) runs nothing, and spells any name by chance."""
    at, left = 0, MOST_INFLATED
    while (begin := _STREAM.search(raw, at)) is not None:
        between = raw[at : begin.start()]
        yield between
        end = raw.find(b"endstream", begin.end())
        if end < 0:
            raise ValueError("a stream has no end")
        if b"/ObjStm" in between[-2_000:]:
            unpack = zlib.decompressobj()
            objects = unpack.decompress(raw[begin.end() : end], left)
            left -= len(objects)
            if unpack.unconsumed_tail or left <= 0:
                raise ValueError("it is packed too tightly")
            yield objects
        at = end + len(b"endstream")
    yield raw[at:]
