"""Reading and checking desks.json: the specialist desks of a place."""

from collections.abc import Mapping, Sequence
from typing import Final

from dutyroom.citypack.model import Org
from dutyroom.citypack.pack_files import PackFiles
from dutyroom.citypack.read_filters import categories_of
from dutyroom.citypack.read_vocabulary import fresh_code
from dutyroom.citypack.vocabulary import Vocabulary
from dutyroom.clocks.calendar import ALWAYS, Calendar, always
from dutyroom.clocks.loop import Loop
from dutyroom.clocks.rule import Length
from dutyroom.domain.desks import Desk, Offered
from dutyroom.reading.json_entry import Entry
from dutyroom.reading.json_file import JsonFile

FILE: Final = "desks.json"
LONGEST_CODE: Final = 40
"""Characters of a desk's code at most, since lists keep it in a column."""
_MOST_MINUTES: Final = 10_080
_MOST_AT_ONCE: Final = 1_000
_REQUIRED: Final = ("code", "en", "zh", "org", "capacity", "accept_minutes", "offers")
_OPTIONAL: Final = ("calendar", "skills", "retired", "categories")


def read_desks(
    files: PackFiles, orgs: Sequence[Org], loop: Loop, vocabulary: Vocabulary, timezone: str
) -> tuple[Desk, ...]:
    """The desks of a pack; none where the file is left out."""
    text = files.text(FILE) if FILE in files else None
    file = JsonFile(FILE, text, files.problems) if text is not None else None
    if file is None or file.value is None:
        return ()
    seen: set[str] = set()
    calendars = {one.code: one for one in (always(timezone), *loop.calendars)}
    paths = {one.id: one.path for one in orgs}
    return tuple(
        _read_desk(entry, seen, paths, calendars, vocabulary)
        for entry in Entry(file, (), ("desks",)).entries("desks", _REQUIRED, _OPTIONAL)
    )


def _read_desk(
    entry: Entry,
    seen: set[str],
    paths: Mapping[str, str],
    calendars: Mapping[str, Calendar],
    vocabulary: Vocabulary,
) -> Desk:
    code, org = fresh_code(entry, seen), entry.string("org")
    if len(code) > LONGEST_CODE:
        entry.problem(
            "code",
            f'the code "{code}" has {len(code)} characters',
            f"Use a shorter code: that of a specialist desk may have {LONGEST_CODE}",
        )
    if org and org not in paths:
        entry.problem("org", f'there is no organisation "{org}"', "Add it to org.csv or correct it")
    calendar = entry.string("calendar") if entry.has("calendar") else ALWAYS
    if calendar and calendar not in calendars:
        entry.problem(
            "calendar",
            f'there is no calendar "{calendar}"',
            "Add it to calendars of loop.json or correct it",
        )
    if entry.has("offers") and entry.value["offers"] == []:
        entry.problem("offers", "nothing is offered", "Add at least one entry")
    return Desk(
        code,
        entry.texts(),
        paths.get(org, ""),
        calendars.get(calendar, calendars[ALWAYS]),
        entry.integer("capacity", 1, _MOST_AT_ONCE),
        Length(entry.integer("accept_minutes", 1, _MOST_MINUTES), "minute"),
        _read_offered(entry, "offers", "caller"),
        _read_offered(entry, "skills"),
        entry.flag("retired"),
        frozenset(categories_of(entry, vocabulary)),
    )


def _read_offered(desk: Entry, key: str, *flags: str) -> tuple[Offered, ...]:
    seen: set[str] = set()
    return tuple(
        Offered(fresh_code(entry, seen), entry.texts(), entry.flag("retired"), entry.flag("caller"))
        for entry in desk.entries(key, ("code", "en", "zh"), ("retired", *flags))
    )
