"""Reading and checking vocabulary, prompts, plans and clocks."""

from itertools import combinations

from dutyroom.citypack.model import Clocks, PackUnit
from dutyroom.citypack.vocabulary import (
    CODE_LISTS,
    Answer,
    Category,
    Code,
    Kind,
    Plan,
    Priority,
    Prompt,
    Vocabulary,
)
from dutyroom.domain.values import Need
from dutyroom.reading.json_entry import Entry
from dutyroom.reading.json_file import JsonFile

_LONGEST_S = 7 * 86_400.0


def read_vocabulary(file: JsonFile) -> Vocabulary:
    """All code lists; duplicates, gaps in the levels and missing translations are noted."""
    top = Entry(file, (), ("categories", "priorities", "kinds", *CODE_LISTS), ("groups",))
    priorities = _read_priorities(top)
    lists = {
        name: tuple(
            Code(fresh_code(entry, seen), entry.texts(), entry.flag("retired"), _words(entry))
            for seen in [set[str]()]
            for entry in top.entries(name, ("code", "en", "zh"), ("retired", "words"))
        )
        for name in CODE_LISTS
    }
    for name, codes in lists.items():
        if top.has(name) and not any(not code.retired for code in codes):
            top.problem(name, f'"{name}" has no code in use', "Add at least one entry")
    groups = _read_groups(top)
    return Vocabulary(
        categories=_read_categories(top, len(priorities), groups),
        groups=groups,
        priorities=priorities,
        kinds=_read_kinds(top),
        **lists,
    )


def _read_priorities(top: Entry) -> tuple[Priority, ...]:
    found = []
    for expected, entry in enumerate(top.entries("priorities", ("level", "en", "zh")), 1):
        level = entry.integer("level", 1, 9)
        if level != expected and entry.has("level"):
            entry.problem(
                "level", f"level {level} stands where {expected} belongs", f"Write {expected}"
            )
        found.append(Priority(expected, entry.texts()))
    if top.has("priorities") and not found:
        top.problem("priorities", "there is no priority", "Add levels from 1 on")
    return tuple(found)


def _read_groups(top: Entry) -> tuple[Code, ...]:
    """The groups of categories; a pack may have none."""
    if not top.has("groups"):
        return ()
    seen: set[str] = set()
    found = top.entries("groups", ("code", "en", "zh"))
    return tuple(Code(fresh_code(entry, seen), entry.texts()) for entry in found)


def _group_of(entry: Entry, groups: tuple[Code, ...]) -> str:
    """Where the pack has groups, each category in use is in one of them."""
    group = entry.string("group") if entry.has("group") else ""
    known = ", ".join(one.code for one in groups)
    if group and group not in {one.code for one in groups}:
        entry.problem("group", f'there is no group "{group}"', f"Write one of {known or '-'}")
    elif groups and not group and not entry.flag("retired"):
        entry.problem("group", "the category is in no group", f"Write one of {known}")
    return group


def _read_categories(top: Entry, levels: int, groups: tuple[Code, ...]) -> tuple[Category, ...]:
    seen: set[str] = set()
    found = []
    keys = ("code", "en", "zh", "priority", "words")
    for entry in top.entries("categories", keys, ("retired", "group", "share")):
        category = Category(
            fresh_code(entry, seen),
            entry.texts(),
            entry.integer("priority", 1, max(levels, 1)),
            _words(entry),
            entry.flag("retired"),
            _group_of(entry, groups),
            entry.number("share", 0.0, 1e6) if entry.has("share") else 1.0,
        )
        found.append(category)
    if top.has("categories") and not found:
        top.problem("categories", "there is no category", "Add at least one")
    return tuple(found)


def _words(entry: Entry) -> tuple[str, ...]:
    words = []
    for index, word in enumerate(entry.items("words")):
        if isinstance(word, str) and word.strip():
            words.append(word)
        else:
            entry.file.problem(
                (*entry.path, "words", index), "a word must be a text", "Write a text"
            )
    return tuple(words)


def _read_kinds(top: Entry) -> tuple[Kind, ...]:
    seen: set[str] = set()
    return tuple(
        Kind(fresh_code(entry, seen), entry.texts(), entry.string("symbol"), entry.flag("retired"))
        for entry in top.entries("kinds", ("code", "en", "zh", "symbol"), ("retired",))
    )


def fresh_code(entry: Entry, seen: set[str]) -> str:
    """The code of an entry, noting one that an earlier entry has. ``seen``: the codes so far."""
    code = entry.string("code")
    if code and not (code.isascii() and code.isprintable() and " " not in code):
        entry.problem("code", f'"{code}" is not a code', "Use ASCII letters, digits, - and _")
    if code in seen:
        entry.problem("code", f'the code "{code}" is given twice', "Give each entry its own code")
    if code:
        seen.add(code)
    return code


def read_needs(entry: Entry, key: str, vocabulary: Vocabulary) -> tuple[Need, ...]:
    """A list of ``{capability, count}``."""
    needs = []
    seen: set[str] = set()
    for part in entry.entries(key, ("capability", "count")):
        capability = part.string("capability")
        if capability and not vocabulary.knows("capabilities", capability):
            part.problem(
                "capability",
                f'the vocabulary has no capability "{capability}"',
                "Add it to vocabulary.json or name another one",
            )
        if capability in seen:
            part.problem("capability", f'"{capability}" is needed twice', "Put both into one count")
        seen.add(capability)
        needs.append(Need(capability, part.integer("count", 1, 99)))
    return tuple(needs)


def read_prompts(file: JsonFile, vocabulary: Vocabulary) -> dict[str, tuple[Prompt, ...]]:
    """The questions of each category that has any."""
    known = {category.code for category in vocabulary.categories}
    if not isinstance(file.value, dict):
        Entry(file, (), ())
        return {}
    top = Entry(file, (), (), file.value)
    found = {}
    for category in file.value:
        if category not in known:
            top.problem(category, f'there is no category "{category}"', "Name a category's code")
        seen: set[str] = set()
        found[category] = tuple(
            Prompt(fresh_code(prompt, seen), prompt.texts(), _read_answers(prompt, vocabulary))
            for prompt in top.entries(category, ("code", "en", "zh", "answers"))
        )
    return found


def _read_answers(prompt: Entry, vocabulary: Vocabulary) -> tuple[Answer, ...]:
    seen: set[str] = set()
    answers = []
    for entry in prompt.entries("answers", ("code", "en", "zh"), ("priority", "adds")):
        level = None
        if entry.has("priority"):
            level = entry.integer("priority", 1, max(len(vocabulary.priorities), 1))
        adds = read_needs(entry, "adds", vocabulary)
        answers.append(Answer(fresh_code(entry, seen), entry.texts(), level, adds))
    if prompt.has("answers") and not answers:
        prompt.problem("answers", "the prompt has no answers", "Add at least one answer")
    return tuple(answers)


def read_plans(
    file: JsonFile, vocabulary: Vocabulary, units: tuple[PackUnit, ...]
) -> tuple[Plan, ...]:
    """The response plans; a category without one, or one that can't be met, is noted."""
    if not isinstance(file.value, list):
        file.problem((), "the plans must be a list", "Write [ ... ]")
        return ()
    known = {category.code for category in vocabulary.categories}
    seen: set[tuple[str, int | None]] = set()
    plans = []
    for index in range(len(file.value)):
        entry = Entry(file, (index,), ("category", "needs"), ("priority",))
        category = entry.string("category")
        if category and category not in known:
            entry.problem(
                "category", f'there is no category "{category}"', "Name a category's code"
            )
        level = None
        if entry.has("priority"):
            level = entry.integer("priority", 1, max(len(vocabulary.priorities), 1))
        if (category, level) in seen:
            entry.problem("category", f'"{category}" has this plan twice', "Keep one of them")
        seen.add((category, level))
        needs = read_needs(entry, "needs", vocabulary)
        if units and (short := shortfall(needs, units)):
            entry.problem("needs", f"the units of the pack can never meet this plan: {short}",
                          "Lower the count or add units with the capability")  # fmt: skip
        plans.append(Plan(category, level, needs))
    return tuple(plans)


def note_categories_without_plan(
    plans: tuple[Plan, ...], vocabulary: Vocabulary, vocabulary_file: JsonFile
) -> None:
    """Every category in use needs a plan for every priority."""
    planned = {(plan.category, plan.priority) for plan in plans}
    levels = [priority.level for priority in vocabulary.priorities]
    for index, category in enumerate(vocabulary.categories):
        if category.retired or (category.code, None) in planned:
            continue
        if not all((category.code, level) in planned for level in levels):
            vocabulary_file.problem(
                ("categories", index),
                f'the category "{category.code}" has no plan',
                "Add one to plans.json without a priority",
            )


def shortfall(needs: tuple[Need, ...], units: tuple[PackUnit, ...]) -> str:
    """What the whole fleet lacks for these needs, or "".

    Each unit fills one place, so Hall's condition (P. Hall, 1935) is checked: every set of needs
    must have enough units that can serve any of them.
    """
    for size in range(1, len(needs) + 1):
        for chosen in combinations(needs, size):
            wanted = sum(need.count for need in chosen)
            capabilities = {need.capability for need in chosen}
            there = sum(1 for unit in units if unit.capabilities & capabilities)
            if there < wanted:
                return f"{' + '.join(sorted(capabilities))}: {wanted} needed, {there} there"
    return ""


def read_clocks(file: JsonFile, priorities: tuple[Priority, ...]) -> Clocks:
    """The promised times."""
    top = Entry(
        file,
        (),
        (
            "answer_s",
            "call_back_s",
            "dispatch_s",
            "en_route_s",
            "on_scene_s",
            "silence_s",
            "amber_share",
            "stale_position_s",
        ),
    )
    levels = [str(priority.level) for priority in priorities]

    def times(key: str, names: list[str]) -> dict[str, float]:
        if not top.has(key):
            return {}
        entry = Entry(file, (key,), names)
        return {name: entry.number(name, 1.0, _LONGEST_S) for name in names}

    return Clocks(
        answer_s=top.number("answer_s", 1.0, _LONGEST_S),
        call_back_s=top.number("call_back_s", 1.0, _LONGEST_S),
        dispatch_s={int(level): time for level, time in times("dispatch_s", levels).items()},
        en_route_s=top.number("en_route_s", 1.0, _LONGEST_S),
        on_scene_s={int(level): time for level, time in times("on_scene_s", levels).items()},
        silence_s=times("silence_s", ["en_route", "on_scene"]),
        amber_share=top.number("amber_share", 0.01, 1.0),
        stale_position_s=top.number("stale_position_s", 1.0, _LONGEST_S),
    )
