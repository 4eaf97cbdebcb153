"""Recorded calls through the very same door as a person's."""

from collections import Counter
from pathlib import Path

import pytest
from tests.actions.test_door import tables

from dutyroom.intake.contract import load_contract
from dutyroom.intake.importing import import_calls, read_rows
from dutyroom.intake.packmaking import make_pack
from dutyroom.intake.recorded import recorded_stream

pytestmark = [pytest.mark.db, pytest.mark.replay, pytest.mark.slow]
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


def test_recorded_hours_are_played_without_a_refusal(empty_home: Path, dataset: Path) -> None:
    from dutyroom.actions import runtime
    from dutyroom.actions.adopting import adopt
    from dutyroom.projections.models import AssignmentView, CallView, IncidentView
    from dutyroom.projections.rebuild import rebuild
    from dutyroom.site.play_recorded import Player

    adopt(dataset / "pack")
    stream = list(recorded_stream(read_rows(dataset)))
    player = Player(stream, 0, speed=1.0)
    for one in stream[:FIRST_ACTIONS]:
        assert player.perform(one)
    assert player.refused == []
    verbs = Counter(one.command.VERB for one in stream[:FIRST_ACTIONS])
    assert CallView.objects.count() == verbs["call.receive"]
    assert IncidentView.objects.count() == verbs["incident.open"]
    assert AssignmentView.objects.count() == verbs["incident.dispatch"]
    assert IncidentView.objects.filter(state="closed").count() == verbs["incident.close"]
    live = tables()
    rebuild()
    assert tables() == live
    again = player.perform(stream[FIRST_ACTIONS - 1])
    assert again
    assert tables() == live
    runtime.stop()


def test_the_stream_is_the_same_each_time_and_in_order(dataset: Path) -> None:
    rows = read_rows(dataset)
    stream = list(recorded_stream(rows))
    assert [one.action for one in stream] == [one.action for one in recorded_stream(rows)]
    assert len({one.action for one in stream}) == len(stream)
    times = [one.at_ms for one in stream]
    assert times == sorted(times)
