"""The words of a city: categories, priorities, capabilities, reasons, prompts and plans."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from dutyroom.core.text import Text
from dutyroom.domain.values import Need

CodeList = Literal[
    "capabilities",
    "clear_reasons",
    "cancel_reasons",
    "unavailable_reasons",
    "override_reasons",
    "dispositions",
    "no_incident_reasons",
    "reopen_reasons",
]
CODE_LISTS: tuple[CodeList, ...] = get_args(CodeList)


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code list, with other words that people type for it.

    A retired code stays readable but is no longer offered.
    """

    code: str
    text: Text
    retired: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of unit; ``symbol`` names its drawing on the map."""

    code: str
    text: Text
    symbol: str
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Category:
    """What an incident can be, its usual priority, and the words people say for it.

    ``group``: of which group it is, "" where the pack has none. ``share``: how often it is called
    in for, beside others of its priority, in scenarios made from the pack.
    """

    code: str
    text: Text
    priority: int
    words: tuple[str, ...]
    retired: bool = False
    group: str = ""
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Priority:
    """A priority level; 1 is the most urgent."""

    level: int
    text: Text


@dataclass(frozen=True, slots=True)
class Plan:
    """What a category needs; ``priority`` None holds where no plan names the priority."""

    category: str
    priority: int | None
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a prompt; it may raise the priority or add needs."""

    code: str
    text: Text
    priority: int | None = None
    adds: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question for the call-taker to ask, and its possible answers."""

    code: str
    text: Text
    answers: tuple[Answer, ...]


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All code lists of a pack. Look-ups raise KeyError for a code the pack doesn't know.

    ``groups`` are those of the categories, in the order of lists; none where the pack has none.
    """

    categories: tuple[Category, ...]
    priorities: tuple[Priority, ...]
    capabilities: tuple[Code, ...]
    kinds: tuple[Kind, ...]
    clear_reasons: tuple[Code, ...]
    cancel_reasons: tuple[Code, ...]
    unavailable_reasons: tuple[Code, ...]
    override_reasons: tuple[Code, ...]
    dispositions: tuple[Code, ...]
    no_incident_reasons: tuple[Code, ...]
    reopen_reasons: tuple[Code, ...]
    groups: tuple[Code, ...] = ()

    def category(self, code: str) -> Category:
        """The category of a code."""
        return self._categories[code]

    @property
    def matters(self) -> Iterator[tuple[str, int]]:
        """Every category with every priority."""
        return ((one.code, each.level) for one in self.categories for each in self.priorities)

    def kind(self, code: str) -> Kind:
        """The kind of unit of a code."""
        return self._kinds[code]

    def priority(self, level: int) -> Priority:
        """The priority of a level."""
        return self._priorities[level]

    def codes(self, name: CodeList) -> Mapping[str, Code]:
        """One code list by code, in the order of the file, retired ones included."""
        return self._lists[name]

    def code(self, name: CodeList, code: str) -> Code:
        """One entry of one code list."""
        return self._lists[name][code]

    def knows(self, name: CodeList, code: str) -> bool:
        """Whether a code may be used today: it exists and isn't retired."""
        entry = self._lists[name].get(code)
        return entry is not None and not entry.retired

    @cached_property
    def _categories(self) -> dict[str, Category]:
        return {category.code: category for category in self.categories}

    @cached_property
    def _kinds(self) -> dict[str, Kind]:
        return {kind.code: kind for kind in self.kinds}

    @cached_property
    def _priorities(self) -> dict[int, Priority]:
        return {priority.level: priority for priority in self.priorities}

    @cached_property
    def _lists(self) -> dict[CodeList, dict[str, Code]]:
        return {name: {code.code: code for code in getattr(self, name)} for name in CODE_LISTS}
