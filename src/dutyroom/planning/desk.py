"""The one desk of this process: it knows what runs, and ends it with the server."""

import atexit
import threading

from dutyroom.core.home import Home
from dutyroom.planning.runs import Runs

_desks: dict[Home, Runs] = {}
_guard = threading.Lock()


def runs(home: Home) -> Runs:
    """The runs of a room's folder."""
    with _guard:
        if home not in _desks:
            _desks[home] = Runs(home.plan_runs)
            atexit.register(_desks[home].close)
        return _desks[home]
