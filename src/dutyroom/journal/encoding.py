"""The exact bytes that are stored and hashed. ``docs/background/journal.md`` explains them."""

import hashlib
import json
from typing import Final

PREFIX: Final = b"dutyroom/entry/1\n"
GENESIS: Final = bytes(32)
"""The hash before the first entry."""
_NOTHING: Final = b"\xff" * 8
_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


def canonical(body: object) -> bytes:
    """JSON as bytes: keys sorted, no blanks, UTF-8, no NaN. Raises ``ValueError`` for NaN."""
    return _ENCODER.encode(body).encode()


def entry_hash(prev_hash: bytes, fields: tuple[int | str | bytes | None, ...]) -> bytes:
    """SHA-256 of the prefix, the hash before, and each field with its length in eight bytes.

    Integers are written in decimal, texts in UTF-8; a missing value has the length 2^64 - 1.
    """
    parts = [PREFIX, prev_hash]
    for value in fields:
        if value is None:
            parts.append(_NOTHING)
            continue
        data = value if isinstance(value, bytes) else str(value).encode()
        parts += len(data).to_bytes(8, "big"), data
    return hashlib.sha256(b"".join(parts)).digest()
