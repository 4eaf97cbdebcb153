"""Reading and checking the follow-up calls of loop.json, and which categories are complaints."""

from collections.abc import Sequence
from typing import Final

from dutyroom.citypack.read_filters import categories_of, known_texts, priorities_of
from dutyroom.citypack.read_rules import read_length
from dutyroom.citypack.vocabulary import Vocabulary
from dutyroom.clocks import Calendar, Length
from dutyroom.clocks.callbacks import CallBackRule, CallBacks
from dutyroom.reading.json_entry import Entry

_KEYS: Final = ("calendar", "attempts", "answer", "rules")
_OPTIONAL: Final = ("categories", "priorities", "attended")
MOST_ATTEMPTS: Final = 9


def read_call_backs(
    top: Entry, calendars: Sequence[Calendar], vocabulary: Vocabulary
) -> CallBacks | None:
    """The follow-up calls of loop.json; None where it has none, or something is wrong."""
    if not top.has("call_backs"):
        return None
    noted = len(top.file.problems)
    entry = Entry(top.file, (*top.path, "call_backs"), _KEYS, ("complaints",))
    code = entry.string("calendar")
    calendar = next((one for one in calendars if one.code == code), None)
    if code and calendar is None:
        entry.problem("calendar", f'there is no calendar "{code}"',
                      "Add it to calendars or correct it")  # fmt: skip
    attempts = entry.integer("attempts", 1, MOST_ATTEMPTS)
    answer = read_length(entry, "answer")
    rules = _rules(entry, vocabulary)
    if calendar is None or answer is None or len(top.file.problems) > noted:
        return None
    return CallBacks(calendar, rules, attempts, answer)


def read_complaints(top: Entry, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Codes of the categories that are complaints about officers. They have a key of their own;
    older packs name them in `call_backs`."""
    known = {one.code for one in vocabulary.categories}
    within = top.value.get("call_backs")
    if not isinstance(within, dict) or "complaints" not in within:
        return known_texts(top, "complaints", known, "category")
    older = Entry(top.file, (*top.path, "call_backs"), (), within)
    if top.has("complaints"):
        older.problem("complaints", "complaints are named here and beside call_backs",
                      "Name them beside call_backs only")  # fmt: skip
        return ()
    return known_texts(older, "complaints", known, "category")


def _rules(entry: Entry, vocabulary: Vocabulary) -> tuple[CallBackRule, ...]:
    found: list[CallBackRule] = []
    for one in entry.entries("rules", ("within",), _OPTIONAL):
        if found and _is_for_all(found[-1]):
            one.problem("within", "no incident comes to this rule: the one before is for all",
                        "Put it before that one")  # fmt: skip
        within: Length | None = read_length(one, "within")
        categories, priorities = categories_of(one, vocabulary), priorities_of(one, vocabulary)
        if within is not None:
            found.append(CallBackRule(within, categories, priorities, one.flag("attended")))
    if entry.has("rules") and not entry.items("rules"):
        entry.problem("rules", "no rule says who is called", "Add one")
    return tuple(found)


def _is_for_all(rule: CallBackRule) -> bool:
    return not rule.categories and not rule.priorities and not rule.attended
