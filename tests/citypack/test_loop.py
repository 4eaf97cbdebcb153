"""loop.json and holidays.csv: calendars and clocks, and everything that can be wrong with them."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.citypack.test_read_pack import problems_of, write_files
from tests.documents.blocks import ROOT, blocks_of

from dutyroom.citypack import CityPack, read_pack
from dutyroom.citypack.codes import codes_of
from dutyroom.clocks import Edition, Extensions, Length, Loop, Rule, SpecialDay, Step, due
from dutyroom.clocks.callbacks import CallBackRule
from dutyroom.clocks.given import GivenTask
from dutyroom.clocks.route import Leg, Light, Route
from dutyroom.clocks.telling import Telling, TellStep
from dutyroom.core.text import Text
from dutyroom.rehearsal.scenario.said import in_chinese

pytestmark = pytest.mark.unit
type Files = dict[str, str]
type Json = Any

OFFICE: Json = {
    "code": "office",
    "en": "Office hours",
    "zh": "工作时间",
    "weekly": {key: ["08:30-12:00", "14:00-17:30"] for key in ("mon", "tue", "wed", "thu", "fri")}
    | {"sat": [], "sun": []},
    "make_up": ["09:00-16:00"],
    "citation": {"en": "Working hours", "zh": "作息规定"},
}
ANSWER: Json = {
    "code": "answer",
    "en": "Answer",
    "zh": "答复",
    "starts": ["incident.opened"],
    "stops": ["incident.closed", "incident.merged"],
    "categories": ["THEFT"],
    "priorities": [1, 2],
    "within": {"working_day": 5},
    "calendar": "office",
    "counts_first": False,
    "ends": "closing",
    "pauses": ["caller"],
    "warn": {"working_day": 1},
    "escalate": [
        {"role": "dispatcher", "after": {"minute": 0}},
        {"role": "supervisor", "after": {"minute": 30}},
    ],
    "again": {"working_day": 1},
    "extensions": {"at_most": 1, "by": {"working_day": 5}, "approver": "supervisor"},
    "expiry": "escalate",
    "edition": {"en": "Order 3", "zh": "三号令", "from": "2026-01-01"},
    "confirmed": True,
}
REASON: Json = {"code": "caller", "en": "Waiting for the caller", "zh": "等待报警人"}
HOLIDAYS = """calendar,date,kind,name_en,name_zh,citation,announced
office,2026-10-01,holiday,National Day,国庆节,Notice 7 / 通知七号,yes
office,2026-10-10,make_up,National Day (make-up),国庆节调休,,yes
office,2027-10-01,holiday,National Day,国庆节,,no
"""


RETURN: Json = {"code": "not-ours", "en": "Not ours to do", "zh": "不属本单位职责"}
FOLLOW_UP: Json = {"within": {"working_day": 3}, "attended": True}
LIGHT: Json = {
    "code": "light",
    "en": "Light matter",
    "zh": "简易警情",
    "categories": ["THEFT"],
    "priorities": [2],
    "light": {"disposition": "done", "clear_reason": "done"},
    "stages": [
        {"stage": "handle", "owner": "field_officer", "until": ["cleared"]},
        {"stage": "conclude", "owner": "dispatcher"},
    ],
}
USUAL: Json = {
    "code": "usual",
    "en": "Usual matter",
    "zh": "一般警情",
    "stages": [
        {"stage": "analyse", "owner": "call_taker", "until": ["sent"]},
        {"stage": "supervise", "owner": "supervisor", "until": ["cleared", "approved"]},
        {"stage": "conclude", "owner": "dispatcher"},
    ],
}


DAMAGE: Json = {"code": "goods", "en": "Goods", "zh": "财物", "categories": ["THEFT"]}
MATTERS: Json = {
    "kinds": [DAMAGE, DAMAGE | {"code": "gone", "retired": True}],
    "again": {"within": {"working_day": 7}, "calendar": "office"},
    "case": {"within": {"hour": 8}, "calendar": "always"},
    "review_days": 40,
}
GIVEN: Json = {
    "code": "see-the-shop",
    "kind": "visit",
    "stage": "handle",
    "team": "community",
    "en": "See the shop again",
    "zh": "回访商铺",
    "categories": ["THEFT"],
    "priorities": [2],
    "steps": [{"en": "Look at the lock", "zh": "查看门锁"}],
}
REPEATS: Json = {"kinds": [DAMAGE], "window_days": 20, "at_least": 4}


def loop_json(**changed: Json) -> Json:
    whole = {
        "pause_reasons": [REASON],
        "task_reasons": [RETURN],
        "calendars": [OFFICE],
        "clocks": [ANSWER],
        "routes": [LIGHT, USUAL],
        "matters": MATTERS,
        "repeats": REPEATS,
        "tasks": [GIVEN],
    }
    return json.loads(json.dumps(whole | changed))


@pytest.fixture
def loop_files(small_files: Files) -> Files:
    return with_loop(small_files, loop_json()) | {"holidays.csv": HOLIDAYS}


def with_loop(files: Files, loop: Json) -> Files:
    return files | {"loop.json": json.dumps(loop, ensure_ascii=False, indent=1)}


@pytest.fixture
def pack(tmp_path: Path, loop_files: Files) -> CityPack:
    return read_pack(write_files(tmp_path, loop_files))


def test_a_pack_without_the_file_has_an_empty_loop(tmp_path: Path, small_files: Files) -> None:
    assert read_pack(write_files(tmp_path, small_files)).loop == Loop()


def test_a_pack_says_how_long_there_is_to_answer_an_order(
    tmp_path: Path, small_files: Files
) -> None:
    loop = loop_json(orders={"answer_min": 90}, clocks=[])
    pack = read_pack(write_files(tmp_path, with_loop(small_files, loop)))
    assert pack.loop.orders_answered_within_ms == 90 * 60_000


def test_reasons_for_striking_a_point_are_read_and_those_that_are_not_retired_may_be_given(
    tmp_path: Path, small_files: Files
) -> None:
    reasons = [REASON, REASON | {"code": "gone", "retired": True}]
    loop = loop_json(point_reasons=reasons, clocks=[])
    pack = read_pack(write_files(tmp_path, with_loop(small_files, loop)))
    assert [one.code for one in pack.loop.point_reasons] == ["caller", "gone"]
    assert codes_of(pack).point_reasons == {"caller"}


def test_how_disputes_are_followed_and_places_counted_is_read(pack: CityPack) -> None:
    matters, repeats = pack.loop.matters, pack.loop.repeats
    assert [one.code for one in matters.kinds] == ["goods", "gone"]
    assert codes_of(pack).matter_kinds == {"goods": {"THEFT"}}
    assert matters.again is not None
    assert matters.case is not None
    assert (matters.again.within, matters.again.calendar, matters.again.counts_first) == (
        Length(7, "working_day"), "office", False,
    )  # fmt: skip
    assert (matters.case.within, matters.case.counts_first) == (Length(8, "hour"), True)
    assert (matters.review_days, matters.watch_days) == (40, 30)
    assert (repeats.window_days, repeats.at_least, repeats.kinds[0].text.zh) == (20, 4, "财物")


def test_follow_up_calls_are_read_as_they_are_written(tmp_path: Path, small_files: Files) -> None:
    rules = [FOLLOW_UP | {"categories": ["THEFT"]}, {"within": {"working_day": 5}}]
    written = {
        "calendar": "office", "attempts": 2, "answer": {"working_day": 5}, "rules": rules,
    }  # fmt: skip
    pack = read_pack(write_files(tmp_path, with_loop(small_files, loop_json(call_backs=written))))
    read = pack.loop.call_backs
    assert read is not None
    assert read.rules == (
        CallBackRule(Length(3, "working_day"), ("THEFT",), attended=True),
        CallBackRule(Length(5, "working_day")),
    )
    assert (read.attempts, read.answer) == (2, Length(5, "working_day"))
    assert (read.calendar.code, pack.loop.complaints) == ("office", ())


def test_complaints_need_no_follow_up_calls(tmp_path: Path, small_files: Files) -> None:
    loop = loop_json(complaints=["THEFT"])
    pack = read_pack(write_files(tmp_path, with_loop(small_files, loop)))
    assert (pack.loop.call_backs, pack.loop.complaints) == (None, ("THEFT",))


def test_complaints_are_still_read_from_within_the_follow_up_calls(
    tmp_path: Path, small_files: Files
) -> None:
    loop = loop_json()
    calls(complaints=["THEFT"])(loop)
    pack = read_pack(write_files(tmp_path, with_loop(small_files, loop)))
    assert pack.loop.call_backs is not None
    assert pack.loop.complaints == ("THEFT",)


def test_a_clock_is_read_as_it_is_written(pack: CityPack) -> None:
    assert pack.loop.clocks == (
        Rule(
            code="answer",
            name=Text("Answer", "答复"),
            starts=("incident.opened",),
            stops=("incident.closed", "incident.merged"),
            within=Length(5, "working_day"),
            calendar="office",
            edition=Edition(Text("Order 3", "三号令"), date(2026, 1, 1)),
            categories=("THEFT",),
            priorities=(1, 2),
            counts_first=False,
            rolls=False,
            ends="closing",
            pauses=("caller",),
            warn=Length(1, "working_day"),
            escalate=(
                Step("dispatcher", Length(0, "minute")),
                Step("supervisor", Length(30, "minute")),
            ),
            again=Length(1, "working_day"),
            extensions=Extensions(1, Length(5, "working_day"), "supervisor"),
            expiry="escalate",
            confirmed=True,
        ),
    )
    assert [one.code for one in pack.loop.task_reasons] == ["not-ours"]
    assert pack.loop.pause_reason("caller").text == Text("Waiting for the caller", "等待报警人")


def test_what_a_clock_leaves_out_is_as_the_reference_says(
    tmp_path: Path, small_files: Files
) -> None:
    keys = ("code", "en", "zh", "starts", "stops", "within", "calendar", "edition")
    short = {key: ANSWER[key] for key in keys}
    pack = read_pack(write_files(tmp_path, with_loop(small_files, loop_json(clocks=[short]))))
    (found,) = pack.loop.clocks
    assert (found.counts_first, found.rolls, found.ends, found.expiry) == (
        True, False, "midnight", "escalate",
    )  # fmt: skip
    assert (found.categories, found.priorities, found.pauses, found.escalate) == ((), (), (), ())
    assert (found.warn, found.again, found.extensions, found.confirmed) == (None, None, None, False)


def test_a_calendar_has_its_holidays_and_the_zone_of_the_city(pack: CityPack) -> None:
    office = pack.loop.calendar("office")
    assert office.zone == "Asia/Shanghai"
    assert office.weekly[0] == ((510, 720), (840, 1050))
    assert office.weekly[5] == ()
    assert office.special[date(2026, 10, 1)] == SpecialDay(
        Text("National Day", "国庆节"), (), Text("Notice 7", "通知七号")
    )
    assert office.special[date(2026, 10, 10)].openings == ((540, 960),)
    assert office.announced_until == date(2026, 12, 31)
    assert office.citation == Text("Working hours", "作息规定")


def test_always_is_there_without_being_written(pack: CityPack) -> None:
    always = pack.loop.calendar("always")
    assert always.always_open
    assert always.zone == "Asia/Shanghai"
    with pytest.raises(KeyError):
        pack.loop.calendar("never")


def test_a_make_up_day_without_hours_of_its_own_has_those_of_the_first_open_weekday(
    tmp_path: Path, loop_files: Files
) -> None:
    bare = {key: value for key, value in OFFICE.items() if key != "make_up"}
    files = with_loop(loop_files, loop_json(calendars=[bare]))
    office = read_pack(write_files(tmp_path, files)).loop.calendar("office")
    assert office.special[date(2026, 10, 10)].openings == ((510, 720), (840, 1050))


def test_a_calendar_without_holidays_is_never_provisional(
    tmp_path: Path, small_files: Files
) -> None:
    pack = read_pack(write_files(tmp_path, with_loop(small_files, loop_json())))
    assert pack.loop.calendar("office").announced_until is None


def test_what_begins_on_a_day_has_the_edition_of_that_day(
    tmp_path: Path, small_files: Files
) -> None:
    newer = ANSWER | {
        "within": {"working_day": 3},
        "edition": ANSWER["edition"] | {"from": "2027-01-01"},
    }
    files = with_loop(small_files, loop_json(clocks=[newer, ANSWER]))
    loop = read_pack(write_files(tmp_path, files)).loop
    assert [one.within.count for one in loop.in_force(date(2026, 12, 31))] == [5]
    assert [one.within.count for one in loop.in_force(date(2027, 1, 1))] == [3]
    assert loop.in_force(date(2025, 12, 31)) == ()


def test_routes_are_read_as_they_are_written(pack: CityPack) -> None:
    light, usual = pack.loop.routes
    assert light == Route(
        code="light",
        name=Text("Light matter", "简易警情"),
        legs=(Leg("handle", "field_officer", ("cleared",)), Leg("conclude", "dispatcher")),
        categories=("THEFT",),
        priorities=(2,),
        light=Light("done", "done"),
    )
    assert usual.legs[1] == Leg("supervise", "supervisor", ("cleared", "approved"))
    assert (usual.needs_approval, light.needs_approval) == (True, False)
    assert pack.loop.route_for("THEFT", 2) is light
    assert pack.loop.route_for("THEFT", 1) is usual


def test_tasks_that_are_given_are_read_as_they_are_written(pack: CityPack) -> None:
    assert pack.loop.tasks == (
        GivenTask(
            "see-the-shop", "visit", "handle", Text("See the shop again", "回访商铺"),
            "community", (Text("Look at the lock", "查看门锁"),), ("THEFT",), (2,),
        ),
    )  # fmt: skip
    assert codes_of(pack).given_tasks == {"see-the-shop"}
    light, usual = pack.loop.routes
    matters = tuple(pack.vocabulary.matters)
    assert pack.loop.tasks_of(light, "handle", matters) == pack.loop.tasks
    assert pack.loop.tasks_of(light, "conclude", matters) == ()
    assert pack.loop.tasks_of(usual, "handle", matters) == ()


def test_whom_other_deadlines_tell_is_read_as_it_is_written(
    tmp_path: Path, small_files: Files
) -> None:
    before = {"before": {"working_day": 1}, "roles": ["station_command"]}
    told = [TOLD | {"tell": [before, TOLD_THEN]}, TOLD | {"of": "matter.review", "tell": [before]}]
    for one in told[1:]:
        del one["again"]
    loop = read_pack(write_files(tmp_path, with_loop(small_files, loop_json(deadlines=told)))).loop
    early = TellStep(("station_command",), Length(1, "working_day"), before=True)
    then = TellStep(("supervisor",), Length(0, "minute"), own=True)
    assert loop.tellings == (
        Telling("task", "office", (early, then), Length(2, "hour")),
        Telling("matter.review", "office", (early,)),
    )
    assert loop.telling("notice") is None


def test_a_clock_of_tasks_is_for_kinds_of_tasks(tmp_path: Path, small_files: Files) -> None:
    visits = {key: value for key, value in ANSWER.items() if key != "categories"} | {
        "starts": ["task.offered"],
        "stops": ["task.submitted"],
        "tasks": ["visit"],
    }
    files = with_loop(small_files, loop_json(clocks=[visits]))
    loop = read_pack(write_files(tmp_path, files)).loop
    assert set(loop.rules_for_task("visit", 1, 1_790_820_000_000)) == {"answer"}
    assert not loop.rules_for_task("mediate", 1, 1_790_820_000_000)
    assert not loop.rules_for("THEFT", 1, 1_790_820_000_000)
    noisy = with_loop(small_files, loop_json(clocks=[visits | {"categories": ["THEFT"]}]))
    (found,) = problems_of(write_files(tmp_path, noisy))
    assert "no category" in found.message


def test_a_clock_may_wait_for_stages(tmp_path: Path, small_files: Files) -> None:
    waits = ANSWER | {"starts": ["stage.analyse"], "stops": ["stage.conclude"]}
    pack = read_pack(write_files(tmp_path, with_loop(small_files, loop_json(clocks=[waits]))))
    assert pack.loop.clocks[0].starts == ("stage.analyse",)


def test_the_files_count_in_the_hash_of_the_pack(tmp_path: Path, loop_files: Files) -> None:
    first = read_pack(write_files(tmp_path, loop_files)).hash
    loop_files["holidays.csv"] = HOLIDAYS.replace("2027-10-01", "2027-10-02")
    assert read_pack(write_files(tmp_path, loop_files)).hash != first


def test_a_clock_of_a_pack_can_be_calculated(pack: CityPack) -> None:
    (answer,) = pack.loop.clocks
    promise = due(answer, pack.loop.calendar(answer.calendar), 1_790_820_000_000)
    assert promise.due_ms is not None
    assert promise.warn_ms is not None


def put(path: str, value: Json) -> Callable[[Json], None]:
    """Set what is at a path such as ``clocks.0.within``."""

    def change(loop: Json) -> None:
        *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        at = loop
        for step in steps:
            at = at[step]
        at[last] = value

    return change


def without_routes(loop: Json) -> None:
    del loop["routes"]


# what is changed, the words on the line of the problem, part of the message, part of the remedy
def calls(**changed: Json) -> Callable[[Json], None]:
    """Follow-up calls, with something changed."""
    whole = {
        "calendar": "office",
        "attempts": 3,
        "answer": {"working_day": 5},
        "rules": [FOLLOW_UP],
    }
    return put("call_backs", whole | changed)


def twice(loop: Json) -> None:
    """Complaints at the old place and the new one."""
    loop["complaints"] = ["THEFT"]
    calls(complaints=["THEFT"])(loop)


TOLD_THEN: Json = {"after": {"minute": 0}, "roles": ["supervisor"], "own": True}
TOLD: Json = {"of": "task", "calendar": "office", "tell": [TOLD_THEN], "again": {"hour": 2}}


def told(**changed: Json) -> Callable[[Json], None]:
    """Whom tasks tell, with something changed."""
    return put("deadlines", [TOLD | changed])


BROKEN = [
    (put("clocks.0.starts", []), '"starts"', "names no event", "at least one"),
    (put("clocks.0.starts", ["incident.exploded"]), '"starts"', "no event", "Correct"),
    (put("clocks.0.starts", ["incident.opened.v1"]), '"starts"', "no event", "Correct"),
    (put("clocks.0.starts", [["incident.opened"]]), '"starts"', "no event", "Correct"),
    (put("clocks.0.stops", ["incident.opened"]), '"stops"', "starts the clock and stops", "another"),
    (put("clocks.0.stops", ["incident.closed"] * 2), '"stops"', "given twice", "Keep one"),
    (put("clocks.0.categories", ["RIOT"]), '"categories"', 'no category "RIOT"', "Correct"),
    (put("clocks.0.priorities", [3]), '"priorities"', "no priority 3", "vocabulary.json"),
    (put("clocks.0.priorities", [[1]]), '"priorities"', "no priority [1]", "vocabulary.json"),
    (put("clocks.0.within", {}), '"within"', "counted in one thing", "second, minute"),
    (put("clocks.0.within", {"day": 1, "hour": 1}), '"within"', "in one thing", "second"),
    (put("clocks.0.within", {"week": 1}), '"week"', "unknown key", "working_day"),
    (put("clocks.0.within", {"day": 0}), '"day"', '"day" is 0', "from 1 to 3650"),
    (put("clocks.0.within", 5), '"within"', "must be an object", "{ ... }"),
    (put("clocks.0.calendar", "night"), '"calendar"', 'no calendar "night"', "calendars"),
    (put("clocks.0.edition.from", "2026-02-30"), '"from"', "not a date", "2026-10-01"),
    (put("clocks.0.edition.zh", ""), '"zh": ""', "translation", '"zh"'),
    (put("clocks.0.pauses", ["lunch"]), '"pauses"', 'reason for a pause "lunch"', "Correct"),
    (put("clocks.0.escalate.0.role", "chief"), '"chief"', 'no role "chief"', "call_taker"),
    (put("clocks.0.escalate.0.role", "operator"), '"operator"', 'role "operator"', "call_taker"),
    (put("clocks.0.escalate.0.after", {"minute": 30}), '"after"', "after the one before", "order"),
    (put("clocks.0.escalate", []), '"again"', "no step to repeat", "escalate"),
    (put("clocks.0.expiry", "lapses"), '"expiry"', "lapses tells nobody", "Remove escalate"),
    (put("clocks.0.expiry", "explodes"), '"expiry"', '"explodes"', "escalate, lapses"),
    (put("clocks.0.ends", "noon"), '"ends"', '"noon"', "midnight, closing"),
    (put("clocks.0.rolls", True), '"rolls"', "rolls", "Remove"),
    (put("clocks.0.counts_first", 1), '"counts_first"', "true or false", "true"),
    (put("clocks.0.warn", {"working_day": 5}), '"warn"', "not shorter", "shorter"),
    (put("clocks.0.warn", {"hour": 120}), '"warn"', "not shorter", "shorter"),
    (put("clocks.0.warn", {"day": 1}), '"warn"', "does not count as", "working_day"),
    (put("clocks.0.extensions.by", {"hour": 5}), '"extensions"', "not extended by", "working_day"),
    (put("clocks.0.extensions.approver", "chief"), '"approver"', 'no role "chief"', "supervisor"),
    (put("clocks.0.extensions.approver", "auditor"), '"approver"', "nobody of the role", "dispatcher"),
    (put("clocks.0.extensions.at_most", 0), '"at_most"', '"at_most" is 0', "from 1"),
    (put("clocks.0.confirmed", "yes"), '"confirmed"', "true or false", "true"),
    (put("clocks.0.person", "x"), '"person"', "unknown key", "Remove"),
    (put("clocks", [ANSWER, ANSWER]), '"answer"', "this edition twice", "another from"),
    (put("calendars.0.code", "always"), '"always"', "there already", "another code"),
    (put("calendars.0.zone", "Asia/Nowhere"), '"zone"', "unknown time zone", "Asia/Shanghai"),
    (put("calendars.0.weekly", {key: [] for key in OFFICE["weekly"]}), '"weekly"', "never", "hours"),
    (put("calendars.0.weekly.mon", ["8:30-17:30"]), '"mon"', "not a span", "08:30-17:30"),
    (put("calendars.0.weekly.mon", [830]), '"mon"', "not a span", "08:30-17:30"),
    (put("calendars.0.weekly.mon", ["22:00-06:00"]), '"mon"', "ends before", "midnight"),
    (put("calendars.0.weekly.mon", ["22:00-24:30"]), '"mon"', "after 24:00", "midnight"),
    (put("calendars.0.weekly.mon", ["14:00-17:00", "08:00-14:00"]), '"mon"', "not come after", "order"),
    (put("matters.kinds.0.categories", []), '"categories"', "no category", "at least one"),
    (put("matters.kinds.0.categories", ["RIOT"]), '"categories"', 'no category "RIOT"', "Correct"),
    (put("matters.kinds.1.code", "goods"), '"goods"', "given twice", "its own code"),
    (put("matters.again.calendar", "night"), '"night"', 'no calendar "night"', "Add it"),
    (put("matters.case.within", {}), '"within"', "counted in one thing", "Write one of"),
    (put("matters.review_days", 0), '"review_days"', "is 0", "from 1"),
    (put("matters.names", []), '"names"', "unknown key", "Remove"),
    (put("repeats.at_least", 1), '"at_least"', "is 1", "from 2"),
    (put("repeats.kinds.0.zh", ""), '"zh"', "is empty", "Write the text"),
    (put("task_reasons.0.en", ""), '"en": ""', "is empty", "Write the text"),
    (put("pause_reasons.0.zh", " "), '"zh": " "', "must be a text", "not blank"),
    (put("paths", []), '"paths"', "unknown key", "Remove"),
    (put("clocks.0.stops", ["task.submitted"]), '"stops"', "from a task to", "events of tasks"),
    (put("clocks.0.tasks", ["visit"]), '"tasks"', "only for clocks of tasks", "Remove it"),
    (put("clocks.0.tasks", ["dance"]), '"tasks"', 'no kind of task "dance"', "Correct"),
    (put("clocks.0.starts", ["stage.rest"]), '"starts"', "no event", "Correct"),
    (put("routes.1.code", "light"), '"light"', "given twice", "its own code"),
    (put("routes.0.categories", ["RIOT"]), '"categories"', 'no category "RIOT"', "Correct"),
    (put("routes.0.priorities", [3]), '"priorities"', "no priority 3", "vocabulary.json"),
    (put("routes.0.stages", []), '"stages"', "has no stage", "analyse, assign"),
    (put("routes.0.stages.0.stage", "rest"), '"rest"', 'no stage "rest"', "analyse, assign"),
    (put("routes.1.stages.1.stage", "analyse"), '"analyse"', "after the stage before", "order"),
    (put("routes.0.stages.0.owner", "chief"), '"chief"', 'no role "chief"', "call_taker"),
    (put("routes.0.stages.0.until", ["tired"]), '"until"', 'no fact "tired"', "Correct"),
    (put("routes.0.stages.0.until", []), '"handle"', 'when "handle" is done', "Add until"),
    (put("routes.0.stages.1.until", ["cleared"]), '"until"', "incident is closed", "Remove it"),
    (put("routes.0.stages.1.stage", "supervise"), '"supervise"', "last stage is", "conclude"),
    (put("routes.0.light.disposition", "gone"), '"gone"', "no code in use", "vocabulary.json"),
    (put("routes.0.light.clear_reason", "gone"), '"gone"', "no code in use", "vocabulary.json"),
    (put("routes", [USUAL, LIGHT]), '"light"', "the one before is for all", "before that one"),
    (put("routes", [LIGHT]), '"routes"', "has no route", "last route"),
    (told(of="rain"), '"of": "rain"', 'is called "rain"', "Write one of task"),
    (told(calendar="night"), '"calendar": "night"', 'no calendar "night"', "Add it"),
    (told(tell=[]), '"tell": []', "nobody is told", "Add a step"),
    (told(tell=[{"before": {"hour": 1}, "roles": ["supervisor"]}]), '"tell"', "is late", "after"),
    (told(tell=[TOLD_THEN | {"roles": ["chief"]}]), '"roles"', 'no role "chief"', "Correct"),
    (told(tell=[TOLD_THEN | {"roles": []}]), '"roles"', "names no role", "at least one"),
    (told(tell=[TOLD_THEN | {"before": {"hour": 1}}]), '"roles"', "before the time or", "Write before"),
    (told(tell=[TOLD_THEN] * 2), '"after"', "after the one before", "order"),
    (told(tell=[TOLD_THEN] * 2, of="matter.review"), '"tell"', "nothing is left", "before it only"),
    (told(again={"hour": 0}), '"hour"', '"hour" is 0', "from 1"),
    (put("deadlines", [TOLD, TOLD]), '"of"', "given twice", "Keep one"),
    (put("orders", {}), '"orders": {}', '"answer_min" is missing', 'Add "answer_min"'),
    (put("orders", {"answer_min": 0}), '"answer_min"', '"answer_min" is 0', "from 1 to 129600"),
    (put("orders", {"answer_h": 4}), '"answer_h"', "unknown key", "answer_min"),
    (calls(calendar="none"), '"calendar": "none"', 'no calendar "none"', "Add it to calendars"),
    (calls(attempts=0), '"attempts": 0', "is 0", "from 1 to 9"),
    (calls(answer={}), '"answer": {}', "counted in one thing", "Write one of"),
    (calls(rules=[]), '"rules": []', "says who is called", "Add one"),
    (calls(complaints=["NONE"]), '"complaints"', 'no category "NONE"', "Correct it"),
    (put("complaints", ["NONE"]), '"complaints"', 'no category "NONE"', "Correct it"),
    (put("complaints", ["THEFT", "THEFT"]), '"complaints"', "given twice", "Keep one"),
    (put("complaints", "THEFT"), '"complaints"', "must be a list", "Write"),
    (twice, '"complaints"', "named here and beside call_backs", "beside call_backs only"),
    (
        calls(rules=[{"within": {"day": 1}}, {"within": {"day": 2}}]),
        '"within"',
        "the one before is for all",
        "before that one",
    ),
    (put("clocks.0.restarts", ["incident.closed"]), '"restarts"', "and stops it", "another"),
    (put("clocks.0.restarts", []), '"restarts"', "names no event", "at least one"),
    (put("clocks.0.restarts", ["task.offered"]), '"stops"', "from a task to", "tasks only"),
    (put("tasks.0.kind", "dance"), '"kind"', '"dance"', "investigate, visit"),
    (put("tasks.0.stage", "rest"), '"stage"', '"rest"', "analyse, assign"),
    (put("tasks.0.team", "choir"), '"team"', '"choir"', "command, community"),
    (put("tasks.0.categories", ["RIOT"]), '"categories"', 'no category "RIOT"', "Correct"),
    (put("tasks.0.steps.0.zh", ""), '"zh": ""', "is empty", "Write the text"),
    (put("tasks.0.steps", GIVEN["steps"] * 21), '"steps"', "more than 20 steps", "Leave some out"),
    (put("tasks.0.steps.0.en", "long " * 30), '"steps"', "longer than 98", "fewer words"),
    (put("tasks", [GIVEN, GIVEN]), '"see-the-shop"', "given twice", "its own code"),
    (without_routes, '"stage"', "there are no routes", "Add routes"),
    (put("point_reasons", [REASON, REASON]), '"code": "caller"', "given twice", "own code"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "words", "message", "remedy"), BROKEN)
def test_a_broken_loop_names_line_and_remedy_in_both_languages(
    tmp_path: Path,
    loop_files: Files,
    change: Callable[[Json], None],
    words: str,
    message: str,
    remedy: str,
) -> None:
    loop = loop_json()
    change(loop)
    files = with_loop(loop_files, loop)
    found = problems_of(write_files(tmp_path, files))
    lines = files["loop.json"].splitlines()
    named = [
        one
        for one in found
        if one.file == "loop.json" and one.line is not None and words in lines[one.line - 1]
        and message in one.message and remedy in one.remedy
    ]  # fmt: skip
    assert named, found
    for one in named:
        assert in_chinese(one.message) != one.message
        assert in_chinese(one.remedy) != one.remedy


@pytest.mark.parametrize(
    ("changes", "key", "message"),
    [
        ({"within": {"minute": 30}}, "counts_first", "first hour or day"),
        ({"within": {"hour": 30}}, "ends", "only for clocks of days"),
        ({"within": {"hour": 30}, "warn": {"working_day": 1}}, "warn", "does not count as"),
        ({"within": {"hour": 30}, "warn": {"hour": 30}}, "warn", "not shorter"),
        ({"within": {"day": 3}, "rolls": True, "calendar": "always"}, "rolls", "opens every day"),
    ],
)  # fmt: skip
def test_a_clock_must_be_countable(
    tmp_path: Path, loop_files: Files, changes: Json, key: str, message: str
) -> None:
    files = with_loop(loop_files, loop_json(clocks=[ANSWER | changes]))
    lines = files["loop.json"].splitlines()
    found = problems_of(write_files(tmp_path, files))
    assert any(
        message in one.message and one.line and f'"{key}"' in lines[one.line - 1] for one in found
    ), found


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("office,2026-10-01", "shop,2026-10-01", 2, 'no calendar "shop"'),
        ("office,2026-10-01", "always,2026-10-01", 2, 'no calendar "always"'),
        ("2026-10-01", "2026-13-01", 2, "not a date"),
        ("2026-10-01", "20261001", 2, "not a date"),
        ("2026-10-10", "2026-10-01", 3, "given twice, first on line 2"),
        ("make_up", "day_off", 3, 'unknown kind "day_off"'),
        (",no\n", ",perhaps\n", 4, 'unknown announced "perhaps"'),
        ("国庆节调休", "", 3, "name_zh is empty"),
        (",announced\n", ",sure\n", 1, 'unknown column "sure"'),
    ],
)
def test_a_broken_row_of_holidays_names_its_line(
    tmp_path: Path, loop_files: Files, old: str, new: str, line: int, message: str
) -> None:
    assert old in HOLIDAYS
    loop_files["holidays.csv"] = HOLIDAYS.replace(old, new, 1)
    found = problems_of(write_files(tmp_path, loop_files))
    named = [
        one for one in found
        if (one.file, one.line) == ("holidays.csv", line) and message in one.message
    ]  # fmt: skip
    assert named, found
    assert all(in_chinese(one.message) != one.message for one in named)


def test_holidays_without_a_loop_are_of_nothing(tmp_path: Path, small_files: Files) -> None:
    small_files["holidays.csv"] = HOLIDAYS
    (found,) = problems_of(write_files(tmp_path, small_files))
    assert found.file == "holidays.csv"
    assert "loop.json" in found.remedy


@pytest.mark.parametrize("text", ["[]", "7", "{", '{"calendars": 5, "clocks": {}}'])
def test_a_file_that_is_something_else_is_refused(
    tmp_path: Path, small_files: Files, text: str
) -> None:
    found = problems_of(write_files(tmp_path, small_files | {"loop.json": text}))
    assert {one.file for one in found} == {"loop.json"}


def test_what_the_reference_shows_can_be_read(tmp_path: Path, small_files: Files) -> None:
    shown = {
        name: block.text
        for block in blocks_of(ROOT / "docs/reference/city-pack.md")
        for name, begins in (("loop.json", '{"pause_reasons"'), ("holidays.csv", "calendar,date"))
        if block.text.startswith(begins)
    }
    loop = read_pack(write_files(tmp_path, small_files | shown)).loop
    office, (decide,) = loop.calendar("office"), loop.clocks
    assert office.announced_until == date(2026, 12, 31)
    assert office.special[date(2026, 10, 10)].citation.zh == "国办发明电〔2025〕7号"
    assert due(decide, office, 1_767_600_000_000).provisional is False


def test_the_clocks_of_the_demo_city_promise_what_its_other_clocks_do(demo: CityPack) -> None:
    by_code = {one.code: one for one in demo.loop.clocks}
    for level, seconds in demo.clocks.dispatch_s.items():
        sent = next(
            one for one in demo.loop.clocks if one.code == "dispatch" and level in one.priorities
        )
        assert (sent.priorities, sent.within.ms) == ((level,), seconds * 1000)
        assert sent.warn is not None
        assert sent.warn.ms == (1 - demo.clocks.amber_share) * seconds * 1000
    assert by_code["depart"].within.ms == demo.clocks.en_route_s * 1000
    report = by_code["first-report"]
    assert all(
        report.within.ms >= demo.clocks.on_scene_s[level] * 1000 for level in report.priorities
    )


def test_the_demo_city_counts_working_days_as_china_does(demo: CityPack) -> None:
    rule = next(one for one in demo.loop.clocks if one.code == "conclude" and 3 in one.priorities)
    office = demo.loop.calendar(rule.calendar)
    opened = 1_790_578_800_000  # 28 September 2026, 15:00 in Shanghai
    promise = due(rule, office, opened)
    assert promise.due_ms == 1_791_451_800_000  # 8 October, 17:30: after the 29th and the 30th
    assert not promise.provisional
    assert due(rule, office, 1_798_617_600_000).provisional  # 30 December
