"""Wheel and sdist: whoever installs them, anywhere, has the whole product, console included."""

import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.harness.terminal import PASSWORD, Terminal

ROOT = Path(__file__).resolve().parents[2]
UV = ROOT / ".tools" / "bin" / "uv"

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]


def build(root: Path, out: Path, *targets: str) -> Path:
    """What hatchling makes of a source tree, in ``out``."""
    what = [part for target in targets for part in ("-t", target)]
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(out), *what]
    done = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return out


def content(wheel: Path) -> dict[str, int]:
    """The checksum of each of its files; the record at its end lists the same."""
    with zipfile.ZipFile(wheel) as opened:
        return {one.filename: one.CRC for one in opened.infolist()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from django.conf import settings

    if not (settings.CONSOLE / "index.html").is_file():
        pytest.fail("the console has not been built: make console")
    return build(ROOT, tmp_path_factory.mktemp("dist"))


def test_the_sdist_builds_the_same_wheel(built: Path, tmp_path: Path) -> None:
    [sdist] = built.glob("*.tar.gz")
    [wheel] = built.glob("*.whl")
    with tarfile.open(sdist) as opened:
        opened.extractall(tmp_path, filter="data")
    [source] = tmp_path.iterdir()
    [again] = build(source, tmp_path / "again", "wheel").iterdir()
    assert content(again) == content(wheel)
    names = content(wheel).keys()
    assert "dutyroom/site/console/index.html" in names
    assert not [name for name in names if "node_modules" in name or name.endswith(".stamp")]


def test_without_the_console_nothing_is_built(built: Path, tmp_path: Path) -> None:
    [sdist] = built.glob("*.tar.gz")
    with tarfile.open(sdist) as opened:
        opened.extractall(tmp_path, filter="data")
    [source] = tmp_path.iterdir()
    (source / "src" / "dutyroom" / "site" / "console" / "index.html").unlink()
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(tmp_path / "none")]
    done = subprocess.run(command, cwd=source, check=False, capture_output=True, text=True)
    assert done.returncode != 0
    assert "make console" in done.stderr
    assert not list(tmp_path.glob("none/*"))


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment, where the wheel is and this checkout isn't."""
    folder = tmp_path_factory.mktemp("installed")
    [wheel] = built.glob("*.whl")
    python = folder / "env" / "bin" / "python"
    for command in (
        ["venv", "-q", "--offline", "--python", sys.executable, str(folder / "env")],
        ["pip", "install", "-q", "--offline", "--no-deps", "--python", str(python), str(wheel)],
    ):
        subprocess.run([UV, *command], cwd=folder, check=True)
    # The packages that it depends on are those of this environment. Path files in there aren't
    # followed, so that the checkout, which is installed by one, stays out.
    [packages] = folder.glob("env/lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def test_an_installed_room_opens_in_the_browser(
    installed: Path, browser: Browser, tmp_path: Path
) -> None:
    person = Terminal(tmp_path / "elsewhere", program=str(installed))
    where = person.must("python -c 'import dutyroom; print(dutyroom.__file__)'")
    assert where.startswith(str(installed.parents[1])), where
    assert person.must("python -m dutyroom --version") == person.must("dutyroom --version")
    person.must("python -m dutyroom pack generate CITY --nodes 800 --units 20")
    person.must("dutyroom pack adopt CITY")
    person.must("dutyroom member add 1017 dispatcher")
    with person.serving("dutyroom serve") as address:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{address}/sign-in?nomap")
        page.get_by_label("Staff number").fill("1017")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{address}/dispatch")
        expect(page.get_by_text("Live").first).to_be_visible()
        page.close()
