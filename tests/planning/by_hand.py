"""What a scenario file that was written by hand may say besides what the planner's page shows, and
what is drawn up there."""

import json
from typing import Any

from hypothesis import strategies as st

from dutyroom.planning.plans import Plans
from dutyroom.planning.shown import Plan, PlanRules

MORE = [{"do": "scale_calls", "by": 1.5}]
BESIDES = st.dictionaries(
    st.sampled_from(
        ["hours", "calls", "districts", "shifts", "units", "warm_up_h", "start", "targets_s", "x"]
    ),
    st.one_of(st.integers(), st.text(max_size=9), st.lists(st.integers(), max_size=2), st.none()),
)
RULES = st.fixed_dictionaries(
    {},
    optional={
        "home_speed": st.floats(0.05, 20),
        "compliance": st.just([[], ["n1"]]),
        "when_idle": st.sampled_from(["home", "stay", "dmexclp", "compliance"]),
        "queue": st.sampled_from(["first_come", "nearest"]),
        "preemption": st.just({"by": 1, "of": 3}),
        "cover_s": st.floats(1, 1e6),
    },
)
CHANGES = st.lists(
    st.sampled_from(
        [
            {"do": "set_rules", "rules": {"home_speed": 0.5}},
            {"do": "set_shift", "id": "P1", "shift": "early"},
            {"do": "something new", "with": [1, 2]},
            *MORE,
        ]
    )
)
PLANS = st.builds(
    Plan,
    name=st.sampled_from(["by hand", "another"]),
    note=st.sampled_from(["", "a note"]),
    posts=st.lists(st.sampled_from(["n1", "n2"]), max_size=2),
    rules=st.builds(
        PlanRules,
        queue=st.sampled_from(["first_come", "nearest"]),
        when_idle=st.sampled_from(["home", "stay"]),
        cover_s=st.sampled_from([None, 300]),
    ),
    changes=st.sampled_from([[], MORE]),
)
"""What a planner may draw up; alike often enough."""


def by_hand(plans: Plans, name: str = "By hand", **besides: Any) -> str:
    """A plan whose file says more than the page shows."""
    key = plans.save(None, Plan(name=name))
    write(plans, key, said(plans, key) | besides)
    return key


def said(plans: Plans, key: str) -> dict[str, Any]:
    """What the file of a plan says."""
    found: dict[str, Any] = json.loads(plans.path(key).read_text("utf-8"))
    return found


def write(plans: Plans, key: str, scenario: dict[str, Any]) -> None:
    """As somebody with an editor does."""
    plans.path(key).write_text(json.dumps(scenario), encoding="utf-8")
