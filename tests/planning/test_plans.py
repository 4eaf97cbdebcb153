"""A plan is kept as a scenario file that the command line rehearses as well."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.harness.examples import examples
from tests.planning.by_hand import BESIDES, CHANGES, MORE, RULES

from dutyroom.citypack import read_pack
from dutyroom.planning.plans import MOST_PLANS, TODAY, NoPlan, Plans, points_of
from dutyroom.planning.shown import Plan, PlanRules, Preemption
from dutyroom.rehearsal.scenario.read import read_scenario


def test_what_is_saved_comes_back(plans: Plans) -> None:
    plan = Plan(
        name="夜间加强 Night",
        note="two more by night",
        rules=PlanRules(queue="nearest", preemption=Preemption(by=1, of=3)),
        changes=MORE,
    )
    key = plans.save(None, plan)
    assert plans.ids() == [key]
    assert plans.load(key) == plan
    assert plans.is_current(key)


def test_the_file_is_a_scenario_that_can_be_rehearsed_as_it_is(plans: Plans) -> None:
    unit = read_pack(plans.pack_folder).units[0]
    posts = [points_of(read_pack(plans.pack_folder))[0].id]
    key = plans.save(
        None,
        Plan(
            name="posts",
            posts=posts,
            rules=PlanRules(when_idle="dmexclp"),
            changes=[{"do": "remove_unit", "id": unit.id}, *MORE],
        ),
    )
    today, planned = read_scenario(plans.path(TODAY)), read_scenario(plans.path(key))
    assert unit.id not in {one.id for one in planned.units}
    assert len(planned.units) == len(today.units) - 1
    assert len(planned.posts) == 1
    assert sum(k.per_h for k in planned.kinds) == pytest.approx(
        1.5 * sum(k.per_h for k in today.kinds)
    )


def test_a_plan_is_taken_elsewhere_with_its_city(plans: Plans, tmp_path: Path) -> None:
    key = plans.save(None, Plan(name="more", changes=MORE))
    with zipfile.ZipFile(io.BytesIO(plans.bundle(key))) as packed:
        packed.extractall(tmp_path / "elsewhere")
    there = read_scenario(tmp_path / "elsewhere" / key / "scenario.json")
    here = read_scenario(plans.path(key))
    assert there.name == here.name
    assert [kind.per_h for kind in there.kinds] == [kind.per_h for kind in here.kinds]
    with pytest.raises(NoPlan):
        plans.bundle("none")


def test_every_point_offered_is_a_point_of_the_rehearsal(plans: Plans) -> None:
    offered = {point.id for point in points_of(read_pack(plans.pack_folder))}
    assert offered == set(read_scenario(plans.path(TODAY)).geography.ids)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60))
@given(name=st.text(min_size=1, max_size=80), note=st.text(max_size=80))
def test_no_name_leaves_the_folder_or_hides_another_plan(
    plans: Plans, name: str, note: str
) -> None:
    for key in plans.ids()[MOST_PLANS - 100 :]:  # of so many examples, not all are kept
        plans.delete(key)
    before = len(plans.ids())
    key = plans.save(None, Plan(name=name, note=note))
    assert plans.path(key).parent == plans.folder
    assert len(plans.ids()) == before + 1
    assert plans.load(key).note == note


def test_plans_of_one_name_never_take_each_others_place(
    plans: Plans, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["aaaa", "aaaa", "aaaa", "bbbb"])
    monkeypatch.setattr("secrets.token_hex", lambda _length: next(drawn))
    keys = [plans.save(None, Plan(name="night", note=str(number))) for number in range(3)]
    assert keys == ["night", "night-aaaa", "night-bbbb"]
    assert [plans.load(key).note for key in keys] == ["0", "1", "2"]


@pytest.mark.parametrize("key", ["../x", "none", "", "a/b", "..", "X"])
def test_there_is_no_plan_but_those_of_the_folder(plans: Plans, key: str) -> None:
    plans.save(None, Plan(name="one"))
    with pytest.raises(NoPlan):
        plans.path(key)


def test_today_can_be_neither_altered_nor_deleted(plans: Plans) -> None:
    with pytest.raises(NoPlan):
        plans.save(TODAY, Plan(name="x"))
    with pytest.raises(NoPlan):
        plans.delete(TODAY)


def test_a_damaged_file_is_refused_and_left_where_it_is(plans: Plans) -> None:
    key = plans.save(None, Plan(name="one"))
    plans.path(key).write_text("{", encoding="utf-8")
    with pytest.raises(NoPlan, match="one"):
        plans.load(key)
    assert plans.path(key).is_file()


def test_a_plan_over_an_older_pack_is_known_as_such(plans: Plans, tmp_path: Path) -> None:
    key = plans.save(None, Plan(name="one"))
    other = Plans(plans.folder, tmp_path / "newer")
    assert not other.is_current(key)
    assert json.loads(plans.path(key).read_text("utf-8"))["base"].endswith(plans.pack_folder.name)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60))
@given(besides=BESIDES, rules=RULES, changes=CHANGES)
def test_what_the_page_does_not_know_is_kept_when_a_plan_is_saved(
    plans: Plans, besides: dict[str, Any], rules: dict[str, Any], changes: list[dict[str, Any]]
) -> None:
    key = plans.ids()[0] if plans.ids() else plans.save(None, Plan(name="by hand"))
    base = json.loads(plans.path(key).read_text("utf-8"))["base"]
    said = {"name": "by hand", "base": base, "rules": rules, "changes": changes} | besides
    plans.path(key).write_text(json.dumps(said), encoding="utf-8")
    shown = plans.load(key)
    plans.save(key, shown)
    assert json.loads(plans.path(key).read_text("utf-8")) == said
    altered = shown.model_copy(update={"note": "more", "changes": [*shown.changes, *MORE]})
    plans.save(key, altered)
    kept = json.loads(plans.path(key).read_text("utf-8"))
    assert kept == said | {"note": "more", "changes": [*changes, *MORE]}


def test_a_rule_that_the_page_has_no_word_for_stays_until_a_planner_sets_another(
    plans: Plans,
) -> None:
    key = plans.save(None, Plan(name="table", rules=PlanRules(cover_s=300)))
    said = json.loads(plans.path(key).read_text("utf-8"))
    said["rules"] |= {"when_idle": "compliance", "compliance": [[], ["n1"]]}
    plans.path(key).write_text(json.dumps(said), encoding="utf-8")
    plan = plans.load(key)
    assert plan.rules == PlanRules(cover_s=300)
    plans.save(key, plan.model_copy(update={"rules": PlanRules(queue="nearest")}))
    assert json.loads(plans.path(key).read_text("utf-8"))["rules"] == {
        "when_idle": "compliance",
        "compliance": [[], ["n1"]],
        "queue": "nearest",
    }
    plans.save(key, plan.model_copy(update={"rules": PlanRules(when_idle="stay")}))
    rules = json.loads(plans.path(key).read_text("utf-8"))["rules"]
    assert rules["when_idle"] == "stay"


def test_the_files_that_a_plan_names_go_with_it(plans: Plans, tmp_path: Path) -> None:
    """Into a run as into what is exported; also those of a scenario that is its base."""
    pack = read_pack(plans.pack_folder)
    key = plans.save(None, Plan(name="early"))
    city = json.loads(plans.path(key).read_text("utf-8"))["base"]
    shifts = plans.folder / "shifts.csv"
    shifts.write_text("shift,day,from,to\nearly,daily,06:00,14:00\n", encoding="utf-8")
    below = {"name": "below", "base": city, "shifts": "shifts.csv", "rules": {"home_speed": 0.5}}
    (tmp_path / "plans" / "below.json").write_text(json.dumps(below), encoding="utf-8")
    change = {"do": "set_shift", "id": pack.units[0].id, "shift": "early"}
    said = {"name": "early", "base": "below.json", "hours": 12, "changes": [change]}
    plans.path(key).write_text(json.dumps(said), encoding="utf-8")
    assert plans.is_current(key)
    plans.save(key, plans.load(key))
    assert json.loads(plans.path(key).read_text("utf-8")) == said
    with zipfile.ZipFile(io.BytesIO(plans.bundle(key))) as packed:
        packed.extractall(tmp_path / "elsewhere")
    run = tmp_path / "run"
    run.mkdir()
    (run / "scenario.json").write_text(json.dumps(plans.freeze(key, run)), encoding="utf-8")
    shifts.unlink()
    for path in (tmp_path / "elsewhere" / key / "scenario.json", run / "scenario.json"):
        there = read_scenario(path)
        assert there.hours == 12
        assert there.units[0].shifts
        assert there.rules.home_factor == 2.0
