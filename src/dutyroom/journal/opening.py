"""Is this journal fit to be served? Asked at every start, before anything is written.

Without the key that sealed it nothing in it opens; a second one, made in silence, would seal
beside the old one's work. A journal that is shorter than it was once has lost acknowledged events.
"""

from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from dutyroom.core.text import counted
from dutyroom.journal import read
from dutyroom.journal.checkpoints import Checkpoint, read_checkpoints, write_checkpoint
from dutyroom.journal.keys import KEY_FILE, KeyRefused, Keyring, centre_key


class JournalCutOff(Exception):
    """The journal ends before, or differs from, what a checkpoint beside the key saw of it."""


def fit_key(keys: Path) -> bytes:
    """The centre's key, made at the first start, of a journal that is fit to be served. Raises
    `KeyRefused` and `JournalCutOff`."""
    key = open_key(keys)
    must_reach_checkpoints(keys)
    return key


def open_key(keys: Path) -> bytes:
    """The centre's key, made at the first start, that is while the journal is empty. Raises
    `KeyRefused` if it is missing beside a journal, or not the one that the journal was sealed with.
    """
    file = keys / KEY_FILE
    with connection.cursor() as cursor:
        end = read.head(cursor).position
        if end and not file.exists():
            raise KeyRefused(
                f"{file} is missing, and the journal has {counted(end, 'entry', 'entries')}: "
                f"without the key no caller's data open. Restore {KEY_FILE} from the backup; "
                "nothing was started"
            )
        key = centre_key(keys)
        Keyring(key).prove(cursor)
    return key


def must_reach_checkpoints(keys: Path) -> None:
    """Raises `JournalCutOff` if the latest checkpoint knows of more, or of something else."""
    known = read_checkpoints(keys)
    if not known:
        return
    last = max(known, key=lambda one: one.position)
    if not last.position:
        return  # somebody accepted that nothing is left: there is no entry to compare
    seen = datetime.fromtimestamp(last.at_ms / 1000, UTC)
    once = f"{last.position:,} on {seen:%Y-%m-%d %H:%M} UTC"
    with connection.cursor() as cursor:
        end = read.head(cursor).position
        if end < last.position:
            raise JournalCutOff(
                f"the journal ends at entry {end:,}, but it had {once}. Restore the newer "
                "database; if there is none, `dutyroom journal accept-end` goes on from here, and "
                "every check of the journal says from then on that entries were lost"
            )
        cursor.execute("SELECT hash FROM journal_journalentry WHERE position = %s", [last.position])
        found = cursor.fetchone()
    if found is None or bytes(found[0]).hex() != last.hash:
        raise JournalCutOff(
            f"entry {last.position:,} is not the one that this journal had ({once}): another "
            "database, or rewritten. `dutyroom journal verify` says where; restore the right one"
        )


def accept_end(keys: Path, now_ms: int) -> tuple[int, int]:
    """Go on with a journal that lost its end: the position of its end, and of the one it had. The
    two are the same, and nothing is written, where nothing was lost."""
    known = read_checkpoints(keys)
    had = max((one.position for one in known), default=0)
    with connection.cursor() as cursor:
        head = read.head(cursor)
    if head.position >= had:
        return head.position, head.position
    write_checkpoint(keys, Checkpoint(head.position, head.hash.hex(), now_ms, lost_to=had))
    return head.position, had
