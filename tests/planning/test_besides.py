"""The page shows what a plan's file says beyond what it can show, so that nobody is misled."""

from typing import Any

import msgspec
from tests.planning.by_hand import MORE, by_hand, said

from dutyroom.planning.plans import TODAY, Plans
from dutyroom.planning.shown import Plan, PlanRules, Preemption
from dutyroom.rehearsal.scenario.read import read_scenario

NOTHING = {"keys": [], "rules": [], "base": None}


def besides(plans: Plans, key: str) -> Any:
    """As it is answered."""
    return msgspec.json.decode(msgspec.json.encode(plans.besides(key)))


def test_a_plan_of_the_page_and_today_say_nothing_besides(plans: Plans) -> None:
    key = plans.save(
        None,
        Plan(
            name="of the page",
            note="all of it",
            posts=["n1"],
            rules=PlanRules(when_idle="dmexclp", preemption=Preemption(by=1, of=3), cover_s=300),
            changes=MORE,
        ),
    )
    assert besides(plans, key) == NOTHING
    assert besides(plans, TODAY) == NOTHING


def test_keys_and_rules_that_the_page_has_no_field_for_are_named(plans: Plans) -> None:
    key = by_hand(
        plans,
        "by hand",
        targets_s={"1": 300},
        hours=12,
        a_key_of_tomorrow=1,
        rules={"home_speed": 0.5, "queue": "nearest"},
    )
    assert besides(plans, key) == {
        "keys": ["targets_s", "hours", "a_key_of_tomorrow"],
        "rules": ["home_speed"],
        "base": None,
    }


def test_so_are_those_that_it_shows_as_something_else(plans: Plans) -> None:
    key = by_hand(
        plans,
        "by hand",
        note="n" * 2001,
        rules={"when_idle": "compliance", "preemption": {"by": 2, "of": 5}, "cover_s": 300},
    )
    assert besides(plans, key) == NOTHING | {
        "keys": ["note"],
        "rules": ["when_idle", "preemption"],
    }
    plans.save(key, plans.load(key).model_copy(update={"note": "a new beginning. "}))
    assert said(plans, key)["note"] == "a new beginning. n"


def test_what_a_base_says_and_still_counts_is_named_by_its_file(plans: Plans) -> None:
    below = by_hand(plans, "below", hours=12, seed=3, changes=MORE, rules={"home_speed": 0.5})
    upon = by_hand(plans, "upon", base=f"{below}.json", seed=4, changes=MORE)
    assert besides(plans, upon) == {
        "keys": ["seed"],
        "rules": [],
        "base": {"file": "below.json", "keys": ["hours", "changes"], "rules": ["home_speed"]},
    }


def test_a_base_that_is_gone_is_named_all_the_same(plans: Plans) -> None:
    upon = by_hand(plans, "upon", base="gone.json")
    assert besides(plans, upon)["base"] == {"file": "gone.json", "keys": [], "rules": []}


def test_posts_and_rules_of_a_base_are_shown_and_go_into_the_plan_with_what_is_altered(
    plans: Plans,
) -> None:
    """A rule of its own puts all those of its base out of force."""
    post = read_scenario(plans.path(TODAY)).geography.ids[0]
    below = by_hand(plans, "below", posts=[post], rules={"home_speed": 0.5, "when_idle": "dmexclp"})
    upon = by_hand(plans, "upon", base=f"{below}.json")
    plan = plans.load(upon)
    assert (plan.posts, plan.rules.when_idle) == ([post], "dmexclp")
    before = said(plans, upon)
    plans.save(upon, plan)
    assert said(plans, upon) == before
    rules = plan.rules.model_copy(update={"queue": "nearest"})
    plans.save(upon, plan.model_copy(update={"rules": rules, "posts": []}))
    assert said(plans, upon) == before | {
        "posts": [],
        "rules": {"home_speed": 0.5, "when_idle": "dmexclp", "queue": "nearest"},
    }
    there = read_scenario(plans.path(upon))
    assert there.rules.home_factor == 2.0
    assert len(there.posts) == 0
    assert besides(plans, upon)["rules"] == ["home_speed"]
    assert besides(plans, upon)["base"] == {"file": "below.json", "keys": [], "rules": []}
