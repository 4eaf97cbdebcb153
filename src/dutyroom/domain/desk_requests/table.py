"""What may be done with a request to a specialist desk in which state."""

from typing import Final

from dutyroom.domain.kernel import table

_UNKNOWN = "UnknownDeskRequest"
_EARLY = "DeskRequestNotReady"
_LATE = "DeskRequestHasMovedOn"
_OVER = "DeskRequestIsOver"
_THERE = "DeskRequestExists"


def _row(*cells: str) -> str:
    return " ".join(cells)


DESK_REQUEST: Final = table(
    "none asked accepted in_progress done confirmed returned withdrawn",
    {
        "desk_request.ask": _row("GO", *[_THERE] * 7),
        # Also the way to undo a withdrawal.
        "desk_request.ask_again": _row(_UNKNOWN, *[_THERE] * 4, _OVER, "GO", "GO"),
        "desk_request.accept": _row(_UNKNOWN, "GO", _LATE, _LATE, _LATE, _OVER, _EARLY, _OVER),
        "desk_request.release": _row(_UNKNOWN, "DONE", "GO", "GO", "GO", _OVER, _EARLY, _OVER),
        "desk_request.return": _row(_UNKNOWN, "GO", "GO", "GO", _LATE, _OVER, "DONE", _OVER),
        "desk_request.undo_return": _row(_UNKNOWN, *[_LATE] * 4, _OVER, "GO", _OVER),
        "desk_request.start": _row(_UNKNOWN, _EARLY, "GO", "DONE", "GO", _OVER, _EARLY, _OVER),
        # What was written down must not be lost because the request is over meanwhile.
        "desk_request.add_note": _row(_UNKNOWN, *["GO"] * 7),
        "desk_request.finish": _row(_UNKNOWN, _EARLY, "GO", "GO", _LATE, _OVER, _EARLY, _OVER),
        "desk_request.confirm": _row(_UNKNOWN, _EARLY, _EARLY, _EARLY, "GO", "DONE", _EARLY, _OVER),
        "desk_request.undo_confirmation": _row(
            _UNKNOWN, _EARLY, _EARLY, _EARLY, "DONE", "GO", _EARLY, _OVER
        ),
        "desk_request.send_back": _row(
            _UNKNOWN, _EARLY, _EARLY, _EARLY, "GO", _OVER, _EARLY, _OVER
        ),
        "desk_request.withdraw": _row(_UNKNOWN, "GO", "GO", "GO", "GO", _OVER, "GO", "DONE"),
        "desk_request.remind": _row(_UNKNOWN, "GO", "GO", "GO", _LATE, _OVER, _EARLY, _OVER),
    },
)
