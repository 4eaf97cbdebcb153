"""Of two people who alter one plan neither loses anything without a word."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests.harness.examples import examples
from tests.planning.by_hand import BESIDES, CHANGES, MORE, PLANS, RULES

from dutyroom.planning.plans import TODAY, NoPlan, Plans, SavedByAnother
from dutyroom.planning.shown import Plan


def edit(plans: Plans, key: str, **besides: Any) -> None:
    """A hand with an editor."""
    said = json.loads(plans.path(key).read_text("utf-8"))
    plans.path(key).write_text(json.dumps(said | besides), encoding="utf-8")


def noted(plan: Plan, note: str) -> Plan:
    return plan.model_copy(update={"note": note})


def test_a_save_over_what_another_planner_saved_meanwhile_is_refused(plans: Plans) -> None:
    key = plans.save(None, Plan(name="one"))
    opened, version = plans.load(key), plans.version(key)
    plans.save(key, noted(opened, "hers"), version=version)
    with pytest.raises(SavedByAnother):
        plans.save(key, noted(opened, "his"), version=version)
    assert plans.load(key).note == "hers"
    plans.save(key, noted(opened, "his after all"), version=plans.version(key))
    assert plans.load(key).note == "his after all"


def test_so_is_one_over_what_was_written_by_hand(plans: Plans) -> None:
    """Also where the hand wrote nothing that the page shows: the planner knows nothing of it."""
    key = plans.save(None, Plan(name="one"))
    opened, version = plans.load(key), plans.version(key)
    edit(plans, key, targets_s={"1": 300})
    before = plans.path(key).read_bytes()
    with pytest.raises(SavedByAnother):
        plans.save(key, noted(opened, "his"), version=version)
    assert plans.path(key).read_bytes() == before


def test_whoever_saves_again_and_again_is_never_refused(plans: Plans) -> None:
    key = plans.save(None, Plan(name="one"))
    for note in ("a", "b", "c"):
        plans.save(key, noted(plans.load(key), note), version=plans.version(key))
    assert plans.load(key).note == "c"


def test_saving_what_is_there_already_is_done_and_not_refused(plans: Plans) -> None:
    """The answer to the first time may have been lost on its way."""
    key = plans.save(None, Plan(name="one"))
    mine, version = noted(plans.load(key), "mine"), plans.version(key)
    plans.save(key, mine, version=version)
    assert plans.save(key, mine, version=version) == key


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60))
@given(hers=PLANS, his=PLANS, besides=BESIDES, rules=RULES, changes=CHANGES)
def test_whatever_two_alter_it_is_kept_or_refused(
    plans: Plans,
    hers: Plan,
    his: Plan,
    besides: dict[str, Any],
    rules: dict[str, Any],
    changes: list[dict[str, Any]],
) -> None:
    key = plans.ids()[0] if plans.ids() else plans.save(None, Plan(name="by hand"))
    whole = {"name": "by hand", "note": "", "posts": [], "rules": rules, "changes": changes}
    edit(plans, key, **besides | whole)
    opened, version = plans.load(key), plans.version(key)
    plans.save(key, hers, version=version)
    between = plans.path(key).read_bytes()
    try:
        plans.save(key, his, version=version)
    except SavedByAnother:
        assert plans.path(key).read_bytes() == between
    else:
        assert plans.load(key) == his
        assert hers in (opened, his)  # she altered nothing, or the same


def test_what_is_shown_of_a_base_is_part_of_the_version(plans: Plans) -> None:
    """Else the posts that a planner saw would be written into the plan's own file, over newer."""
    below = plans.save(None, Plan(name="below", posts=["n1"]))
    upon = plans.save(None, Plan(name="upon"))
    edit(plans, upon, base=f"{below}.json")
    opened, version = plans.load(upon), plans.version(upon)
    edit(plans, below, hours=12)
    assert plans.version(upon) == version  # nothing of it is the page's to put back
    edit(plans, below, posts=["n2"])
    with pytest.raises(SavedByAnother):
        plans.save(upon, noted(opened, "his"), version=version)
    assert plans.load(upon).posts == ["n2"]


def test_a_plan_that_was_saved_and_then_deleted_comes_back_beside_and_not_over_it(
    plans: Plans,
) -> None:
    key = plans.save(None, Plan(name="one"))
    opened, version = plans.load(key), plans.version(key)
    plans.save(key, noted(opened, "hers"), version=version)
    plans.delete(key)
    his = plans.save(None, noted(opened, "his"), copy_of=key, version=version)
    assert his != key
    back = plans.save(None, noted(opened, "hers"), copy_of=key)
    assert (back, plans.load(back).note, plans.load(his).note) == (key, "hers", "his")


def test_a_copy_may_be_of_any_version_because_it_is_written_over_nothing(plans: Plans) -> None:
    key = plans.save(None, Plan(name="one"))
    opened, version = plans.load(key), plans.version(key)
    plans.save(key, noted(opened, "hers"), version=version)
    copy = plans.save(None, noted(opened, "his"), copy_of=key, version=version)
    assert (plans.load(key).note, plans.load(copy).note) == ("hers", "his")


def test_today_and_what_cannot_be_read_are_of_no_version(plans: Plans) -> None:
    key = plans.save(None, Plan(name="one"))
    version = plans.version(key)
    assert plans.version(TODAY) == ""
    plans.path(key).write_text("{", encoding="utf-8")
    with pytest.raises(NoPlan):
        plans.version(key)
    with pytest.raises(NoPlan):
        plans.save(key, Plan(name="one", changes=MORE), version=version)


def test_a_base_with_posts_that_cannot_be_makes_a_plan_that_cannot_be_read(plans: Plans) -> None:
    """And not a page that shows none at all."""
    below = plans.save(None, Plan(name="below"))
    upon = plans.save(None, Plan(name="upon"))
    edit(plans, below, posts=["no point"])
    edit(plans, upon, base=f"{below}.json")
    with pytest.raises(NoPlan):
        plans.load(upon)
