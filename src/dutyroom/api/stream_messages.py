"""What the live stream says, by the name of the event. No personal data."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from dutyroom.projections.board import BoardRows, Position


class StreamPositions(msgspec.Struct, frozen=True, kw_only=True):
    """Where units are, of those whose position came in since the last time; at most 4 a second."""

    server_time_ms: int
    units: tuple[Position, ...]


class StreamBeat(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing has happened for 2 s: the stream lives, and this is how far it has come."""

    server_time_ms: int
    position: int


class StreamReset(msgspec.Struct, frozen=True, kw_only=True):
    """Load the board again: the gap is too large, or the member was signed out or changed; then
    the stream ends."""


MESSAGES: Final[Mapping[str, Any]] = {
    "rows": BoardRows,
    "positions": StreamPositions,
    "beat": StreamBeat,
    "reset": StreamReset,
}
