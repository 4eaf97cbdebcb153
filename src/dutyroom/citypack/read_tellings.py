"""Reading and checking whom loop.json has the deadlines of records tell that aren't clocks."""

from collections.abc import Sequence
from typing import Final

from dutyroom.citypack.read_filters import known_texts
from dutyroom.citypack.read_rules import read_length
from dutyroom.clocks import Calendar
from dutyroom.clocks.telling import ENDS_THEN, TOLD, Telling, TellStep
from dutyroom.core.roles import ROLES
from dutyroom.reading.json_entry import Entry

MOST_STEPS: Final = 9


def read_tellings(top: Entry, calendars: Sequence[Calendar]) -> tuple[Telling, ...]:
    """The ``deadlines`` of loop.json, each once. Those with a problem are left out."""
    found: dict[str, Telling] = {}
    codes = {one.code for one in calendars}
    for entry in top.entries("deadlines", ("of", "calendar", "tell"), ("again",)):
        noted = len(entry.file.problems)
        of = entry.string("of")
        if of and of not in TOLD:
            entry.problem("of", f'nothing that is told of is called "{of}"',
                          f"Write one of {', '.join(TOLD)}")  # fmt: skip
        elif of in found:
            entry.problem("of", f'"{of}" is given twice', "Keep one of the two entries")
        telling = _read(entry, of, codes)
        if len(entry.file.problems) == noted:
            found[of] = telling
    return tuple(found.values())


def _read(entry: Entry, of: str, calendars: set[str]) -> Telling:
    calendar, steps = entry.string("calendar"), _steps(entry)
    if calendar and calendar not in calendars:
        entry.problem("calendar", f'there is no calendar "{calendar}"',
                      "Add it to calendars or correct it")  # fmt: skip
    again = read_length(entry, "again")
    late = [one for one in steps if not one.before]
    if of in ENDS_THEN and (late or again):
        entry.problem("tell", f'nothing is left of "{of}" once its time has come',
                      "Tell before it only, and without again")  # fmt: skip
    elif of not in ENDS_THEN and of in TOLD and entry.items("tell") and not late:
        entry.problem("tell", f'nobody is told that "{of}" is late', "Add a step with after")
    if len(steps) > MOST_STEPS:
        entry.problem("tell", f"there are more than {MOST_STEPS} steps", "Use again")
    return Telling(of, calendar, steps, again)


def _steps(top: Entry) -> tuple[TellStep, ...]:
    found: list[TellStep] = []
    entries = tuple(top.entries("tell", ("roles",), ("before", "after", "own")))
    if top.has("tell") and not entries:
        top.problem("tell", "nobody is told", "Add a step, with roles and after")
    for entry in entries:
        roles = known_texts(entry, "roles", ROLES, "role")
        if entry.has("roles") and not entry.items("roles"):
            entry.problem("roles", "the step names no role", "Name at least one")
        if entry.has("before") == entry.has("after"):
            entry.problem("roles", "a step is before the time or after it",
                          "Write before, or after, and how long")  # fmt: skip
            continue
        before = entry.has("before")
        length = read_length(entry, "before" if before else "after", 1 if before else 0)
        if length is None:
            continue
        step = TellStep(roles, length, before, entry.flag("own"))
        if found and not _comes_after(step, found[-1]):
            entry.problem("before" if before else "after",
                          "the step does not come after the one before it",
                          "Put the steps in order")  # fmt: skip
        found.append(step)
    return tuple(found)


def _comes_after(step: TellStep, last: TellStep) -> bool:
    """Whether it may come later, as far as lengths in different units can be compared."""
    if step.before != last.before:
        return last.before
    if step.length.unit != last.length.unit:
        return True
    more = step.length.count - last.length.count
    return more < 0 if step.before else more > 0
