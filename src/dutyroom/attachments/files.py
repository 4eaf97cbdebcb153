"""The store: a file for each attachment, sealed, named by its id and the digest of what is in it.

A file is on the disk, under its final name, before the event that names its digest can be written:
there is never an event without its bytes. It waits in a folder of its own until then; what waits
without an event for a day is swept away.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec

from dutyroom.attachments.pictures import Accepted
from dutyroom.domain.attachments.commands import AttachmentKind
from dutyroom.domain.attachments.known import Upload
from dutyroom.journal.seal import mark_of, seal_bytes, unseal_bytes
from dutyroom.machine.files import write_whole

WAITING: Final = "waiting"
_LONGEST_HEAD: Final = 4_096


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The first line of a file, in clear; `came` tells by the record's key what was uploaded."""

    incident: UUID
    by: str
    kind: AttachmentKind
    size: int
    width: int
    height: int
    thumbnail: int
    came: str


@dataclass(frozen=True, slots=True)
class Sealing:
    """Whose an upload is, and the key of its incident."""

    attachment: UUID
    incident: UUID
    by: str
    key: bytes


def keep(folder: Path, of: Sealing, raw: bytes, accepted: Accepted) -> Path:
    """Bring what was accepted of an upload to the disk, sealed."""
    small = _sealed(of, "thumbnail", accepted.thumbnail) if accepted.thumbnail else b""
    head = Head(
        incident=of.incident,
        by=of.by,
        kind=accepted.kind,
        size=len(accepted.content),
        width=accepted.width,
        height=accepted.height,
        thumbnail=len(small),
        came=mark_of(of.key, raw),
    )
    whole = b"".join(
        (msgspec.json.encode(head), b"\n", small, _sealed(of, "content", accepted.content))
    )
    path = folder / WAITING / f"{of.attachment}-{hashlib.sha256(whole).hexdigest()}"
    write_whole(path, whole)
    return path


def uploaded(folder: Path, attachment: UUID) -> Upload | None:
    """What was uploaded under an id and waits for its event."""
    path = waiting(folder, attachment)
    if path is None:
        return None
    head, digest = head_of(path), path.name.rpartition("-")[2]
    return Upload(head.incident, head.by, head.kind, head.size, head.width, head.height, digest)


def waiting(folder: Path, attachment: UUID) -> Path | None:
    """The file that waits under an id; of two that were sent at once, always the same."""
    return min((folder / WAITING).glob(f"{attachment}-*"), default=None)


def kept(folder: Path, attachment: UUID, digest: str) -> Path:
    """Where the bytes of an event lie: among those that wait, until they have been put away."""
    name = f"{attachment}-{digest}"
    put_away = put_away_at(folder, name)
    return put_away if put_away.exists() else folder / WAITING / name


def put_away_at(folder: Path, name: str) -> Path:
    """Its place for good, in one of 256 folders."""
    return folder / name[34:36] / name


def head_of(path: Path) -> Head:
    """What is said of a file in its first line."""
    with path.open("rb") as file:
        return msgspec.json.decode(file.readline(_LONGEST_HEAD), type=Head)


def digest_of(path: Path) -> str:
    """Of all that is in it, piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def thumbnail(path: Path, attachment: UUID, key: bytes) -> bytes:
    """The small picture; nothing where there is none. Raises `SealBroken`."""
    with path.open("rb") as file:
        head = msgspec.json.decode(file.readline(_LONGEST_HEAD), type=Head)
        sealed = file.read(head.thumbnail)
    return unseal_bytes(key, _what(attachment, "thumbnail"), sealed) if sealed else b""


def content(path: Path, attachment: UUID, key: bytes) -> bytes:
    """The whole of it. Raises `SealBroken`."""
    with path.open("rb") as file:
        head = msgspec.json.decode(file.readline(_LONGEST_HEAD), type=Head)
        file.seek(head.thumbnail, 1)
        sealed = file.read()
    return unseal_bytes(key, _what(attachment, "content"), sealed)


def _sealed(of: Sealing, part: str, plain: bytes) -> bytes:
    return seal_bytes(of.key, _what(of.attachment, part), plain)


def _what(attachment: UUID, part: str) -> str:
    return f"attachment:{attachment}:{part}"
