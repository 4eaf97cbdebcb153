"""Records of every kind that has a deadline, as if they had been begun weeks ago and nobody had
looked since: into the room of the environment, and what they are to standard output."""

import json
import sys
from typing import Final
from unittest.mock import patch

from tests.harness.watched import BEGINS

WEEKS_AGO_MS: Final = (20 * 1440 + 377) * 60_000
"""No step of those that repeat falls on just that."""
ONCE: Final = ("station_handover",)
"""Of which a station has one at a time."""
ASKS_NOBODY: Final = ("notice",)
"""Where nobody is signed in: so nobody owes it anything."""


def main(times: int, *, first: bool) -> None:
    """Begin so many of each; the first time also what there is one of."""
    from dutyroom.site.serving import prepare

    prepare()
    from dutyroom.actions import clock, door, runtime
    from tests.harness.rooms import SUPERVISOR, TestRoom, enrol

    def weeks_ago() -> int:
        return clock.now_ms() - WEEKS_AGO_MS

    enrol(SUPERVISOR)  # whom the desk is offered
    opened = runtime.room()
    room = TestRoom(opened, opened.pack)
    begun: list[str] = []
    with patch.object(door, "now_ms", weeks_ago):
        for turn in range(times):
            for kind, begin in BEGINS.items():
                if kind in ASKS_NOBODY:
                    continue
                if kind not in ONCE or (first and turn == 0):
                    begun.append(f"{kind}:{begin(room, weeks_ago())}")
    runtime.stop()
    print(json.dumps(begun))


if __name__ == "__main__":
    main(int(sys.argv[1]), first=sys.argv[2:] == ["first"])
