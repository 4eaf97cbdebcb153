"""When a clock is due, and when it warns: by its rule, its calendar and its pauses."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Promise:
    """What a running clock comes to, in ms UTC.

    ``due_ms``: None while a pause lasts. ``warn_ms``: in the calendar's open time; None without
    a warning, or where the calendar doesn't open before the end. ``provisional``: a day counts
    whose holidays haven't been announced.
    """

    due_ms: int | None
    warn_ms: int | None
    provisional: bool
