"""Units of several agencies in one city: who can't stand in for each other doesn't matter to each
other, whatever the rule for moving up."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyroom.rehearsal.simulation.records import COMPLIANCE, DMEXCLP, JUMP, STRAIGHT
from dutyroom.rehearsal.simulation.rules import Rules
from tests.harness.examples import examples
from tests.rehearsal.cases import MINUTE, Played, play, tables, unit

pytestmark = pytest.mark.property
AGENCIES = ("ems", "fire")

type Calls = list[dict[str, Any]]


@st.composite
def days(draw: st.DrawFn, need: str) -> Calls:
    """Twelve calls of one agency."""
    gaps = draw(st.lists(st.integers(1, 40), min_size=12, max_size=12))
    calls, at = [], 0
    for gap in gaps:
        at += gap
        point, on_scene = draw(st.integers(0, 9)), draw(st.integers(1, 50))
        # Not at the same moment as one of the other agency: the order would be that of the file.
        calls.append(
            {"at": at + 0.25 * AGENCIES.index(need), "point": point, "on_scene": on_scene}
            | {"needs": [need]}
        )
    return calls


@st.composite
def rows(draw: st.DrawFn, units: int) -> tuple[tuple[int, ...], ...]:
    """A compliance table for so many units."""
    return tuple(
        tuple(draw(st.lists(st.integers(0, 9), max_size=free))) for free in range(units + 1)
    )


def served(played: Played, need: str) -> list[tuple[Any, ...]]:
    """Who went to each call of an agency, when and from where."""
    calls = played.calls
    wanted = [
        n for n, bit in enumerate(calls.need) if played.builder.scenario.capabilities[bit] == need
    ]
    units, starts = played.units(), played.starts()
    columns = [played.minutes(name) for name in ("sent_s", "arrive_s", "free_s")]
    return [(units[n], starts[n], *(column[n] for column in columns)) for n in wanted]


@given(st.data())
@settings(max_examples=examples(150))
def test_each_agency_fares_as_if_it_were_alone(data: st.DataObject) -> None:
    after = data.draw(st.sampled_from([COMPLIANCE, DMEXCLP]))
    way = data.draw(st.sampled_from([JUMP, STRAIGHT]))
    # Without a limit: with one, a unit on its way may come within it at any event, whosever it is.
    rules = Rules(after=after, way=way, busy_share=0.3)
    units, calls, teams = {}, {}, {}
    for agency in AGENCIES:
        bases = data.draw(st.lists(st.integers(0, 9), min_size=2, max_size=4))
        units[agency] = [
            unit(f"{agency}{n}", base, agency, agency=agency) for n, base in enumerate(bases)
        ]
        calls[agency] = data.draw(days(agency))
        teams[agency] = tables(*data.draw(rows(len(bases))), agency=agency)
    posts = tuple(range(10))
    more: dict[str, Any] = {"rules": rules, "posts": posts, "cover_s": 2 * MINUTE}
    both = sorted((call for each in calls.values() for call in each), key=lambda call: call["at"])
    everyone = [one for each in units.values() for one in each]
    together = play(everyone, *both, compliance=(*teams["ems"], *teams["fire"]), **more)
    for agency in AGENCIES:
        alone = play(units[agency], *calls[agency], compliance=teams[agency], **more)
        assert served(together, agency) == served(alone, agency)


@given(st.data())
@settings(max_examples=examples(50))
def test_one_table_for_all_is_a_table_of_a_team_that_has_everybody(data: st.DataObject) -> None:
    bases = data.draw(st.lists(st.integers(0, 9), min_size=2, max_size=5))
    units = [unit(f"U{n}", base, "ems", agency="ems") for n, base in enumerate(bases)]
    calls, table = data.draw(days("ems")), data.draw(rows(len(bases)))
    rules = Rules(after=COMPLIANCE)
    plain = play(units, *calls, rules=rules, compliance=tables(*table))
    named = tables(*table, agency="ems", capabilities=frozenset({"ems"}))
    team = play(units, *calls, rules=rules, compliance=named)
    late = play(units, *calls, rules=rules, compliance=(*tables((), (), agency="fire"), *named))
    assert served(plain, "ems") == served(team, "ems") == served(late, "ems")
