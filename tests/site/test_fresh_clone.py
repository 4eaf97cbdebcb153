"""What README shows first: a clone, and `make demo`."""

import os
import signal
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from bench.serving import free_port
from tests.harness.commands import environment
from tests.harness.terminal import session

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 1800
"""Packages are installed and the console is built."""


@pytest.mark.deep
def test_make_demo_opens_a_room_in_a_fresh_clone(tmp_path: Path) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone")
    clone = tmp_path / "dutyroom"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    port, log = free_port(), tmp_path / "log"
    with log.open("w") as out:
        make = subprocess.Popen(
            ["make", "demo", f"PORT={port}"], cwd=clone, env=environment(None), stdout=out,
            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    address, until = f"http://127.0.0.1:{port}", time.monotonic() + PATIENCE_S
    try:
        while (said := _session(address)) is None:
            assert make.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.5)
        assert said["room"]["kind"] == "demo"
        assert {"taker", "dispatcher"} <= {one["name"] for one in said["demo_logins"]}
        with urllib.request.urlopen(f"{address}/sign-in", timeout=60) as page:
            assert b'<div id="app"' in page.read()
        assert (clone / ".home" / "rooms" / "demo").is_dir()
    finally:
        os.killpg(make.pid, signal.SIGINT)  # Ctrl-C
        make.wait(timeout=60)
    assert "everything is kept" in log.read_text()


def _session(address: str) -> Any:
    try:
        return session(address)
    except OSError:
        return None
