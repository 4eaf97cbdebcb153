"""A copy of a plan, and a deleted plan that comes back, say all that the file said."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests.harness.examples import examples
from tests.planning.by_hand import BESIDES, CHANGES, MORE, RULES, by_hand, said, write

from dutyroom.citypack import read_pack
from dutyroom.planning.plans import MOST_DELETED, TODAY, NoPlan, Plans
from dutyroom.planning.shown import Plan
from dutyroom.rehearsal.scenario.read import read_scenario


def renamed(plan: Plan, name: str) -> Plan:
    return plan.model_copy(update={"name": name})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60))
@given(besides=BESIDES, rules=RULES, changes=CHANGES)
def test_a_copy_says_what_its_original_says(
    plans: Plans, besides: dict[str, Any], rules: dict[str, Any], changes: list[dict[str, Any]]
) -> None:
    original = plans.ids()[0] if plans.ids() else plans.save(None, Plan(name="By hand"))
    base = said(plans, original)["base"]
    whole = {"name": "By hand", "base": base, "rules": rules, "changes": changes} | besides
    write(plans, original, whole)
    copy = plans.save(None, renamed(plans.load(original), "Variant"), copy_of=original)
    assert copy != original
    assert said(plans, copy) == whole | {"name": "Variant"}
    assert said(plans, original) == whole
    plans.path(copy).unlink()


def test_a_copy_is_different_in_what_the_planner_altered_and_nothing_else(plans: Plans) -> None:
    original = by_hand(plans, targets_s={"1": 300}, rules={"home_speed": 0.5}, hours=12)
    shown = plans.load(original)
    altered = shown.model_copy(
        update={
            "name": "Variant",
            "changes": MORE,
            "rules": shown.rules.model_copy(update={"queue": "nearest"}),
        }
    )
    copy = said(plans, plans.save(None, altered, copy_of=original))
    assert copy == said(plans, original) | {
        "name": "Variant",
        "changes": MORE,
        "rules": {"home_speed": 0.5, "queue": "nearest"},
    }


def test_the_files_that_a_plan_names_are_reached_from_its_copy(plans: Plans) -> None:
    unit = read_pack(plans.pack_folder).units[0].id
    shift = [{"do": "set_shift", "id": unit, "shift": "early"}]
    original = by_hand(plans, shifts="shifts.csv", changes=shift, targets_s={"1": 300})
    (plans.folder / "shifts.csv").write_text(
        "shift,day,from,to\nearly,daily,06:00,14:00\n", encoding="utf-8"
    )
    copy = plans.save(None, renamed(plans.load(original), "Variant"), copy_of=original)
    here, there = (read_scenario(plans.path(key)) for key in (original, copy))
    assert there.units == here.units
    assert there.units[0].shifts
    assert there.targets_s == here.targets_s


def test_a_deleted_plan_comes_back_as_it_was(plans: Plans) -> None:
    """Under its own id too: other plans may be built on it, and drafts know it by that."""
    key = by_hand(plans, targets_s={"1": 300}, rules={"home_speed": 0.5})
    upon = plans.save(None, Plan(name="Upon it"))
    write(plans, upon, {"name": "Upon it", "base": f"{key}.json"})
    before, shown = said(plans, key), plans.load(key)
    plans.delete(key)
    assert plans.ids() == [upon]
    assert plans.save(None, shown, copy_of=key) == key
    assert said(plans, key) == before
    assert plans.is_current(upon)
    assert not plans.path(key).with_suffix(".deleted").exists()


def test_what_was_altered_in_a_plan_that_others_deleted_meanwhile_is_not_lost(
    plans: Plans,
) -> None:
    key = by_hand(plans, targets_s={"1": 300})
    draft = plans.load(key).model_copy(update={"changes": MORE})
    before = said(plans, key)
    plans.delete(key)
    with pytest.raises(NoPlan):
        plans.save(key, draft)
    assert plans.ids() == []
    assert plans.save(None, draft, copy_of=key) == key
    assert said(plans, key) == before | {"changes": MORE}
    # Whoever else had altered it gets a copy, and neither loses anything.
    second = plans.save(None, draft.model_copy(update={"note": "mine"}), copy_of=key)
    assert second != key
    assert said(plans, second) == before | {"changes": MORE, "note": "mine"}


def test_the_id_of_a_deleted_plan_is_not_given_to_another(plans: Plans) -> None:
    key = by_hand(plans, targets_s={"1": 300})
    shown = plans.load(key)
    plans.delete(key)
    other = plans.save(None, Plan(name="By hand"))
    assert other != key
    assert said(plans, plans.save(None, shown, copy_of=key))["targets_s"] == {"1": 300}
    assert "targets_s" not in said(plans, other)


@pytest.mark.parametrize("key", ["none", TODAY, "../secret", ""])
def test_a_copy_of_what_is_not_there_is_refused_and_nothing_is_made(plans: Plans, key: str) -> None:
    by_hand(plans)
    for ending in ("json", "deleted"):
        plans.folder.with_name(f"secret.{ending}").write_text('{"name": "x"}', encoding="utf-8")
    with pytest.raises(NoPlan):
        plans.save(None, Plan(name="copy"), copy_of=key)
    assert len(plans.ids()) == 1


def test_of_deleted_plans_the_last_ones_are_kept(plans: Plans) -> None:
    first = by_hand(plans)
    plans.delete(first)
    os.utime(plans.folder / f"{first}.deleted", (0, 0))
    for number in range(MOST_DELETED):
        plans.delete(plans.save(None, Plan(name=f"plan {number}")))
    assert len(list(plans.folder.glob("*.deleted"))) == MOST_DELETED
    with pytest.raises(NoPlan):
        plans.save(None, Plan(name="By hand"), copy_of=first)


def test_a_plan_whose_base_is_gone_is_not_put_upon_the_city_instead(plans: Plans) -> None:
    """What the base said would be lost without a word; a rehearsal says that it is missing."""
    key = by_hand(plans, base="below.json")
    plans.save(key, renamed(plans.load(key), "Renamed"))
    assert said(plans, key)["base"] == "below.json"
