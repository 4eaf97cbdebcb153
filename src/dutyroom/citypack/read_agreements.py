"""Reading and checking agreements.json: what may be handed over to which partner, until when."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dutyroom.citypack.local_time import as_date
from dutyroom.citypack.model import Org
from dutyroom.citypack.pack_files import PackFiles
from dutyroom.citypack.read_filters import categories_of, known_texts
from dutyroom.citypack.read_vocabulary import fresh_code
from dutyroom.citypack.vocabulary import Vocabulary
from dutyroom.clocks.loop import Reason
from dutyroom.domain.agreements import CARRIED_FIELDS, Agreement
from dutyroom.reading.json_entry import Entry
from dutyroom.reading.json_file import JsonFile

FILE: Final = "agreements.json"
LONGEST_MINUTES: Final = 10_080
"""A week: whoever answers later than that is written to."""
_REQUIRED: Final = (
    "code", "en", "zh", "partner", "fields", "purpose", "accept_minutes", "from", "until", "basis",
)  # fmt: skip


def read_agreements(
    files: PackFiles, orgs: Collection[Org], vocabulary: Vocabulary, timezone: str
) -> tuple[tuple[Agreement, ...], tuple[Reason, ...]]:
    """The agreements of a pack, and why a partner may refuse; none where the file is left out."""
    text = files.text(FILE) if FILE in files else None
    file = JsonFile(FILE, text, files.problems) if text is not None else None
    if file is None or file.value is None:
        return (), ()
    top = Entry(file, (), ("agreements",), ("refusal_reasons",))
    seen: set[str] = set()
    agreements = tuple(
        _read_agreement(entry, seen, orgs, vocabulary, timezone)
        for entry in top.entries("agreements", _REQUIRED, ("categories", "minors", "suggest"))
    )
    said: set[str] = set()
    reasons = tuple(
        Reason(fresh_code(entry, said), entry.texts(), entry.flag("retired"))
        for entry in top.entries("refusal_reasons", ("code", "en", "zh"), ("retired",))
    )
    return agreements, reasons


def _read_agreement(
    entry: Entry, seen: set[str], orgs: Collection[Org], vocabulary: Vocabulary, timezone: str
) -> Agreement:
    known = known_texts(entry, "fields", CARRIED_FIELDS, "field")
    if entry.has("fields") and not entry.items("fields"):
        entry.problem("fields", "the agreement carries nothing",
                      f"Name some of {', '.join(CARRIED_FIELDS)}")  # fmt: skip
    begins, ends = _day(entry, "from"), _day(entry, "until")
    if begins is not None and ends is not None and ends < begins:
        entry.problem("until", "the agreement ends before it begins", "Correct one of the two days")
    suggest, categories = entry.flag("suggest"), categories_of(entry, vocabulary)
    if suggest and not entry.value.get("categories"):
        entry.problem("suggest", "the agreement is suggested for no category",
                      "Name its categories, or remove suggest")  # fmt: skip
    return Agreement(
        code=fresh_code(entry, seen),
        text=entry.texts(),
        partner=_partner(entry, orgs),
        categories=frozenset(categories),
        fields=tuple(one for one in CARRIED_FIELDS if one in known),
        purpose=entry.text("purpose"),
        accept_ms=entry.integer("accept_minutes", 1, LONGEST_MINUTES) * 60_000,
        from_ms=_midnight_ms(begins or date(1970, 1, 1), timezone),
        until_ms=_midnight_ms((ends or date(2999, 1, 1)) + timedelta(days=1), timezone),
        basis=entry.text("basis"),
        minors=entry.flag("minors"),
        suggest=suggest,
    )


def _partner(entry: Entry, orgs: Collection[Org]) -> str:
    """The path of the partner that is named by its id."""
    id_ = entry.string("partner")
    found = next((one for one in orgs if one.id == id_), None)
    if id_ and found is None:
        entry.problem("partner", f'there is no organisation "{id_}"',
                      "Add it to org.csv or correct it")  # fmt: skip
    elif found is not None and found.level != "partner":
        entry.problem("partner", f'"{id_}" is no partner, but a {found.level}',
                      "Name an organisation of the level partner")  # fmt: skip
    return found.path if found else ""


def _day(entry: Entry, key: str) -> date | None:
    text = entry.string(key)
    day = as_date(text)
    if text and day is None:
        entry.problem(key, f'"{text}" is not a date', "Write one like 2026-10-01")
    return day


def _midnight_ms(day: date, timezone: str) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(timezone)).timestamp()) * 1000
