"""The practice room's own process; ``dutyroom practice`` becomes it."""

import json
import os
import secrets
import shutil
import signal
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click
import msgspec

from dutyroom.core.text import Text, counted
from dutyroom.machine import garbage
from dutyroom.machine.child import when_asked_to_end
from dutyroom.machine.files import write_whole
from dutyroom.practice.debrief import TRAINEE, title_of
from dutyroom.practice.launching import OPEN_MARK
from dutyroom.site.player import Process, stop_signals
from dutyroom.site.serving import configure, must_be_free, prepare, serve_with

TRAINER: Final = "trainer"


@click.group(cls=Process)
def main() -> None:
    """Serve the practice room that DUTYROOM_HOME names, or play into it."""
    garbage.seldom()


@main.command()
@click.argument("scenario")
@click.argument("host")
@click.argument("port", type=int)
@click.argument("speed", type=float)
@click.argument("trainees", type=int)
@click.argument("minutes", type=float)
@click.argument("seed", type=int)
@click.option("--ends-with-input", is_flag=True, help="End when standard input does.")
def serve(
    scenario: str,
    host: str,
    port: int,
    speed: float,
    trainees: int,
    minutes: float,
    seed: int,
    ends_with_input: bool,
) -> None:
    """Make the room, serve it, play into it, and write the debrief at the end."""
    if ends_with_input:
        when_asked_to_end(lambda: os.kill(os.getpid(), signal.SIGINT))  # as Ctrl-C would
    must_be_free(host, port)
    prepare()
    from django.conf import settings

    from dutyroom.actions.adopting import adopt
    from dutyroom.actions.clock import now_ms
    from dutyroom.citypack import PackRefused
    from dutyroom.practice import record
    from dutyroom.practice.fleet import city_of
    from dutyroom.practice.plan import NoPractice, Plan
    from dutyroom.site import rooms

    if not settings.PRACTICE:
        raise click.ClickException("this is no practice room: start one with dutyroom practice")
    folder: Path = settings.HOME.folder
    click.echo("1/3 city and scenario ...")
    try:
        path = _demo_city(folder) if scenario == "demo" else Path(scenario)
        plan = Plan(path, minutes, seed)
        city = city_of(path, plan.scenario, folder / "city")
        pack, _ = adopt(city.folder)
        calls = plan.ringing(pack)
    except (PackRefused, NoPractice) as refused:
        if not ends_with_input:  # the trainer's page still reads there what was said
            shutil.rmtree(folder)
        raise click.ClickException(f"this can't be practised: {refused}") from refused
    rooms.describe(folder.name, "practice", pack.title)
    click.echo("2/3 the engine's own figures ...")
    engine = asdict(plan.engine())
    names = tuple(f"{TRAINEE}{number + 1}" for number in range(trainees))
    logins = _enrol(names, folder)
    number = counted(len(calls), "call")
    click.echo(f"3/3 server; {number} in {minutes:g} minutes at {speed:g} x ...")
    left_out = tuple(asdict(text) for text in city.left_out)
    record.write(
        record.Practice(
            folder.name, str(path), minutes, speed, seed, now_ms(), names, engine, left_out
        )
    )
    opened = False

    def say() -> None:
        nonlocal opened
        opened = True
        _say(host, port, logins)
        for text in city.left_out:
            click.echo(f"  not in this practice 未纳入演练: {text.en} {text.zh}")

    try:
        serve_with(["dutyroom.site.practice_room", "play"], host, port, click.echo, say)
    finally:
        if opened:  # nobody practised in a room that never opened
            _write_debrief(folder)


@main.command()
def play() -> None:
    """Ring, drive and note the engine's advice until asked to stop."""
    stop = threading.Event()
    stop_signals(stop)
    configure()
    from dutyroom.actions import positions, runtime
    from dutyroom.actions.clock import now_ms
    from dutyroom.practice import record
    from dutyroom.practice.duty import duty_of
    from dutyroom.practice.plan import Plan
    from dutyroom.practice.shift import Shift

    of = record.practice()
    assert of is not None
    room = runtime.room()
    plan = Plan(Path(of.scenario), of.minutes, of.seed)
    shift = Shift(
        room,
        positions.take,
        seed=of.seed,
        speed=of.speed,
        calls=plan.ringing(room.pack),
        duty=duty_of(plan.scenario),
        begin_ms=of.begin_ms,
        advice=record.advice_file(),
    )
    shift.sign_on(now_ms())
    while not stop.wait(1.0 / min(of.speed, 4.0)):
        shift.step(now_ms())
    runtime.stop()


def _demo_city(folder: Path) -> Path:
    from dutyroom.citypack import generate_city

    city = folder / "demo"
    generate_city(city, nodes=3000, units=60, seed=1)
    return city


def _enrol(names: tuple[str, ...], folder: Path) -> dict[str, str]:
    """Trainees may answer and send; each has a password that only the trainer is shown."""
    from dutyroom.site.models import Member

    logins = {name: secrets.token_urlsafe(6) for name in (*names, TRAINER)}
    for name, password in logins.items():
        role = TRAINER if name == TRAINER else "dispatcher"
        shown = Text("Trainer", "教官") if name == TRAINER else title_of(name)
        Member.objects.enrol(name, role, password, title=f"{shown.en} / {shown.zh}")
    file = folder / "logins.json"
    file.touch(mode=0o600)
    file.write_text(json.dumps(logins), encoding="utf-8")
    return logins


def _say(host: str, port: int, logins: dict[str, str]) -> None:
    click.echo(f"\nPRACTICE 演练: http://{host}:{port}/  ({OPEN_MARK}; Ctrl-C ends it)")
    for name, password in logins.items():
        click.echo(f"  {name:<12}{password}")


def _write_debrief(folder: Path) -> None:
    from dutyroom.actions import runtime
    from dutyroom.practice import record

    of = record.practice()
    if of is None:
        return
    found = msgspec.json.format(msgspec.json.encode(record.everything(of)), indent=1)
    runtime.stop()
    file = folder / "debrief.json"
    write_whole(file, found)
    click.echo(f"debrief: {file}")


if __name__ == "__main__":
    main()
