"""The room that the browser looks at: the real server, a telephone that rings, and its journal."""

import csv
import http.client
import json
import time
import uuid
from functools import cache
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from tests.harness.server import Server, signed_in

OPEN_STATES = ("dispatched", "en_route", "on_scene", "transporting", "at_facility")


class Room(Server):
    """The server in a home of its own, and everything that happens there without a screen."""

    def __init__(self, folder: Path, *, other: bool = False) -> None:
        super().__init__(folder, "", prepare="tests.browser.prepare", other=other)
        self.token = self.prepared.strip().splitlines()[-1]
        self.folder = folder
        self.base = f"http://127.0.0.1:{self.port}"
        with (folder / "city" / "places.csv").open(encoding="utf-8") as file:
            self.places = list(csv.DictReader(file))
        self.headers = cache(lambda name: signed_in(self.port, name))
        self.board("dispatcher")

    def cookies(self, name: str) -> list[dict[str, str]]:
        """The session of a member, for a browser."""
        morsels = SimpleCookie(self.headers(name)["Cookie"]).values()
        return [{"name": one.key, "value": one.value, "url": self.base} for one in morsels]

    def ask(self, method: str, path: str, headers: dict[str, str], body: Any = None) -> Any:
        """The answer of the server, which must be a 200."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, path, json.dumps(body) if body else None, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            assert answer.status == 200, f"{method} {path}: {answer.status} {text}"
            return json.loads(text)
        finally:
            connection.close()

    def get(self, name: str, path: str) -> Any:
        return self.ask("GET", path, self.headers(name))

    def act(self, name: str, verb: str, **command: Any) -> Any:
        """An action of a member, beside the screen."""
        body = {"action": str(uuid.uuid4()), "command": command}
        return self.ask("POST", f"/api/actions/{verb}", self.headers(name), body)

    def machine(self, path: str, body: Any) -> Any:
        """A request of the telephone gateway."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        return self.ask("POST", path, headers, body)

    def ring(self, line: str, number: str = "13800000000") -> str:
        """A line rings; returns the call's id."""
        call = str(uuid.uuid4())
        command = {"call": call, "line": line, "number": number}
        body = {"action": str(uuid.uuid4()), "command": command}
        self.machine("/api/actions/call.receive", body)
        return call

    def board(self, name: str = "dispatcher") -> Any:
        return self.get(name, "/api/board")

    def unit(self, unit: str) -> Any:
        return next(row for row in self.board()["units"] if row["id"] == unit)

    def incident(self, incident: str) -> Any:
        return next(row for row in self.board()["incidents"] if row["id"] == incident)

    def place_at(self, unit: str, at: int) -> None:
        """The unit reports that it stands at a place of the city."""
        lon, lat = (float(self.places[at][axis]) for axis in ("lon", "lat"))
        now_ms = time.time_ns() // 1_000_000
        # It may have been anywhere a moment ago: three in a row that agree are believed.
        positions = [
            {"unit": unit, "lon": lon, "lat": lat, "at_ms": now_ms - back} for back in (2, 1, 0)
        ]
        assert self.machine("/api/positions", {"positions": positions})["accepted"] >= 1

    def open_incident(
        self, category: str = "POL-THEFT", *, at: int = 0, priority: int = 3, label: str = ""
    ) -> Any:
        """An open incident at one of the city's places; its row on the board."""
        incident, place = str(uuid.uuid4()), self.places[at]
        self.act(
            "taker",
            "incident.open",
            incident=incident,
            category=category,
            priority=priority,
            place={
                "lon": float(place["lon"]),
                "lat": float(place["lat"]),
                "label": label or place["name_en"],
                "kind": "place",
            },
        )
        return self.incident(incident)

    def call_in(self, number: str, category: str = "POL-THEFT") -> Any:
        """An open incident that somebody called in; its row on the board."""
        call = self.ring("110-1", number)
        self.act("taker", "call.claim", call=call)
        incident = self.open_incident(category)
        self.act("taker", "incident.link_call", incident=incident["id"], call=call)
        self.act("taker", "call.end", call=call)
        return incident

    def close(self, incident: Any) -> None:
        disposition = {"incident": incident["id"], "disposition": "resolved"}
        self.act("dispatcher", "incident.set_disposition", **disposition)
        self.act("dispatcher", "incident.close", incident=incident["id"])

    def post_notice(self, text: str, *, minutes: int = 60, **more: Any) -> str:
        """A dispatcher posts a notice; its id."""
        notice, until_ms = str(uuid.uuid4()), time.time_ns() // 1_000_000 + minutes * 60_000
        self.act("dispatcher", "notice.post", notice=notice, text=text, until_ms=until_ms, **more)
        return notice

    def offer_task(self, incident: Any, text: str = "Ask the neighbours", **more: Any) -> str:
        """A dispatcher offers a task on an incident to who looks after it; its id."""
        task = str(uuid.uuid4())
        command = {"incident": incident["id"], "kind": "visit", "org": incident["org"], **more}
        self.act("dispatcher", "task.offer", task=task, text=text, **command)
        return task

    def ask_desk(self, incident: Any, text: str = "Account 6222", **more: Any) -> str:
        """A dispatcher asks a specialist desk about an incident; the id of the request."""
        desk_request = str(uuid.uuid4())
        asked = {"incident": incident["id"], "desk": "antifraud", "offer": "stop-payment", **more}
        self.act("dispatcher", "desk_request.ask", desk_request=desk_request, text=text, **asked)
        return desk_request

    def begin_joint(self, incident: Any) -> str:
        """A dispatcher begins a joint operation of the station and a desk; its id."""
        joint = str(uuid.uuid4())
        orgs = [incident["org"], "lanchuan/antifraud"]
        begun = {"incident": incident["id"], "orgs": orgs, "text": "Find the boat"}
        self.act("dispatcher", "joint_operation.begin", joint_operation=joint, **begun)
        return joint

    def task(self, task: str) -> Any:
        return next(row for row in self.board()["tasks"] if row["id"] == task)

    def give_order(self, incident: Any, text: str = "Go there again", **more: Any) -> str:
        """A supervisor gives who looks after an incident an order on it; its id."""
        order = str(uuid.uuid4())
        command = {"incident": incident["id"], "org": incident["org"], "text": text, **more}
        self.act("supervisor", "supervision_order.give", supervision_order=order, **command)
        return order

    def send(self, incident: str, unit: str) -> str:
        """Dispatch a unit; returns the assignment's id."""
        assignment = str(uuid.uuid4())
        units = [{"assignment": assignment, "unit": unit}]
        self.act("dispatcher", "incident.dispatch", incident=incident, units=units)
        return assignment

    def journal(self, type_: str, after: int = 0) -> list[Any]:
        """The entries of a type (without its version) after a position."""
        found: list[Any] = []
        while page := self.get("auditor", f"/api/audit/entries?after={after}&limit=500")["entries"]:
            found += [entry for entry in page if entry["type"].startswith(f"{type_}.v")]
            after = page[-1]["position"]
        return found

    def tidy(self) -> None:
        """Ends what a test has begun, as people would: the next one finds a quiet room."""
        board = self.board()
        for call in board["calls"]:
            if call["state"] == "ended":
                continue
            if call["state"] != "claimed":
                self.act("taker", "call.claim", call=call["id"])
            end = {"call": call["id"]} | (
                {} if call["incident"] else {"no_incident_reason": "test"}
            )
            self.act(call["claimed_by"] or "taker", "call.end", **end)
        for handover in board["handovers"]:
            if handover["state"] == "offered":
                self.act(handover["by"], "desk.cancel_handover", handover=handover["id"])
        for handover in board["station_handovers"]:
            cancel = {"station_handover": handover["id"]}
            self.act("supervisor", "station.cancel_handover", **cancel)
        for notice in board["notices"]:
            self.act("dispatcher", "notice.withdraw", notice=notice["id"])
        self._withdraw_tasks()
        for spot in board["spots"]:
            self.act("dispatcher", "spot.drop", spot=spot["id"])
        self._leave_partners(board)
        for request in board["desk_requests"]:
            if request["state"] != "confirmed":
                self.act("dispatcher", "desk_request.withdraw", desk_request=request["id"])
        for order in board["supervision_orders"]:
            self.act("supervisor", "supervision_order.withdraw", supervision_order=order["id"])
        for unit in board["units"]:
            self._free(unit)
        wanting = {one["id"] for one in board["loops"] if one["route"] == "approved"}
        for row in board["incidents"]:
            if row["state"] == "open":
                disposition = {"incident": row["id"], "disposition": "resolved"}
                self.act("dispatcher", "incident.set_disposition", **disposition)
                if row["id"] in wanting:
                    self.act("supervisor", "loop.approve", loop=row["id"])
                self.act("dispatcher", "incident.close", incident=row["id"])
        for one in self.board()["call_backs"]:
            said = dict.fromkeys(("attitude", "speed", "result", "solved"), "declined")
            self.act("supervisor", "call_back.claim", call_back=one["id"])
            self.act("supervisor", "call_back.answer", call_back=one["id"], **said)

    def _withdraw_tasks(self) -> None:
        while tasks := self.board()["tasks"]:  # what was joined into one that goes comes back
            for task in tasks:
                self.act("dispatcher", "task.withdraw", task=task["id"])

    def _leave_partners(self, board: Any) -> None:
        for referral in board["referrals"]:
            if referral["state"] in ("sent", "expired", "accepted", "in_progress"):
                self.act("dispatcher", "referral.recall", referral=referral["id"])
        for key in board["partner_keys"]:
            self.act("supervisor", "partner_key.revoke", partner_key=key["id"])
        for joint in board["joint_operations"]:
            if joint["state"] == "open" and not joint["open"]:
                end = {"joint_operation": joint["id"], "text": "Over"}
                self.act("dispatcher", "joint_operation.end", **end)

    def _free(self, unit: Any) -> None:
        if unit["emergency"] == "raised":
            self.act("dispatcher", "unit.acknowledge_emergency", unit=unit["id"])
        if unit["emergency"]:
            self.act("dispatcher", "unit.end_emergency", unit=unit["id"])
        if unit["assignment"]:
            on = {"incident": unit["incident"], "assignment": unit["assignment"]}
            verb, reason = "assignment.clear", "done"
            if unit["status"] == "dispatched":
                verb, reason = "assignment.cancel", "mistake"
            self.act("dispatcher", verb, **on, reason=reason)
        elif unit["status"] == "off_duty":
            self.act("dispatcher", "unit.sign_on", unit=unit["id"], crew=[f"{unit['id']}-1"])
        elif unit["status"] == "unavailable":
            self.act("dispatcher", "unit.mark_available", unit=unit["id"])
