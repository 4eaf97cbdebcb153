"""What stands after ``dutyroom rehearse``: a command, or a dataset."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from dutyroom.cli.rehearse import rehearse


def test_a_name_that_is_neither_command_nor_dataset_is_said_to_be_neither(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUTYROOM_HOME", str(tmp_path))
    done = CliRunner().invoke(rehearse, ["nosuch"])
    assert done.exit_code == 2
    assert "no command and no dataset 'nosuch'" in done.output
    assert "dutyroom calls list" in done.output
    unknown = CliRunner().invoke(rehearse, ["--nosuch"])
    assert "No such option" in unknown.output
