"""Reading and checking the tasks that loop.json gives by itself."""

from collections.abc import Sequence
from typing import Final, get_args

from dutyroom.citypack.read_filters import categories_of, priorities_of
from dutyroom.citypack.read_rules import TASK_KINDS
from dutyroom.citypack.read_vocabulary import fresh_code
from dutyroom.citypack.vocabulary import Vocabulary
from dutyroom.clocks.given import GivenTask
from dutyroom.clocks.route import STAGES, Route, Stage
from dutyroom.core.text import Text
from dutyroom.domain.tasks.checks import LONGEST_STEP
from dutyroom.domain.tasks.commands import TEAMS
from dutyroom.domain.tasks.passing import MOST_STEPS
from dutyroom.reading.json_entry import Entry

_REQUIRED: Final = ("code", "kind", "stage", "en", "zh")
_OPTIONAL: Final = ("team", "steps", "categories", "priorities")
_STAGES: Final[tuple[Stage, ...]] = get_args(Stage.__value__)


def read_given_tasks(
    top: Entry, routes: Sequence[Route], vocabulary: Vocabulary
) -> tuple[GivenTask, ...]:
    """The tasks of loop.json. Those with a problem are left out."""
    found = []
    seen: set[str] = set()
    for entry in top.entries("tasks", _REQUIRED, _OPTIONAL):
        noted = len(entry.file.problems)
        code = fresh_code(entry, seen)
        kind = _one_of(entry, "kind", TASK_KINDS)
        stage = _one_of(entry, "stage", STAGES)
        team = _one_of(entry, "team", TEAMS) if entry.has("team") else ""
        steps = _steps(entry)
        given = GivenTask(
            code, kind, next((one for one in _STAGES if one == stage), "handle"), entry.texts(),
            team, steps, categories_of(entry, vocabulary), priorities_of(entry, vocabulary),
        )  # fmt: skip
        if len(entry.file.problems) == noted:
            _note_never_left(entry, given, routes, vocabulary)
        if len(entry.file.problems) == noted:
            found.append(given)
    return tuple(found)


def _one_of(entry: Entry, key: str, choices: Sequence[str]) -> str:
    text = entry.string(key)
    if text and text not in choices:
        entry.problem(key, f'"{key}" is "{text}"', f"Write one of {', '.join(choices)}")
    return text


def _steps(entry: Entry) -> tuple[Text, ...]:
    if not entry.has("steps"):
        return ()
    steps = tuple(one.texts() for one in entry.entries("steps", ("en", "zh")))
    if len(steps) > MOST_STEPS:
        entry.problem("steps", f"there are more than {MOST_STEPS} steps", "Leave some out")
    if any(max(len(one.en), len(one.zh)) > LONGEST_STEP // 2 - 2 for one in steps):
        entry.problem("steps", f"a step is longer than {LONGEST_STEP // 2 - 2} letters",
                      "Say it in fewer words")  # fmt: skip
    return steps


def _note_never_left(
    entry: Entry, given: GivenTask, routes: Sequence[Route], vocabulary: Vocabulary
) -> None:
    """Without a stage there is nothing that gives it, nor where nobody reports such a matter."""
    if not routes:
        entry.problem("stage", "there are no routes, so no stages", "Add routes, or remove tasks")
    elif not any(given.is_for(*one) for one in vocabulary.matters):
        entry.problem("categories", "no incident leaves this task",
                      "Name categories and priorities that are in use")  # fmt: skip
