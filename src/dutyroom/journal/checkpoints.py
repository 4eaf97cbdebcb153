"""Checkpoints of the journal's end, beside the key: a chain alone can't see that its tail was cut
off or that it was rewritten from some point on. The independent witness comes later, on the same
hashes.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

EVERY: Final = 1_000
"""Entries between two checkpoints; another one is written at each clean stop."""
_FILE: Final = "heads.jsonl"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The journal had this hash (hex) at this position.

    ``lost_to``: somebody accepted that the journal ends here, though it had that many entries; what
    older checkpoints know of later entries no longer counts. 0 where nothing was lost.
    """

    position: int
    hash: str
    at_ms: int
    lost_to: int = 0


def write_checkpoint(keys: Path, checkpoint: Checkpoint) -> None:
    """Append a checkpoint, on the disk before this returns."""
    handle = os.open(keys / _FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as out:
        # The line feed before it keeps it apart from a line that a crash cut short.
        out.write("\n" + json.dumps(asdict(checkpoint)) + "\n")
        out.flush()
        os.fsync(out.fileno())


def read_checkpoints(keys: Path) -> list[Checkpoint]:
    """The checkpoints that count, oldest first; a line that a crash cut short is left out."""
    found: list[Checkpoint] = []
    for one in written_checkpoints(keys):
        if one.lost_to:
            found = [each for each in found if each.position <= one.position]
        found.append(one)
    return found


def written_checkpoints(keys: Path) -> list[Checkpoint]:
    """All checkpoints that were ever written, also those of entries that were lost."""
    file = keys / _FILE
    if not file.is_file():
        return []
    found = []
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            one = Checkpoint(**json.loads(line))
        except (ValueError, TypeError):
            continue
        whole = (one.position, one.at_ms, one.lost_to)
        if all(isinstance(value, int) for value in whole) and isinstance(one.hash, str):
            found.append(one)
    return found
