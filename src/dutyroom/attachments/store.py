"""Taking uploads in, opening what is kept, and sweeping away what nobody attached."""

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from dutyroom.attachments import files
from dutyroom.attachments.content import accept
from dutyroom.domain.attachments import refusals
from dutyroom.domain.attachments.decide import key_of
from dutyroom.domain.attachments.events import AttachmentAdded
from dutyroom.domain.attachments.known import Upload
from dutyroom.domain.kernel import Refusal
from dutyroom.journal.keys import KeyErased
from dutyroom.journal.seal import Sealer, mark_of
from dutyroom.journal.writer import GroupWriter
from dutyroom.machine.files import move_whole

WAITS_MS: Final = 86_400_000
"""How long what was uploaded waits to be attached."""
SWEEP_MS: Final = 600_000
HALF_MS: Final = 3_600_000
"""After so long a file that is only half there is nobody's any more."""


class Attachments:
    """The bytes of one room's attachments."""

    def __init__(
        self, *, folder: Path, sealer: Sealer, writer: GroupWriter, now_ms: Callable[[], int]
    ) -> None:
        self._folder = folder
        self._sealer = sealer
        self._writer = writer
        self._now_ms = now_ms
        self._swept_ms = 0
        self._sweeping = threading.Lock()

    def take(self, attachment: UUID, incident: UUID, by: str, raw: bytes) -> Upload | Refusal:
        """Look at an upload, clean it, and keep it sealed until it is attached: whoever may do so
        was asked before. The same once more changes nothing. Raises `NotCommitted`, `OSError`."""
        self.sweep_now_and_then()
        accepted = accept(raw)
        if isinstance(accepted, Refusal):
            return accepted
        name, now_ms = key_of(incident), self._now_ms()
        try:
            key = self._writer.run(lambda cursor: self._sealer.key_to_seal(cursor, name, now_ms))
        except KeyErased:
            return refusals.attachment_sealed_off(incident)
        before = files.waiting(self._folder, attachment)
        if before is None:
            of = files.Sealing(attachment, incident, by, key)
            files.keep(self._folder, of, raw, accepted)
        else:
            head = files.head_of(before)
            if (head.incident, head.by, head.came) != (incident, by, mark_of(key, raw)):
                return refusals.attachment_exists(attachment)
        found = files.uploaded(self._folder, attachment)
        assert found is not None  # only what waits for a day is swept away
        return found

    def thumbnail(self, attachment: UUID, incident: UUID, digest: str) -> bytes:
        """Raises `KeyErased`, `SealBroken`; `FileNotFoundError` if the store lost it."""
        path = files.kept(self._folder, attachment, digest)
        return files.thumbnail(path, attachment, self._sealer.key_to_open(key_of(incident)))

    def content(self, attachment: UUID, incident: UUID, digest: str) -> bytes:
        """As `thumbnail`, all of it."""
        path = files.kept(self._folder, attachment, digest)
        return files.content(path, attachment, self._sealer.key_to_open(key_of(incident)))

    def sweep_now_and_then(self) -> None:
        """`sweep`, unless that was done lately, or is being done."""
        if self._now_ms() < self._swept_ms + SWEEP_MS or not self._sweeping.acquire(False):
            return
        try:
            self._swept_ms = self._now_ms()
            self.sweep()
        finally:
            self._sweeping.release()

    def sweep(self) -> None:
        """Put away what was attached, and what waited too long is gone."""
        for path in (self._folder / files.WAITING).glob("*"):
            with suppress(OSError):  # another process was quicker; or it stays, and is found there
                self._settle(path)

    def _settle(self, path: Path) -> None:
        age_ms = self._now_ms() - path.stat().st_mtime * 1_000
        if path.name.startswith("."):
            if age_ms > HALF_MS:
                path.unlink()
            return
        # Under the journal's lock, so that nobody attaches it meanwhile.
        if self._writer.run(lambda cursor: _is_attached(cursor, path, forget=age_ms > WAITS_MS)):
            move_whole(path, files.put_away_at(self._folder, path.name))


def _is_attached(cursor: CursorWrapper, path: Path, *, forget: bool) -> bool:
    """Whether an event names these bytes; if not they may be forgotten here and now."""
    cursor.execute(
        "SELECT body FROM journal_journalentry WHERE stream = %s AND version = 1 AND type = %s",
        [f"attachment:{path.name[:36]}", AttachmentAdded.TYPE],
    )
    row = cursor.fetchone()
    if row and json.loads(bytes(row[0]))["digest"] == path.name[37:]:
        return True
    if forget:
        path.unlink()
    return False
