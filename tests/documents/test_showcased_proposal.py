"""The proposal that the README shows is one that helps: the rehearsal beside it says so."""

import re
from pathlib import Path

import pytest
from tests.harness.terminal import Terminal

pytestmark = pytest.mark.deep  # as slow blocks of the documentation
README = Path(__file__).resolve().parents[2] / "README.md"


def test_the_rehearsal_speaks_for_the_proposal_that_the_readme_shows(tmp_path: Path) -> None:
    text = README.read_text(encoding="utf-8")
    generate = re.search(r"^dutyroom pack generate CITY", text, re.MULTILINE)
    today = re.search(r"^echo .*> today\.json$", text, re.MULTILINE)
    proposal = re.search(r"^dutyroom rehearse propose .*?(?= +#|$)", text, re.MULTILINE)
    assert generate
    assert today
    assert proposal
    terminal = Terminal(tmp_path / "here")
    for line in (generate[0], today[0]):
        terminal.must(line)
    assert "the rehearsal speaks for it" in terminal.must(proposal[0])
