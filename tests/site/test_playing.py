"""Recorded calls through the very same door as a person's."""

import os
import threading
from collections import Counter
from datetime import datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from tests.harness.commands import finished
from tests.harness.examples import DEEP
from tests.harness.rooms import tables

from dutyroom.importing.contract import load_contract
from dutyroom.importing.dataset import read_rows
from dutyroom.importing.import_calls import import_calls
from dutyroom.importing.recorded import recorded_stream, stream_of
from dutyroom.packmaking.make_pack import make_pack
from dutyroom.rehearsal.scenario.usual import FILE, read_usual
from dutyroom.site.cannot import Cannot

pytestmark = [pytest.mark.db, pytest.mark.replay, pytest.mark.slow, pytest.mark.long]
FIRST_ACTIONS = 1_200


@pytest.fixture(scope="session")
def dataset(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("datasets")
    file = shared_data / "sffd_2018" / "sffd_48h_20180116_0117.csv.gz"
    import_calls(file, load_contract("sf-fire"), folder)
    made = folder / "sf-fire"
    source = shared_data / "sffd_2018"
    make_pack(
        made,
        source / "sf_fire_stations.csv",
        source / "sf_analysis_neighborhoods_simplified.geojson.gz",
    )
    return made


def test_recorded_hours_are_played_without_a_refusal_and_rebuild_is_live(
    empty_home: Path, dataset: Path
) -> None:
    from dutyroom.actions import runtime
    from dutyroom.actions.adopting import adopt
    from dutyroom.projections.models import (
        AssignmentView,
        CallView,
        IncidentView,
        UnitPosition,
    )
    from dutyroom.projections.rebuild import rebuild
    from dutyroom.site.play_recorded import Player

    adopt(dataset / "pack")
    stream = list(recorded_stream(dataset))
    hours = stream[:FIRST_ACTIONS]
    player = Player(hours, 1.0, print, print)
    for one in hours:
        assert player.perform(one)
    assert player.refused == []
    verbs = Counter(one.command.VERB for one in hours)
    assert CallView.objects.count() == verbs["call.receive"]
    assert IncidentView.objects.count() == verbs["incident.open"]
    assert AssignmentView.objects.count() == verbs["incident.dispatch"]
    assert IncidentView.objects.filter(state="closed").count() == verbs["incident.close"]
    assert UnitPosition.objects.count() > 20
    live = tables()
    rebuild()
    assert tables() == live
    runtime.stop()


@pytest.mark.deep
def test_a_whole_recorded_week_is_rebuilt_as_it_was_lived(
    empty_home: Path, shared_data: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Every action of the week, the journal verified, every read model made again."""
    if request.config.getoption("--database") != "sqlite":
        pytest.skip("the whole week is played on SQLite; its first hours on both")
    from dutyroom.actions import runtime
    from dutyroom.actions.adopting import adopt
    from dutyroom.actions.checking import check_journal
    from dutyroom.projections.rebuild import rebuild
    from dutyroom.site.play_recorded import Player

    source = shared_data / "sffd_2018"
    import_calls(source / "sffd_week_20180115_0121.csv.gz", load_contract("sf-fire"), tmp_path)
    week = tmp_path / "sf-fire"
    outlines = source / "sf_analysis_neighborhoods_simplified.geojson.gz"
    make_pack(week, source / "sf_fire_stations.csv", outlines)
    adopt(week / "pack")
    stream = list(recorded_stream(week))
    player = Player(stream, 1.0, print, print)
    assert all(player.perform(one) for one in stream)
    assert player.refused == []
    runtime.stop()
    report = check_journal()
    assert report.ok
    live = tables()
    rebuild()
    assert tables() == live


def test_a_period_of_the_own_journal_is_rehearsed(
    empty_home: Path,
    dataset: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    """Two recorded days, lived through at their own times; the second from what the first says. At
    a commit less than every third call of them: each action takes its time."""
    if request.config.getoption("--database") != "sqlite":
        pytest.skip("reading the period is the same on both; playing it takes long")
    from dutyroom.actions import door, runtime
    from dutyroom.actions.adopting import adopt
    from dutyroom.learning.fitting_calls import NotEnough
    from dutyroom.learning.history import rehearse_calls
    from dutyroom.learning.own_calls import own_calls
    from dutyroom.learning.usual_scenario import learn_scenario
    from dutyroom.projections.models import CallView
    from dutyroom.projections.packs import pack_in_force
    from dutyroom.rehearsal.scenario.read import read_scenario
    from dutyroom.site.play_recorded import Player

    adopt(dataset / "pack")
    rows = read_rows(dataset)
    stream = list(stream_of([row for row in rows if DEEP or row.call_id[-1] in "147"]))
    player = Player(stream, 1.0, print, print)
    for one in stream:
        monkeypatch.setattr(door, "now_ms", lambda at_ms=one.at_ms: at_ms)
        assert player.perform(one)
    runtime.stop()
    pack = pack_in_force()
    begin_ms, end_ms = stream[0].at_ms, stream[-1].at_ms
    half_ms = (begin_ms + end_ms) // 2
    before, _ = own_calls(pack, begin_ms, half_ms)
    after, left_out = own_calls(pack, half_ms, end_ms + 1)
    known = {row.call_id for own in (*before, *after) for row in own}
    assert len(known) == len(before) + len(after)
    assert len(known) + left_out <= CallView.objects.count()
    # Nothing sealed is in them: the place is the middle of the zone.
    assert {(row.lon, row.lat) for own in after for row in own} <= {z.centre for z in pack.zones}
    found = rehearse_calls("journal", pack, before, after, replications=5)
    assert found.fitted_calls == len(before)
    assert found.whole.median_s.mean == pytest.approx(found.whole.recorded_median_s, rel=0.15)
    with pytest.raises(NotEnough, match="longer period"):
        rehearse_calls("journal", pack, before[:20], after)
    # And a usual week is learnt from them.
    out = empty_home / "learnt"
    learnt = learn_scenario("journal", pack, pack.folder, [*before, *after], out)
    assert learnt.calls == len(before) + len(after)
    assert read_scenario(learnt.file).name == "journal, a usual week"
    half = datetime.fromtimestamp(half_ms / 1000, ZoneInfo(pack.timezone))
    learn_of_the_own_journal(empty_home, learnt.calls, f"{half:%Y-%m-%d %H:%M}")


def learn_of_the_own_journal(folder: Path, calls: int, half: str) -> None:
    """What the commands say of it, in processes of their own."""

    def said_by(*words: str) -> str:
        done = finished(["rehearse", *words], os.environ | {"DUTYROOM_HOME": str(folder)})
        assert done.code == 0, done
        return done.out

    kept = folder / FILE
    try:
        said = said_by("learn", "journal", "--for-the-room", "--out", str(folder / "for-the-room"))
        assert f"learnt from {calls:,} calls" in said
        assert f"usual calls, learnt from {calls:,}: {kept}" in said
        usual = read_usual(kept)
        assert usual is not None
        assert (usual.source, usual.calls) == ("journal", calls)
    finally:
        kept.unlink(missing_ok=True)
    assert "journal: fitted on" in said_by("journal", half, "--replications", "3")


@pytest.mark.deep_on_postgresql
def test_playing_goes_on_from_the_journal(empty_home: Path, dataset: Path) -> None:
    from dutyroom.actions import runtime
    from dutyroom.actions.adopting import adopt
    from dutyroom.site.play_recorded import Player

    adopt(dataset / "pack")
    stream = list(recorded_stream(dataset))[:400]
    player = Player(stream, 1.0, print, print)
    for one in stream[:250]:
        assert player.perform(one)
    runtime.stop()
    again = Player(stream, 1.0, print, print)
    assert again.left == 150
    before = tables()
    assert again.perform(stream[249])  # repeated: nothing happens, nothing is refused
    assert (again.refused, tables()) == ([], before)
    stop = threading.Event()
    assert again.step(stop) > 0  # only what is due: time has just begun to run
    assert again.left < 150
    runtime.stop()


@pytest.mark.deep_on_postgresql
def test_a_pack_older_than_its_dataset_is_noticed(empty_home: Path, dataset: Path) -> None:
    from dutyroom.actions import runtime
    from dutyroom.actions.adopting import adopt
    from dutyroom.domain.units.commands import SignOn
    from dutyroom.importing.recorded import DISPATCHER, Recorded
    from dutyroom.site.play_recorded import Player

    adopt(dataset / "pack")
    newcomer = Recorded(0, DISPATCHER, UUID(int=1), SignOn("Z99", ("Z99-1",)))
    with pytest.raises(Cannot, match=r"Z99.*make the pack again"):
        Player([newcomer], 1.0, print, print)
    runtime.stop()
