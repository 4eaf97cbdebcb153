"""Reading and checking how loop.json has disputes followed, and places that call again."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from dutyroom.citypack.read_filters import categories_of
from dutyroom.citypack.read_rules import read_length
from dutyroom.citypack.read_vocabulary import fresh_code
from dutyroom.citypack.vocabulary import Vocabulary
from dutyroom.clocks import Calendar, Edition, Rule
from dutyroom.clocks.calendar import NOTHING_CITED
from dutyroom.clocks.loop import LoopKind, MatterRules, RepeatRules
from dutyroom.reading.json_entry import Entry

MOST_DAYS: Final = 400
MOST_TIMES: Final = 1_000


def read_matters(top: Entry, calendars: Sequence[Calendar], vocabulary: Vocabulary) -> MatterRules:
    """Kinds of disputes, and their times."""
    if not top.has("matters"):
        return MatterRules()
    optional = ("again", "case", "review_days", "watch_days")
    entry = Entry(top.file, (*top.path, "matters"), ("kinds",), optional)
    codes = {one.code for one in calendars}
    usual = MatterRules()
    return MatterRules(
        _kinds(entry, vocabulary),
        _rule(entry, "again", codes),
        _rule(entry, "case", codes),
        entry.integer("review_days", 1, MOST_DAYS, usual.review_days),
        entry.integer("watch_days", 1, MOST_DAYS, usual.watch_days),
    )


def read_repeats(top: Entry, vocabulary: Vocabulary) -> RepeatRules:
    """What makes a public place call again, and how often that is."""
    if not top.has("repeats"):
        return RepeatRules()
    entry = Entry(
        top.file, (*top.path, "repeats"), ("kinds", "window_days", "at_least"), ("area_at_least",)
    )
    usual = RepeatRules()
    return RepeatRules(
        _kinds(entry, vocabulary),
        entry.integer("window_days", 1, MOST_DAYS, usual.window_days),
        entry.integer("at_least", 2, MOST_TIMES, usual.at_least),
        entry.integer("area_at_least", 2, MOST_TIMES, usual.area_at_least),
    )


def _kinds(top: Entry, vocabulary: Vocabulary) -> tuple[LoopKind, ...]:
    seen: set[str] = set()
    found = []
    for entry in top.entries("kinds", ("code", "en", "zh", "categories"), ("retired",)):
        if entry.has("categories") and not entry.items("categories"):
            entry.problem("categories", "the kind has no category", "Name at least one")
        found.append(
            LoopKind(
                fresh_code(entry, seen),
                entry.texts(),
                categories_of(entry, vocabulary),
                entry.flag("retired"),
            )
        )
    return tuple(found)


def _rule(top: Entry, key: str, calendars: set[str]) -> Rule | None:
    """By when something follows: the day in which it begins doesn't count, and it ends with the
    last one. A clock without a name: its matter is what is told of."""
    if not top.has(key):
        return None
    entry = Entry(top.file, (*top.path, key), ("within", "calendar"))
    calendar, within = entry.string("calendar"), read_length(entry, "within")
    if calendar and calendar not in calendars:
        entry.problem("calendar", f'there is no calendar "{calendar}"',
                      "Add it to calendars or correct it")  # fmt: skip
        return None
    if within is None or not calendar:
        return None
    edition = Edition(NOTHING_CITED, date.min)
    first = not within.in_days
    return Rule(key, NOTHING_CITED, (), (), within, calendar, edition, counts_first=first)
