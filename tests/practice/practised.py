"""A practice room in a process of its own, begun by the command."""

import http.client
import json
import os
import time
import uuid
from collections.abc import Callable
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from bench.serving import free_port
from tests.harness.forked import Forked

POISON = {
    "DUTYROOM_DATABASE": "postgresql://real:secret@real/real",
    "DATABASE_URL": "postgresql://real",
    "PGPASSWORD": "secret",
    "DUTYROOM_HOME": "/real",
}
"""What the real room's process may know and a practice must not."""


class Practised:
    """A practice room in its own process, begun by the command."""

    def __init__(self, base: Path, city: Path, **says: Any) -> None:
        scenario = base / "busy.json"
        scenario.write_text(json.dumps({"name": "busy", "base": str(city), "calls": 2000} | says))
        self.port = free_port()
        options = ["--port", str(self.port), "--minutes", "2", "--trainees", "2"]
        env = os.environ | POISON | {"DUTYROOM_HOME": str(base)}
        self.output = base / "practice.out"
        self.output.touch()
        self.process = Forked(
            ["practice", str(scenario), *options], env, out=self.output, err=self.output
        )
        try:
            self._wait_until_open()
        except AssertionError:  # no fixture ends what was never given to it
            self.process.kill()
            raise
        (self.folder,) = (base / "practice").iterdir()
        self.logins = json.loads((self.folder / "logins.json").read_text())

    def _wait_until_open(self) -> None:
        until = time.monotonic() + 300  # a busy machine may have to compile first
        while "nothing here is real" not in self.output.read_text():
            assert self.process.poll() is None, self.output.read_text()
            assert time.monotonic() < until, self.output.read_text()
            time.sleep(0.2)

    def eventually(self, look: Callable[[], Any]) -> Any:
        """What a look finds, once it finds something."""
        until = time.monotonic() + 60
        while not (found := look()):
            assert self.process.poll() is None, self.output.read_text()
            assert time.monotonic() < until, self.output.read_text()
            time.sleep(0.3)
        return found

    def ask(self, method: str, path: str, headers: dict[str, str], body: Any = None) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, json.dumps(body) if body else None, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, json.loads(text), answer.headers.get_all("Set-Cookie") or []

    def sign_in(self, name: str) -> dict[str, str]:
        _, answer, cookies = self.ask("GET", "/api/session", {})
        headers = _headers(cookies, answer["csrf"])
        body = {"name": name, "password": self.logins[name]}
        status, answer, cookies = self.ask("POST", "/api/session", headers, body)
        assert status == 200, answer
        return _headers(cookies, answer["csrf"])

    def act(self, headers: dict[str, str], verb: str, **command: Any) -> Any:
        body = {"action": str(uuid.uuid4()), "command": command}
        status, answer, _ = self.ask("POST", f"/api/actions/{verb}", headers, body)
        assert status == 200, (verb, answer)
        return answer


def _headers(cookies: list[str], csrf: str) -> dict[str, str]:
    morsels = SimpleCookie("; ".join(one.partition(";")[0] for one in cookies)).values()
    cookie = "; ".join(f"{one.key}={one.value}" for one in morsels)
    return {"Content-Type": "application/json", "Cookie": cookie, "X-CSRFToken": csrf}
