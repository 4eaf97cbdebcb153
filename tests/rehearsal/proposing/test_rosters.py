"""A roster crews the hours of a scenario's units, by name, and is rehearsed where it can't."""

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dutyroom.citypack import PackRefused
from dutyroom.cli.rehearse import rehearse
from dutyroom.rehearsal.optimise.program import Limits
from dutyroom.rehearsal.optimise.roster_rules import breaches, unmet
from dutyroom.rehearsal.optimise.roster_task import Rule
from dutyroom.rehearsal.proposing.crew_file import read_crew
from dutyroom.rehearsal.proposing.proposal import attempt, today
from dutyroom.rehearsal.proposing.roster_page import roster_page
from dutyroom.rehearsal.proposing.rosters import rosters
from dutyroom.rehearsal.proposing.workload import NothingToPropose
from dutyroom.rehearsal.scenario.read import read_scenario

POINTS = "id,x_m,y_m\n" + "".join(f"p{n},{1000 * n},0\n" for n in range(10))
QUICK = Limits(work=1.0)
MONDAY = dt.date(2026, 12, 7)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A patrol by day, one by night, and an ambulance by day from Monday to Friday."""
    (tmp_path / "points.csv").write_text(POINTS)
    (tmp_path / "units.csv").write_text(
        "id,base,capabilities,agency,shift\nP1,p0,patrol,police,day\nP2,p8,patrol,police,night\n"
        "M1,p5,medic,rescue,week\n"
    )
    (tmp_path / "shifts.csv").write_text(
        "shift,day,from,to\nday,daily,07:00,19:00\nnight,daily,19:00,07:00\n"
        + "".join(f"week,{day},08:00,16:00\n" for day in ("mon", "tue", "wed", "thu", "fri"))
    )
    office_hours = ([0] * 8 + [1] * 7 + [0] * 9) * 5 + [0] * 48
    kinds = [
        {"category": name, "per_h": per_h, "needs": [{"capability": can, "count": 1}],
         "on_scene": 900, **more}
        for name, can, per_h, more in (
            ("theft", "patrol", 0.5, {}), ("injury", "medic", 0.1, {"by_hour": office_hours})
        )
    ]  # fmt: skip
    (tmp_path / "today.json").write_text(json.dumps({
        "name": "today", "points": "points.csv", "travel": {"speed_kmh": 36, "detour_factor": 1},
        "units": "units.csv", "calls": {"kinds": kinds}, "shifts": "shifts.csv",
        "targets_s": {"1": 1800}, "hours": 336, "replications": 4,
    }))  # fmt: skip
    return tmp_path / "today.json"


def crew_file(city: Path, **more: Any) -> Path:
    """Six officers for the patrols, two for the ambulance, of whom one is a paramedic."""
    given = {
        "starts": MONDAY.isoformat(), "weeks": 2, "crew_per_unit": 1,
        "crew": [
            *({"id": f"o{n}", "agency": "police"} for n in range(6)),
            {"id": "m0", "agency": "rescue", "skills": ["paramedic"]},
            {"id": "m1", "agency": "rescue"},
        ],
    }  # fmt: skip
    file = city.with_name("crew.json")
    file.write_text(json.dumps(given | more, indent=1))
    return file


def test_every_shift_of_every_unit_is_crewed_within_the_rules(city: Path) -> None:
    now = today(city)
    proposal, made = rosters(now, read_crew(crew_file(city), now.scenario), limits=QUICK)
    assert {one.agency for one in made} == {"police", "rescue"}
    for one in made:
        assert breaches(one.task, one.found.turns) == []
        assert unmet(one.task, one.found.turns) == []
        assert one.uncrewed == ()
    assert proposal.changes == ()
    police = next(one for one in made if one.agency == "police")
    seats = {(seat.day, seat.unit) for seat in police.seats}
    assert seats == {(day, unit) for day in range(14) for unit in ("P1", "P2")}
    # Night is the shift of 19 to 7, not that of the day.
    assert {shift.name: shift.night for shift in police.task.shifts} == {
        "07:00-19:00": False,
        "19:00-07:00": True,
    }


def test_a_unit_goes_out_only_with_the_skills_that_its_capability_asks_for(city: Path) -> None:
    now = today(city)
    file = crew_file(city, crew_per_unit=2, skills={"medic": {"paramedic": 1}})
    _, made = rosters(now, read_crew(file, now.scenario), agency="rescue", limits=QUICK)
    [rescue] = made
    assert {seat.member for seat in rescue.seats if seat.unit == "M1"} == {"m0", "m1"}
    assert rescue.uncrewed == ()
    nobody = crew_file(city, skills={"medic": {"doctor": 1}})
    _, [without] = rosters(now, read_crew(nobody, now.scenario), agency="rescue", limits=QUICK)
    assert {lack.unit for lack in without.uncrewed} == {"M1"}
    assert without.seats == ()


def test_where_crew_lack_the_units_stay_at_home_in_the_rehearsal_and_it_says_who_loses(
    city: Path,
) -> None:
    now = today(city)
    few = [{"id": f"o{n}", "agency": "police"} for n in range(3)]
    proposal, [police] = rosters(
        now, read_crew(crew_file(city, crew=few), now.scenario), limits=QUICK
    )
    assert police.uncrewed
    assert {change["do"] for change in proposal.changes} <= {"set_hours", "remove_unit"}
    tried = attempt(proposal, city, now, city.parent / "out")
    hours = {
        unit.id: sum(shift.end_s - shift.start_s for shift in unit.shifts) / 3600
        for unit in tried.proposed.scenario.units
    }
    lacking = {0: 0.0, 1: 0.0}
    for lack in police.uncrewed:
        lacking[lack.day // 7] += 12
    # The week that lacks most is rehearsed; units without crew in the file keep their hours.
    assert hours.get("P1", 0) + hours.get("P2", 0) == 168 - max(lacking.values())
    assert hours["M1"] == 40
    # What would help is said: the rule to give up, or that none does.
    assert any(line.startswith("police: ") and "without the rule" in line for line in proposal.says)


def test_leave_wishes_own_limits_and_the_last_roster_are_kept(city: Path) -> None:
    now = today(city)
    leave = [(MONDAY + dt.timedelta(days=n)).isoformat() for n in range(3)]
    city.with_name("last.csv").write_text(
        "date,shift,crew,unit\n2026-12-06,19:00-07:00,o1,P2\n2026-11-01,07:00-19:00,o1,P1\n"
    )
    crew = [
        {"id": "o0", "agency": "police", "leave": leave, "max_week_h": 24},
        {"id": "o1", "agency": "police",
         "wishes": [{"day": "2026-12-12", "works": False, "weight": 50}]},
        *({"id": f"o{n}", "agency": "police"} for n in range(2, 7)),
    ]  # fmt: skip
    file = crew_file(city, crew=crew, last="last.csv", rules={"max_nights_running": 2})
    _, [police] = rosters(now, read_crew(file, now.scenario), limits=QUICK)
    assert police.task.members[1].before == ((-1, 1),)
    assert police.task.rules.max_nights_running == 2
    mine = {name: {turn.day for turn in police.found.turns if turn.member == at}
            for at, name in enumerate(member.id for member in police.task.members)}  # fmt: skip
    assert not mine["o0"] & {0, 1, 2}
    assert len(mine["o0"] & set(range(7))) <= 2
    assert 0 not in mine["o1"] or all(
        turn.shift == 1 for turn in police.found.turns if (turn.member, turn.day) == (1, 0)
    )
    assert 5 not in mine["o1"]
    assert breaches(police.task, police.found.turns) == []


def test_a_roster_of_today_is_compared_with(city: Path) -> None:
    now = today(city)
    rows = ["date,shift,crew,unit"]
    for day in range(14):
        date = MONDAY + dt.timedelta(days=day)
        rows.append(f"{date},07:00-19:00,o{day % 2},P1")
        rows.append(f"{date},19:00-07:00,o{2 + day % 2},P2")
    city.with_name("now.csv").write_text("\n".join(rows) + "\n")
    _, made = rosters(
        now,
        read_crew(crew_file(city, today="now.csv"), now.scenario),
        agency="police",
        limits=QUICK,
    )
    effect = made[0].found.effect
    assert effect.today is not None
    assert effect.gain is not None
    assert effect.gain > 0
    # Who did nothing at night until today has to now.
    assert {change.index for change in effect.losers} & {0, 1, 4, 5}


def test_what_is_wrong_with_a_crew_file_is_said_with_line_and_remedy(city: Path) -> None:
    city.with_name("now.csv").write_text(
        "date,shift,crew,unit\n2026-12-07,01:00-02:00,o0,P1\n2026-12-07,07:00-19:00,nobody,P1\n"
        "yesterday,07:00-19:00,o0,P1\n"
    )
    file = crew_file(
        city,
        starts="2026-12-08",
        weeks=0,
        skills={"flying": {"pilot": 1}},
        today="now.csv",
        rules={"min_rest_h": -1},
        crew=[
            {"id": "o0", "agency": "polcie"},
            {"id": "o1", "agency": "police", "leave": ["soon"]},
            {"id": "o2"},
            {"id": "o0", "agency": "police"},
        ],
    )
    with pytest.raises(PackRefused) as refused:
        read_crew(file, read_scenario(city))
    said = str(refused.value)
    for part in (
        "crew.json:2: 2026-12-08 is a Tuesday. Begin on a Monday",
        '"weeks" is 0',
        'no unit can "flying"',
        '"min_rest_h" is -1',
        'no unit is of the agency "polcie"',
        'no unit is of the agency ""',
        '"soon" is not a date',
        '"o0" is there already',
        'now.csv:2: no unit works "01:00-02:00"',
        'now.csv:3: "nobody" is not one of the crew',
        'now.csv:4: "yesterday" is not a date',
    ):
        assert part in said, said
    assert said.count("crew.json:") >= 7


def test_units_that_are_always_on_duty_have_no_shifts_to_crew(city: Path) -> None:
    city.with_name("units.csv").write_text(
        "id,base,capabilities,agency\nP1,p0,patrol,police\nM1,p5,medic,rescue\n"
    )
    now = today(city)
    with pytest.raises(NothingToPropose, match="propose staffing"):
        rosters(now, read_crew(crew_file(city), now.scenario), limits=QUICK)


def test_the_command_writes_a_roster_to_hang_up_and_one_to_go_on_from(city: Path) -> None:
    out = city.parent / "out"
    crew = crew_file(city)
    arguments = ["propose", "rosters", str(city), "--crew", str(crew), "--out", str(out)]
    done = CliRunner().invoke(rehearse, [*arguments, "--seconds", "2", "--language", "zh"])
    assert done.exit_code == 0, done.output
    assert "police: every shift is crewed" in done.output
    with (out / "roster.csv").open(encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 28 + 10
    assert {row["unit"] for row in rows} == {"P1", "P2", "M1"}
    page = (out / "roster.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "勤务表" in page
    assert read_scenario(out / "proposal.json").units == read_scenario(city).units
    # The next one goes on from it.
    (city.parent / "roster.csv").write_bytes((out / "roster.csv").read_bytes())
    following = crew_file(city, starts="2026-12-21", last="roster.csv")
    read = read_crew(following, read_scenario(city))
    assert any(member.before for members in read.members.values() for member in members)


def test_a_roster_of_many_weeks_is_cut_into_what_can_be_read_on_paper(city: Path) -> None:
    now = today(city)
    read = read_crew(crew_file(city, weeks=4), now.scenario)
    _, made = rosters(now, read, limits=QUICK)
    grids = roster_page(read, made).split('<table class="roster">')[1:]
    heads = [grid.split("</thead>")[0].count("<br>") for grid in grids]
    assert heads == [14, 14] * len(made)


def test_rules_named_in_the_reliefs_are_all_known() -> None:
    from dutyroom.rehearsal.proposing.rosters import RULES

    assert set(RULES) == set(Rule)
