"""Reading and checking loop.json: routes, calendars, clocks, and reasons that may be given."""

from typing import Final

from dutyroom.citypack.pack_files import PackFiles
from dutyroom.citypack.read_calendars import FILE as HOLIDAYS
from dutyroom.citypack.read_calendars import read_calendars
from dutyroom.citypack.read_callbacks import read_call_backs, read_complaints
from dutyroom.citypack.read_given_tasks import read_given_tasks
from dutyroom.citypack.read_matters import read_matters, read_repeats
from dutyroom.citypack.read_routes import read_routes
from dutyroom.citypack.read_rules import read_rules
from dutyroom.citypack.read_tellings import read_tellings
from dutyroom.citypack.read_vocabulary import fresh_code
from dutyroom.citypack.vocabulary import Vocabulary
from dutyroom.clocks.loop import NO_LOOP, Loop, Reason
from dutyroom.reading.json_entry import Entry
from dutyroom.reading.json_file import JsonFile

FILE: Final = "loop.json"
_MINUTE_MS: Final = 60_000
_LONGEST_MIN: Final = 90 * 24 * 60


def read_loop(files: PackFiles, vocabulary: Vocabulary, timezone: str) -> Loop:
    """The loop of a pack; an empty one where the file is left out."""
    if FILE not in files:
        if HOLIDAYS in files:
            files.problems.add(
                HOLIDAYS, None, "holidays are only for calendars of loop.json",
                "Remove the file, or add loop.json",
            )  # fmt: skip
        return Loop()
    text = files.text(FILE)
    file = JsonFile(FILE, text, files.problems) if text is not None else None
    if file is None or file.value is None:
        return Loop()
    optional = (
        "pause_reasons",
        "task_reasons",
        "point_reasons",
        "contact_reasons",
        "routes",
        "orders",
        "matters",
        "repeats",
        "call_backs",
        "tasks",
        "deadlines",
        "complaints",
    )
    top = Entry(file, (), ("calendars", "clocks"), optional)
    reasons = _reasons(top, "pause_reasons")
    calendars = read_calendars(top, files, timezone)
    routes = read_routes(top, vocabulary)
    return Loop(
        calendars,
        read_rules(top, calendars, reasons, vocabulary),
        reasons,
        _reasons(top, "task_reasons"),
        _reasons(top, "point_reasons"),
        routes,
        _reasons(top, "contact_reasons"),
        _orders_answered_within_ms(top),
        read_matters(top, calendars, vocabulary),
        read_repeats(top, vocabulary),
        read_call_backs(top, calendars, vocabulary),
        read_given_tasks(top, routes, vocabulary),
        read_tellings(top, calendars),
        read_complaints(top, vocabulary),
    )


def _orders_answered_within_ms(top: Entry) -> int:
    """How long there is to answer a supervision order where nobody says."""
    usual_ms = NO_LOOP.orders_answered_within_ms
    if not top.has("orders"):
        return usual_ms
    entry = Entry(top.file, ("orders",), ("answer_min",))
    otherwise = usual_ms // _MINUTE_MS
    return entry.integer("answer_min", 1, _LONGEST_MIN, otherwise) * _MINUTE_MS


def _reasons(top: Entry, name: str) -> tuple[Reason, ...]:
    seen: set[str] = set()
    return tuple(
        Reason(fresh_code(entry, seen), entry.texts(), entry.flag("retired"))
        for entry in top.entries(name, ("code", "en", "zh"), ("retired",))
    )
