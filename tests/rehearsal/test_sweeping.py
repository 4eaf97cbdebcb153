"""Thousands of scenarios: from one file, on all cores or a cluster, and on from where it stopped."""

import asyncio
import json
import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner
from distributed import LocalCluster

from dutyroom.citypack import PackRefused
from dutyroom.cli.rehearse import rehearse as rehearse_command
from dutyroom.rehearsal.comparing.sweep import NoCluster, WorkersLost, read_results, sweep
from dutyroom.rehearsal.comparing.variations import write_variations
from dutyroom.rehearsal.scenario.read import read_scenario


def write_scenarios(folder: Path, count: int) -> list[Path]:
    points = "id,x_m,y_m\n" + "".join(f"p{n},{n * 1000},0\n" for n in range(10))
    (folder / "points.csv").write_text(points)
    paths = []
    for number in range(count):
        (folder / f"units{number}.csv").write_text(f"id,base\nA,p{number}\nB,p9\n")
        path = folder / f"s{number}.json"
        path.write_text(
            json.dumps(
                {
                    "name": f"s{number}",
                    "points": "points.csv",
                    "travel": {"speed_kmh": 60},
                    "units": f"units{number}.csv",
                    "calls": {"kinds": [{"category": "test", "per_h": 2, "on_scene": 600}]},
                    "hours": 48,
                    "replications": 2,
                }
            )
        )
        paths.append(path)
    return paths


def rows(path: Path) -> dict[str, str]:
    lines = path.read_text().splitlines()
    return {json.loads(line)["scenario"]: line for line in lines}


@pytest.mark.unit
@pytest.mark.parametrize("cut", range(1, 30))
def test_a_line_that_a_full_disk_cut_anywhere_costs_only_itself(tmp_path: Path, cut: int) -> None:
    results = tmp_path / "results.jsonl"
    line = json.dumps({"scenario": "夜班.json", "made_of": "x"}, ensure_ascii=False).encode()
    finished = line + b"\n"
    results.write_bytes(finished + line[:cut])
    assert [row["scenario"] for row in read_results(results)] == ["夜班.json"]
    assert results.read_bytes() == finished


@pytest.mark.slow
def test_a_sweep_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    paths = write_scenarios(tmp_path, 4)
    whole = tmp_path / "whole.jsonl"
    assert sweep(paths, whole, workers=2) == 4
    stopped = tmp_path / "stopped.jsonl"
    sweep(paths[:2], stopped, workers=1)
    with stopped.open("a") as file:
        file.write('{"scenario": "torn')
    assert sweep(paths, stopped, workers=2) == 2
    assert rows(stopped) == rows(whole)
    assert sweep(paths, stopped) == 0


def test_a_scenario_is_the_same_however_its_path_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = tmp_path / "many", tmp_path / "results" / "out.jsonl"
    folder.mkdir()
    [path] = write_scenarios(folder, 1)
    monkeypatch.chdir(tmp_path)
    assert sweep([Path("many/s0.json")], out, workers=1) == 1
    assert sweep([path], out, workers=1) == 0
    monkeypatch.chdir(folder)
    assert sweep([Path("s0.json"), path], out, workers=1) == 0
    assert [row["scenario"] for row in read_results(out)] == ["../many/s0.json"]


def test_results_of_older_versions_are_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They have the path as it was typed, from the folder where the command ran."""
    folder, out = tmp_path / "many", tmp_path / "results" / "out.jsonl"
    folder.mkdir()
    [path] = write_scenarios(folder, 1)
    sweep([path], out, workers=1)
    [row] = read_results(out)
    monkeypatch.chdir(tmp_path)
    for typed in (str(path), "many/s0.json"):
        out.write_text(json.dumps(row | {"scenario": typed}) + "\n")
        assert sweep([path], out, workers=1) == 0
        assert [one["scenario"] for one in read_results(out)] == ["../many/s0.json"]


@pytest.mark.slow
def test_what_has_changed_since_is_swept_anew(tmp_path: Path) -> None:
    paths, out = write_scenarios(tmp_path, 3), tmp_path / "out.jsonl"
    over = tmp_path / "over.json"
    over.write_text(json.dumps({"name": "over", "base": "s0.json"}))
    paths.append(over)
    assert sweep(paths, out, workers=1) == 4
    before = rows(out)
    (tmp_path / "units0.csv").write_text("id,base\nA,p5\nB,p9\n")
    assert sweep(paths, out, workers=1) == 2, "s0, and what has it as its base"
    assert {path for path in before if rows(out)[path] != before[path]} == {
        "s0.json", "over.json",
    }  # fmt: skip
    assert sweep(paths, out, workers=1, replications=3) == 4
    assert len(read_results(out)) == 4, "of each the last line"


def test_every_combination_becomes_a_scenario(tmp_path: Path) -> None:
    write_scenarios(tmp_path, 1)
    variations = {
        "base": "s0.json",
        "vary": [
            {"change": {"do": "scale_calls"}, "key": "by", "values": [0.5, 1, 2]},
            {"choices": [
                {"name": "today", "changes": []},
                {"name": "one more", "changes": [
                    {"do": "add_unit", "id": "C", "like": "A", "at": "p5"}]},
            ]},
        ],
    }  # fmt: skip
    (tmp_path / "vary.json").write_text(json.dumps(variations))
    folder = tmp_path / "many"
    done = CliRunner().invoke(
        rehearse_command, ["vary", str(tmp_path / "vary.json"), "--out", str(folder)]
    )
    assert done.exit_code == 0, done.output
    read = [read_scenario(path) for path in sorted(folder.glob("*.json"))]
    assert [(one.name, len(one.units), one.kinds[0].per_h) for one in read] == [
        ("by 0.5, today", 2, 1), ("by 0.5, one more", 3, 1),
        ("by 1, today", 2, 2), ("by 1, one more", 3, 2),
        ("by 2, today", 2, 4), ("by 2, one more", 3, 4),
    ]  # fmt: skip
    out = str(tmp_path / "out.jsonl")
    swept = CliRunner().invoke(
        rehearse_command, ["sweep", str(folder), "--out", out, "--workers", "1"]
    )
    assert swept.exit_code == 0, swept.output
    assert "best of 6" in swept.output
    assert "6 rehearsed, 0 were there already" in swept.output


@pytest.mark.parametrize(
    ("variations", "message"),
    [
        ({"base": "s0.json", "vary": []}, "0 combinations"),
        ({"base": "gone.json", "vary": []}, "gone.json"),
        ({"base": "s0.json", "vary": [{"key": "by"}]}, "it isn't said what is varied"),
        ({"base": "s0.json", "vary": [{"choices": [{"changes": []}]}]}, '"name" is missing'),
    ],
)
def test_variations_that_can_not_be_are_refused(
    tmp_path: Path, variations: dict[str, object], message: str
) -> None:
    write_scenarios(tmp_path, 1)
    (tmp_path / "vary.json").write_text(json.dumps(variations))
    with pytest.raises(PackRefused, match=message):
        write_variations(tmp_path / "vary.json", tmp_path / "many")


@pytest.mark.slow
def test_a_cluster_gives_the_same_results(tmp_path: Path) -> None:
    paths = write_scenarios(tmp_path, 4)
    here, there = tmp_path / "here.jsonl", tmp_path / "there.jsonl"
    sweep(paths, here, workers=1)
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True
    ) as cluster:
        sweep(paths, there, cluster=cluster.scheduler_address)
    assert rows(here) == rows(there)


def test_a_scenario_that_can_not_be_is_a_line_of_the_sweep(tmp_path: Path) -> None:
    paths = write_scenarios(tmp_path, 1)
    (tmp_path / "units0.csv").write_text("id,base\nA,nowhere\n")
    sweep(paths, tmp_path / "out.jsonl", workers=1)
    line = json.loads((tmp_path / "out.jsonl").read_text())
    assert "nowhere" in line["refused"]
    assert line["figures"] == {}


def test_a_folder_without_a_scenario_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = CliRunner().invoke(
        rehearse_command,
        ["sweep", str(tmp_path / "empty"), "--out", str(tmp_path / "out.jsonl")],
    )
    assert done.exit_code == 1
    assert "there is no scenario in" in done.output
    assert "dutyroom rehearse vary" in done.output
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense"])
def test_a_cluster_that_does_not_answer_is_one_line_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr("dutyroom.rehearsal.comparing.sweep.CONNECT_S", 0.5)
    [path] = write_scenarios(tmp_path, 1)
    out = str(tmp_path / "out.jsonl")
    done = CliRunner().invoke(
        rehearse_command, ["sweep", str(path), "--out", out, "--cluster", address]
    )
    assert done.exit_code == 1, done.exception
    line = done.stderr.strip().splitlines()[-1]
    assert f"no Dask scheduler answers at {address}" in line
    assert "leave out --cluster" in line


def test_a_cluster_has_workers_of_its_own(tmp_path: Path) -> None:
    [path] = write_scenarios(tmp_path, 1)
    out = str(tmp_path / "out.jsonl")
    said = ["sweep", str(path), "--out", out, "--cluster", "tcp://127.0.0.1:9", "--workers", "2"]
    done = CliRunner().invoke(rehearse_command, said)
    assert done.exit_code == 2
    assert "--workers" in done.output
    assert "leave out one of the two" in done.output


@pytest.mark.slow
def test_a_cluster_without_a_worker_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dutyroom.rehearsal.comparing.sweep.CONNECT_S", 2.0)
    paths = write_scenarios(tmp_path, 1)
    with (
        LocalCluster(n_workers=0, dashboard_address=None, processes=False) as cluster,
        pytest.raises(NoCluster, match="has no worker"),
    ):
        sweep(paths, tmp_path / "out.jsonl", cluster=cluster.scheduler_address)


@pytest.mark.slow
def test_a_cluster_that_goes_away_leaves_what_was_finished(tmp_path: Path) -> None:
    paths, results = write_scenarios(tmp_path, 12), tmp_path / "out.jsonl"
    cluster = LocalCluster(
        n_workers=1, threads_per_worker=1, dashboard_address=None, processes=True
    )

    def away(_done: int, _of: int) -> None:
        cluster.close()

    with pytest.raises(WorkersLost, match="give the same command again"):
        sweep(paths, results, cluster=cluster.scheduler_address, progress=away)
    kept = len(read_results(results))
    assert 1 <= kept < len(paths)
    assert sweep(paths, results, workers=1) == len(paths) - kept


@pytest.mark.slow
def test_a_process_that_is_ended_leaves_what_was_finished(tmp_path: Path) -> None:
    paths, results = write_scenarios(tmp_path, 12), tmp_path / "out.jsonl"

    def end(_done: int, _of: int) -> None:
        for child in multiprocessing.active_children():
            child.kill()

    with pytest.raises(WorkersLost, match="fewer --workers"):
        sweep(paths, results, workers=1, progress=end)
    kept = len(read_results(results))
    assert 1 <= kept < len(paths)
    assert sweep(paths, results, workers=1) == len(paths) - kept


def test_a_sweep_may_be_asked_for_where_an_event_loop_runs(tmp_path: Path) -> None:
    """As in a notebook; in a thread, since the browser's tests leave a loop running in this one."""

    async def notebook() -> None:
        with pytest.raises(NoCluster, match="no Dask scheduler answers"):
            sweep(write_scenarios(tmp_path, 1), tmp_path / "out.jsonl", cluster="nonsense")

    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(notebook())).result()
