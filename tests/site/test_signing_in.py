"""Tries to sign in: few are hashed, strangers wait, and the owner gets in all the same."""

import subprocess
import sys
import threading
from collections import Counter
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test import Client
from django.utils.module_loading import import_string
from tests.harness.rooms import TestRoom

from dutyroom.site import settings

pytestmark = [pytest.mark.db, pytest.mark.deep_on_postgresql]
PASSWORD = "a-good-password"
NOW_MS = 1_800_000_000_000
STRANGER, OWNER, OTHER = "203.0.113.9", "203.0.113.9", "198.51.100.7"
"""The stranger sits behind the same address as the owner."""


@pytest.fixture(autouse=True)
def owner(room: TestRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """A member, in a room where the time stands still: no wait is over by chance."""
    from dutyroom.site import signing_in
    from dutyroom.site.models import Member

    Member.objects.enrol("owner", "dispatcher", PASSWORD)
    monkeypatch.setattr(signing_in, "now_ms", lambda: NOW_MS)


def client(address: str) -> Client:
    return Client(headers={"host": "localhost"}, REMOTE_ADDR=address)


def try_in(one: Client, password: str, name: str = "owner") -> int:
    body = {"name": name, "password": password}
    return one.post("/api/session", body, content_type="application/json").status_code


def test_the_hash_costs_no_less_than_owasp_asks() -> None:
    """OWASP's password storage cheat sheet: Argon2id with 19 MiB, two passes, one lane."""
    [product] = settings.PASSWORD_HASHERS
    hasher = import_string(product)()
    assert isinstance(hasher, Argon2PasswordHasher)
    assert hasher.memory_cost >= 19 * 1024
    assert hasher.time_cost >= 2
    assert hasher.parallelism >= 1


@pytest.mark.each_commit
def test_many_tries_at_once_are_counted_before_they_are_hashed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from dutyroom.site.signing_in import FREE_TRIES, HASHES_AT_ONCE

    guard = threading.Lock()
    running = most = hashed = 0
    verify = Argon2PasswordHasher.verify

    def watched(self: Argon2PasswordHasher, password: str, encoded: str) -> bool:
        nonlocal running, most, hashed
        with guard:
            running, hashed = running + 1, hashed + 1
            most = max(most, running)
        try:
            return verify(self, password, encoded)
        finally:
            with guard:
                running -= 1

    monkeypatch.setattr(Argon2PasswordHasher, "verify", watched)
    statuses: Counter[int] = Counter()

    def stranger() -> None:
        statuses[try_in(client(STRANGER), "wrong")] += 1
        connection.close()

    threads = [threading.Thread(target=stranger) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(statuses) == {403, 429}
    assert statuses[403] == hashed == FREE_TRIES
    assert most <= HASHES_AT_ONCE


def test_a_stranger_cannot_lock_the_owner_out() -> None:
    device = client(OWNER)
    assert try_in(device, PASSWORD) == 200
    assert [try_in(client(STRANGER), "wrong") for _ in range(12)][-1] == 429
    assert try_in(device, PASSWORD) == 200, "at a device that is known"
    assert try_in(client(OTHER), PASSWORD) == 200, "or at another address"
    assert try_in(client(STRANGER), PASSWORD) == 429


def test_a_known_device_is_slowed_down_too_and_a_forged_one_is_not_known() -> None:
    device = client(OWNER)
    assert try_in(device, PASSWORD) == 200
    assert [try_in(device, "wrong") for _ in range(7)][-1] == 429
    forged = client(OTHER)
    for name, morsel in device.cookies.items():
        forged.cookies[name] = f"{morsel.value}x"
    assert [try_in(forged, "wrong") for _ in range(7)][-1] == 429
    assert try_in(client(OTHER), PASSWORD) == 429


def test_one_address_can_not_go_through_all_the_names() -> None:
    from dutyroom.site.signing_in import ADDRESS_TRIES, Allowance, take

    one = [Allowance("address", ADDRESS_TRIES)]
    for number in range(ADDRESS_TRIES):
        assert take([Allowance(f"pair {number}", 5), *one], 1_000_000) == 0
    assert take([Allowance("pair more", 5), *one], 1_000_000) > 0


TRY_TWENTY = """
import sys
from dutyroom.site.serving import configure
configure()
from dutyroom.site.signing_in import FREE_TRIES, Allowance, take
print("ready", flush=True)
sys.stdin.readline()
print(sum(take([Allowance("pair", FREE_TRIES)], 1_000_000) == 0 for _ in range(20)))
"""


@pytest.mark.each_commit
def test_two_processes_count_together() -> None:
    from dutyroom.site.signing_in import FREE_TRIES

    processes = [
        subprocess.Popen(
            [sys.executable, "-c", TRY_TWENTY], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(2)
    ]
    for one in processes:
        assert one.stdout is not None
        assert one.stdout.readline() == b"ready\n"
    for one in processes:
        assert one.stdin is not None
        one.stdin.write(b"go\n")
        one.stdin.flush()
    passed = [int(one.communicate(timeout=300)[0]) for one in processes]
    assert sum(passed) == FREE_TRIES, passed


def test_the_wait_grows_to_half_a_minute_and_is_over_after_five() -> None:
    from dutyroom.site.signing_in import FORGET_MS, FREE_TRIES, LONGEST_WAIT_S, Allowance, take

    pair, now, waits = [Allowance("pair", FREE_TRIES)], 1_000_000, []
    for _ in range(FREE_TRIES + 8):
        wait_s = take(pair, now)
        waits.append(wait_s)
        now += wait_s * 1_000
        if wait_s:
            assert take(pair, now) == 0
    assert waits[:FREE_TRIES] == [0] * FREE_TRIES
    assert waits[FREE_TRIES:] == sorted(waits[FREE_TRIES:])
    assert max(waits) == LONGEST_WAIT_S
    assert take(pair, now + FORGET_MS + 1) == 0


@pytest.mark.each_commit
def test_what_is_kept_of_a_try_names_nobody_and_goes() -> None:
    from dutyroom.site.models import SignInTry

    try_in(client(STRANGER), "wrong")
    [pair, address] = SignInTry.objects.values_list("key", flat=True)
    assert "owner" not in pair + address
    assert STRANGER not in pair + address
    SignInTry.objects.update(last_ms=0)
    assert try_in(client(OTHER), PASSWORD) == 200
    assert {one.last_ms > 0 for one in SignInTry.objects.all()} <= {True}


@pytest.mark.each_commit
def test_two_at_one_known_device_at_once_are_both_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first one is right, and its tries are forgotten just when the second one is counted."""
    from dutyroom.site.models import SignInTry

    device, count = client(OWNER), SignInTry.objects.bulk_create
    assert try_in(device, PASSWORD) == 200

    def then_forgotten(*args: Any, **kwargs: Any) -> Any:
        found = count(*args, **kwargs)
        SignInTry.objects.all().delete()
        return found

    monkeypatch.setattr(SignInTry.objects, "bulk_create", then_forgotten)
    assert try_in(device, PASSWORD) == 200
