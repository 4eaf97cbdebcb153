"""Reading and checking the clocks of loop.json."""

from collections.abc import Mapping, Sequence
from typing import Final, get_args

from dutyroom.citypack.local_time import as_date
from dutyroom.citypack.read_filters import categories_of, known_texts, priorities_of
from dutyroom.citypack.read_vocabulary import fresh_code
from dutyroom.citypack.vocabulary import Vocabulary
from dutyroom.clocks import Calendar, Edition, Extensions, Length, Rule, Step
from dutyroom.clocks.loop import Reason
from dutyroom.clocks.route import STAGES, stage_signal
from dutyroom.clocks.rule import ENDS, EXPIRIES, UNITS, Ends, Expiry, Unit
from dutyroom.core.roles import ROLES
from dutyroom.domain import EVENTS
from dutyroom.domain.tasks.commands import TaskKind
from dutyroom.reading.json_entry import Entry

MOST: Final[Mapping[Unit, int]] = {
    "second": 86_400,
    "minute": 525_600,
    "hour": 8_760,
    "day": 3_650,
    "working_day": 3_650,
}
"""The longest length in each unit."""
SIGNALS: Final = frozenset(
    {*(kind.rpartition(".v")[0] for kind in EVENTS), *map(stage_signal, STAGES)}
)
"""What may start or stop a clock: types of events without their version, and stages that begin."""
TASK_KINDS: Final[tuple[TaskKind, ...]] = get_args(TaskKind)
APPROVERS: Final = ("dispatcher", "supervisor")
"""Who may be named as approving that a clock is prolonged: who may ask for it at all."""
_REQUIRED: Final = ("code", "en", "zh", "starts", "stops", "within", "calendar", "edition")
_OPTIONAL: Final = (
    "categories", "priorities", "counts_first", "rolls", "ends", "pauses", "warn", "escalate",
    "again", "extensions", "expiry", "confirmed", "tasks", "restarts",
)  # fmt: skip
_DAY_MS: Final = 86_400_000


def read_rules(
    top: Entry, calendars: Sequence[Calendar], reasons: Sequence[Reason], vocabulary: Vocabulary
) -> tuple[Rule, ...]:
    """The clocks of loop.json. Those with a problem are left out."""
    found = []
    by_code = {one.code: one for one in calendars}
    paused_for = {one.code for one in reasons}
    editions: set[object] = set()
    for entry in top.entries("clocks", _REQUIRED, _OPTIONAL):
        noted = len(entry.file.problems)
        rule = _Clock(entry, vocabulary).read(by_code, paused_for)
        if rule is None or len(entry.file.problems) > noted:
            continue
        edition = (
            rule.code, rule.edition.from_date, rule.categories, rule.priorities, rule.tasks,
        )  # fmt: skip
        if edition in editions:
            entry.problem("code", f'the clock "{rule.code}" has this edition twice',
                          "Give one of them another from")  # fmt: skip
        editions.add(edition)
        found.append(rule)
    return tuple(found)


class _Clock:
    """One clock being read."""

    def __init__(self, entry: Entry, vocabulary: Vocabulary) -> None:
        self.entry = entry
        self.vocabulary = vocabulary

    def read(self, calendars: Mapping[str, Calendar], reasons: set[str]) -> Rule | None:
        """The rule, or None where no length is known; everything that is wrong is noted."""
        entry = self.entry
        code = fresh_code(entry, set())
        starts, stops = self._events("starts"), self._events("stops")
        restarts = self._events("restarts")
        for both in sorted({*starts} & {*stops}):
            entry.problem("stops", f'"{both}" starts the clock and stops it', "Name another event")
        for both in sorted({*restarts} & {*stops}):
            entry.problem("restarts", f'"{both}" restarts the clock and stops it',
                          "Name another event")  # fmt: skip
        calendar = entry.string("calendar")
        if calendar and calendar not in calendars:
            entry.problem("calendar", f'there is no calendar "{calendar}"',
                          "Add it to calendars or correct it")  # fmt: skip
        within = self._length("within")
        edition = self._edition()
        categories = categories_of(entry, self.vocabulary)
        priorities = priorities_of(entry, self.vocabulary)
        tasks = known_texts(entry, "tasks", TASK_KINDS, "kind of task")
        self._note_wrong_subject(starts, (*stops, *restarts))
        pauses = known_texts(entry, "pauses", reasons, "reason for a pause")
        warn, again = self._length("warn"), self._length("again")
        steps, extensions = self._steps(), self._extensions()
        expiry: Expiry = "lapses" if self._choice("expiry", EXPIRIES) == "lapses" else "escalate"
        ends: Ends = "closing" if self._choice("ends", ENDS) == "closing" else "midnight"
        counts_first = entry.flag("counts_first") if entry.has("counts_first") else True
        rolls, confirmed = entry.flag("rolls"), entry.flag("confirmed")
        if within is None or edition is None:
            return None
        self._note_wrong_counting(within, calendars.get(calendar), counts_first)
        self._note_wrong_warning(within, warn)
        self._note_wrong_steps(steps, again, expiry)
        if extensions is not None and not extensions.by.adds_to(within):
            entry.problem("extensions", "a clock is not extended by what it counts in",
                          f'Write "{within.unit}"')  # fmt: skip
            extensions = None
        return Rule(
            code, entry.texts(), starts, stops, within, calendar, edition, categories, priorities,
            counts_first, rolls, ends, pauses, warn, steps, again, extensions, expiry, confirmed,
            tasks, restarts,
        )  # fmt: skip

    def _note_wrong_subject(self, starts: Sequence[str], stops: Sequence[str]) -> None:
        """A clock is of incidents or of tasks."""
        of_tasks = {one.startswith("task.") for one in (*starts, *stops)}
        if len(of_tasks) > 1:
            self.entry.problem("stops", "a clock runs from a task to something else, or back",
                               "Name events of tasks only, or none")  # fmt: skip
        elif of_tasks == {True} and self.entry.has("categories"):
            self.entry.problem("categories", "a task has no category", "Remove it")
        elif of_tasks == {False} and self.entry.has("tasks"):
            self.entry.problem("tasks", '"tasks" is only for clocks of tasks', "Remove it")

    def _events(self, key: str) -> tuple[str, ...]:
        found = known_texts(self.entry, key, SIGNALS, "event")
        if self.entry.has(key) and not self.entry.items(key):
            self.entry.problem(key, f'"{key}" names no event', "Name at least one")
        return found

    def _choice(self, key: str, choices: Sequence[str]) -> str:
        text = self.entry.string(key) if self.entry.has(key) else ""
        if text and text not in choices:
            self.entry.problem(key, f'"{key}" is "{text}"', f"Write one of {', '.join(choices)}")
        return text

    def _length(self, key: str, entry: Entry | None = None, least: int = 1) -> Length | None:
        return read_length(entry or self.entry, key, least)

    def _role(self, entry: Entry, key: str) -> str:
        role = entry.string(key)
        if role and role not in ROLES:
            entry.problem(key, f'there is no role "{role}"', f"Write one of {', '.join(ROLES)}")
        return role

    def _steps(self) -> tuple[Step, ...]:
        found: list[Step] = []
        for entry in self.entry.entries("escalate", ("role", "after")):
            role, after = self._role(entry, "role"), self._length("after", entry, 0)
            if after is None:
                continue
            before = found[-1].after if found else None
            if before is not None and before.unit == after.unit and after.count <= before.count:
                entry.problem("after", "the step does not come after the one before it",
                              "Put the steps in order")  # fmt: skip
            found.append(Step(role, after))
        return tuple(found)

    def _extensions(self) -> Extensions | None:
        if not self.entry.has("extensions"):
            return None
        keys = ("at_most", "by", "approver")
        part = Entry(self.entry.file, (*self.entry.path, "extensions"), keys)
        at_most, approver = part.integer("at_most", 1, 9), self._role(part, "approver")
        if approver in ROLES and approver not in APPROVERS:
            part.problem("approver", f'nobody of the role "{approver}" extends a clock',
                         f"Write one of {', '.join(APPROVERS)}")  # fmt: skip
        by = self._length("by", part)
        return Extensions(at_most, by, approver) if by is not None else None

    def _edition(self) -> Edition | None:
        if not self.entry.has("edition"):
            return None
        part = Entry(self.entry.file, (*self.entry.path, "edition"), ("en", "zh", "from"))
        citation, text = part.texts(), part.string("from")
        day = as_date(text)
        if text and day is None:
            part.problem("from", f'"{text}" is not a date', "Write one like 2026-10-01")
        return Edition(citation, day) if day is not None else None

    def _note_wrong_counting(
        self, within: Length, calendar: Calendar | None, counts_first: bool
    ) -> None:
        entry = self.entry
        if not counts_first and within.unit in ("second", "minute"):
            entry.problem("counts_first", "only a first hour or day may not count",
                          "Count in hours or days, or remove it")  # fmt: skip
        if entry.has("ends") and not within.in_days:
            entry.problem("ends", '"ends" is only for clocks of days', "Remove it")
        if entry.flag("rolls") and within.unit != "day":
            entry.problem("rolls", 'only a clock of "day" rolls', "Remove it")
        elif entry.flag("rolls") and calendar is not None and calendar.always_open:
            entry.problem("rolls", "its calendar opens every day", "Name another calendar")

    def _note_wrong_warning(self, within: Length, warn: Length | None) -> None:
        if warn is None:
            return
        if warn.in_days and warn.unit != within.unit:
            self.entry.problem("warn", "the warning does not count as the clock does",
                               f'Write "{within.unit}", or hours')  # fmt: skip
        elif not _shorter(warn, within):
            self.entry.problem("warn", "the warning is not shorter than the clock",
                               "Write a shorter length")  # fmt: skip

    def _note_wrong_steps(
        self, steps: Sequence[Step], again: Length | None, expiry: Expiry
    ) -> None:
        if again is not None and not steps:
            self.entry.problem("again", "there is no step to repeat", "Add steps to escalate")
        if steps and expiry == "lapses":
            self.entry.problem("expiry", "a clock that lapses tells nobody",
                               "Remove escalate, or write escalate here")  # fmt: skip


def read_length(entry: Entry, key: str, least: int = 1) -> Length | None:
    """``{"working_day": 7}`` under a key; None where there is none, or a wrong one."""
    if not entry.has(key):
        return None
    part = Entry(entry.file, (*entry.path, key), (), UNITS)
    given = [unit for unit in UNITS if part.has(unit)]
    if len(given) != 1:
        if isinstance(entry.value[key], dict):
            entry.problem(
                key, "a length is counted in one thing", f"Write one of {', '.join(UNITS)}"
            )
        return None
    noted = len(part.file.problems)
    count = part.integer(given[0], least, MOST[given[0]])
    return Length(count, given[0]) if len(part.file.problems) == noted else None


def _shorter(warn: Length, within: Length) -> bool:
    if warn.in_days:
        return warn.count < within.count
    return warn.ms < (within.count * _DAY_MS if within.in_days else within.ms)
