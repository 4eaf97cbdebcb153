"""Reading and checking the routes of loop.json: stages, who owns each, and when each is done."""

from collections.abc import Iterator, Sequence
from typing import Final, get_args

from dutyroom.citypack.read_filters import categories_of, known_texts, priorities_of
from dutyroom.citypack.read_vocabulary import fresh_code
from dutyroom.citypack.vocabulary import CodeList, Vocabulary
from dutyroom.clocks.route import FACTS, STAGES, Fact, Leg, Light, Route, Stage
from dutyroom.core.roles import ROLES
from dutyroom.reading.json_entry import Entry

_REQUIRED: Final = ("code", "en", "zh", "stages")
_OPTIONAL: Final = ("categories", "priorities", "light")


def read_routes(top: Entry, vocabulary: Vocabulary) -> tuple[Route, ...]:
    """The routes of loop.json. Those with a problem are left out."""
    found: list[Route] = []
    seen: set[str] = set()
    noted = len(top.file.problems)
    for entry in top.entries("routes", _REQUIRED, _OPTIONAL):
        before = len(entry.file.problems)
        route = _read_route(entry, seen, vocabulary)
        if route is None or len(entry.file.problems) > before:
            continue
        if found and _is_for_all(found[-1]):
            entry.problem("code", f'no incident goes by "{route.code}": the one before is for all',
                          "Put it before that one")  # fmt: skip
        found.append(route)
    if top.items("routes") and len(top.file.problems) == noted:
        _note_without_route(top, found, vocabulary)
    return tuple(found)


def _read_route(entry: Entry, seen: set[str], vocabulary: Vocabulary) -> Route | None:
    code, name = fresh_code(entry, seen), entry.texts()
    categories, priorities = categories_of(entry, vocabulary), priorities_of(entry, vocabulary)
    legs = tuple(_read_legs(entry))
    light = _read_light(entry, vocabulary) if entry.has("light") else None
    return Route(code, name, legs, categories, priorities, light) if legs else None


def _read_legs(entry: Entry) -> Iterator[Leg]:
    entries = tuple(entry.entries("stages", ("stage", "owner"), ("until",)))
    if entry.has("stages") and not entries:
        entry.problem("stages", "the route has no stage", f"Name some of {', '.join(STAGES)}")
    before = -1
    for one in entries:
        stage = one.string("stage")
        if stage and stage not in STAGES:
            one.problem(
                "stage", f'there is no stage "{stage}"', f"Write one of {', '.join(STAGES)}"
            )
        elif stage:
            place = STAGES.index(_stage(stage))
            if place <= before:
                one.problem("stage", f'"{stage}" does not come after the stage before it',
                            "Put the stages in order")  # fmt: skip
            before = max(place, before)
        owner = one.string("owner")
        if owner and owner not in ROLES:
            one.problem("owner", f'there is no role "{owner}"', f"Write one of {', '.join(ROLES)}")
        until = tuple(_fact(one) for one in known_texts(one, "until", FACTS, "fact"))
        if one is entries[-1]:
            _note_wrong_end(one, stage)
        elif not until and stage in STAGES:
            one.problem("stage", f'nothing says when "{stage}" is done',
                        f"Add until, with some of {', '.join(FACTS)}")  # fmt: skip
        if stage in STAGES:
            yield Leg(_stage(stage), owner, until)


def _note_wrong_end(last: Entry, stage: str) -> None:
    if stage in STAGES and stage != STAGES[-1]:
        last.problem("stage", f'the last stage is "{stage}"', f'End with "{STAGES[-1]}"')
    if last.has("until"):
        last.problem("until", "the last stage is done when the incident is closed", "Remove it")


def _read_light(entry: Entry, vocabulary: Vocabulary) -> Light:
    part = Entry(entry.file, (*entry.path, "light"), ("disposition", "clear_reason"))
    return Light(
        _code(part, "disposition", "dispositions", vocabulary),
        _code(part, "clear_reason", "clear_reasons", vocabulary),
    )


def _code(entry: Entry, key: str, among: CodeList, vocabulary: Vocabulary) -> str:
    code = entry.string(key)
    if code and not vocabulary.knows(among, code):
        entry.problem(key, f'"{code}" is no code in use of {among}',
                      "Write one of vocabulary.json")  # fmt: skip
    return code


def _is_for_all(route: Route) -> bool:
    return not route.categories and not route.priorities


def _note_without_route(top: Entry, routes: Sequence[Route], vocabulary: Vocabulary) -> None:
    """Every incident has a way: the first that would be without one is named."""
    for category, level in vocabulary.matters:
        if not any(route.is_for(category, level) for route in routes):
            top.problem("routes", f'"{category}" of priority {level} has no route',
                        "Add a last route without categories and priorities")  # fmt: skip
            return


def _stage(text: str) -> Stage:
    found: Stage = next(one for one in get_args(Stage.__value__) if one == text)
    return found


def _fact(text: str) -> Fact:
    found: Fact = next(one for one in get_args(Fact.__value__) if one == text)
    return found
