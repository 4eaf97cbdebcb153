"""Every setting is read, does something, and is described; and there is no other one."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"DUTYROOM_[A-Z]+")
PRINT = """
import json
from dutyroom.site import settings as s
print(json.dumps({
    "home": str(s.HOME.folder),
    "engine": s.DATABASES["default"]["ENGINE"],
    "hosts": s.ALLOWED_HOSTS,
    "keyrate": s.KEY_REQUESTS_PER_MIN,
    "secure": [s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0],
}))
"""


def read_by_the_product() -> set[str]:
    return {
        name
        for file in (ROOT / "src").rglob("*.py")
        for line in file.read_text(encoding="utf-8").splitlines()
        if "environ" in line
        for name in NAME.findall(line)
    }


def settings(home: Path, **environ: str) -> dict[str, object]:
    """What a process sees that is started with these variables."""
    clean = {name: value for name, value in os.environ.items() if not NAME.match(name)}
    printed = subprocess.run(
        [sys.executable, "-c", PRINT],
        env=clean | {"DUTYROOM_HOME": str(home)} | environ,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    found: dict[str, object] = json.loads(printed)
    return found


def test_what_is_read_is_what_is_described() -> None:
    guide = (ROOT / "docs" / "guides" / "own-room.md").read_text(encoding="utf-8")
    source = (ROOT / "src" / "dutyroom" / "site" / "settings.py").read_text(encoding="utf-8")
    intro = source.split('"""')[1]
    assert read_by_the_product() == set(NAME.findall(guide)) == set(NAME.findall(intro))


@pytest.mark.parametrize(
    ("name", "value", "seen", "expected"),
    [
        ("DUTYROOM_DATABASE", "postgresql://u:p@host/name", "engine", "postgresql"),
        ("DUTYROOM_HOSTS", "room.example,other.example", "hosts", "room.example"),
        ("DUTYROOM_HTTPS", "1", "secure", "True, True, True"),
        ("DUTYROOM_KEYRATE", "7", "keyrate", "7"),
    ],
)
def test_a_setting_changes_what_it_says(
    tmp_path: Path, name: str, value: str, seen: str, expected: str
) -> None:
    assert expected not in str(settings(tmp_path)[seen])
    assert expected in str(settings(tmp_path, **{name: value})[seen])


def test_all_state_is_in_the_home(tmp_path: Path) -> None:
    assert settings(tmp_path / "here")["home"] == str(tmp_path / "here")
