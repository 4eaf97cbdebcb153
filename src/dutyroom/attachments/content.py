"""What a file is, by its content alone: neither its name nor what is declared of it counts."""

import unicodedata
from collections.abc import Sequence
from typing import Final, Literal

from dutyroom.attachments.pdf import is_quiet
from dutyroom.attachments.pictures import Accepted, picture
from dutyroom.domain.attachments import refusals
from dutyroom.domain.attachments.known import LARGEST
from dutyroom.domain.kernel import Refusal

type Found = Literal[
    "drawing", "page", "program", "office", "archive", "picture", "sound", "unknown"
]
_PICTURES: Final = ((b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"))
_OTHERS: Final[Sequence[tuple[bytes, Found]]] = (
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xce\xfa\xed\xfe", "program"),
    (b"#!", "program"),
    (b"%!PS", "program"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "program"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"{\\rtf", "office"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
    (b"fLaC", "sound"),
    (b"RIFF", "sound"),
)
_OFFICE: Final = (b"[Content_Types].xml", b"application/vnd.oasis", b"word/", b"xl/", b"ppt/")
_MARKUP: Final[Sequence[tuple[str, Found]]] = (
    ("<svg", "drawing"),
    ("<script", "page"),
    ("<html", "page"),
    ("<!doctype", "page"),
    ("<iframe", "page"),
    ("<?xml", "page"),
    ("<?php", "program"),
)
_BLANKS: Final = frozenset("\t\n\r\f")


def accept(raw: bytes) -> Accepted | Refusal:
    """What is kept of a file, or why it isn't taken."""
    if not raw:
        return refusals.attachment_empty()
    if len(raw) > LARGEST:
        return refusals.attachment_too_large(LARGEST // 1_000_000)
    for magic, format_ in _PICTURES:
        if raw.startswith(magic):
            return picture(raw, format_)
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return picture(raw, "WEBP")
    if raw.startswith(b"%PDF-"):
        return Accepted("pdf", raw) if is_quiet(raw) else refusals.pdf_can_run()
    text = _text(raw)
    if isinstance(text, str):
        return Accepted("text", text.encode())
    return refusals.attachment_kind_wrong(text[0])


def _text(raw: bytes) -> str | tuple[Found]:
    """Plain text; else what it is instead."""
    found = _other(raw)
    if found is not None:
        return (found,)
    said = _decoded(raw)
    if said is None:
        return ("unknown",)
    lower = said.lower()
    for mark, kind in _MARKUP:
        if mark in lower:
            return (kind,)
    return said if said.strip() else ("unknown",)


def _other(raw: bytes) -> Found | None:
    if raw.startswith(b"PK\x03\x04"):
        return "office" if any(mark in raw[:8192] for mark in _OFFICE) else "archive"
    if raw[4:8] == b"ftyp":
        still = raw[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"heim")
        return "picture" if still else "sound"
    return next((found for magic, found in _OTHERS if raw.startswith(magic)), None)


def _decoded(raw: bytes) -> str | None:
    """UTF-8, or GB 18030 as older programs write it; None if it is neither, or no plain text."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            said = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return said if all(_is_plain(one) for one in set(said)) else None
    return None


def _is_plain(letter: str) -> bool:
    """No control character, and one that there is: any bytes decode to something in GB 18030."""
    return letter in _BLANKS or unicodedata.category(letter) not in ("Cc", "Cn", "Co", "Cs")
