"""What the commands of ``dutyroom member`` do, each with the line that says so. The room is ready
(`serving.prepare`). Raises `Cannot`."""

import re
import unicodedata
from collections.abc import Callable, Collection
from typing import Any, Final

from django.db import IntegrityError

from dutyroom.actions.leaving import left_with, release_all
from dutyroom.core.text import counted, halves
from dutyroom.domain.orgs import within
from dutyroom.domain.units.crews import person_key
from dutyroom.domain.values import LONGEST_UNIT
from dutyroom.projections.packs import adopted_hash, load
from dutyroom.site.cannot import Cannot
from dutyroom.site.members import end_sessions, new_token
from dutyroom.site.models import Member
from dutyroom.site.passwords import weakness

type AskPassword = Callable[[str | None], str]
"""Asks for a password; given why the one before was too weak."""
OFFICER: Final = "field_officer"
GATEWAY: Final = "gateway"
PARTNER: Final = "partner"
AT_STATIONS: Final = frozenset({"station_command", "station_officer"})
SPECIALIST: Final = "desk_specialist"
NEEDS_ORG: Final = AT_STATIONS | {SPECIALIST}
"""Who would see the whole room without an organisation of their own."""
FALLS_BACK: Final = {
    "task": ("task", "the team"),
    "matter": ("dispute", "the team"),
    "desk_request": ("request", "the desk"),
    "call_back": ("follow-up call", "the list"),
    "supervision_order": ("supervision order", "its organisation"),
    "handover": ("desk handover", "who offered it"),
}
"""What is said of the records that a member had."""
LOST: Final = {
    "task": ("task", "give {them} to another organisation in the room"),
    "matter": ("dispute", "give {them} to another organisation in the room"),
    "desk_request": ("desk request", "withdraw {them} in the room, and ask another desk"),
    "supervision_order": ("supervision order", "withdraw {them} in the room, and order anew"),
    "referral": ("referral", "recall {them} in the room, or end {them} where {they} came back"),
}
"""What work is called that lies with an organisation which a new pack lacks, and what to do."""
_NAME: Final = re.compile(r"[\w.@+-]{1,40}")
_LONGEST_TITLE: Final = 80
_OURS: Final = frozenset({"operator"})
"""Who acts in the journal without being a member."""


def must_be_new(name: str) -> None:
    """Refuse a name that is taken, naming the commands that change a member, or can't be one."""
    if not _NAME.fullmatch(name) or name in _OURS:
        raise Cannot(
            f"{name!r} can't be a staff number: up to 40 letters, digits and . _ @ + -"
            + (", and not a name of the system's own" if name in _OURS else "")
        )
    if name != (plain := unicodedata.normalize("NFKC", name)):
        raise Cannot(f"{name} can't be typed everywhere as it is written here: choose {plain}")
    found = Member.objects.filter(name=name).first()
    if found is None:
        _must_stand_apart(name)
        return
    if found.role == GATEWAY:
        raise Cannot(f"{name} is there already, as a gateway: choose another name")
    raise Cannot(
        f"{name} is there already, as {found.role}. To change it: dutyroom member role {name} "
        f"ROLE, dutyroom member password {name}, dutyroom member title {name} TITLE"
    )


def _must_stand_apart(name: str) -> None:
    """Refuse a name that differs from another one in case only: nobody hears the difference."""
    like = person_key(name)
    for other in Member.objects.values_list("name", flat=True):
        if person_key(other) == like:
            raise Cannot(f"{name} looks like {other}, who is there already: choose another name")


def own_unit(name: str, role: str, unit: str) -> None:
    """Refuse an officer without a unit, or with one that the pack in force doesn't have."""
    if role != OFFICER:
        if unit:
            raise Cannot(f"--unit is for a {OFFICER} only; {name} is to be a {role}")
        return
    if not unit:
        raise Cannot(f"a {OFFICER} needs --unit, the unit that they are signed in for")
    hash_ = adopted_hash()
    units = [one.id for one in load(hash_).units] if hash_ else [unit]
    if unit not in units or len(unit) > LONGEST_UNIT:
        some = ", ".join(units[:8]) + (", ..." if len(units) > 8 else "")
        raise Cannot(
            f"the city pack in force has no unit {unit!r}; it has {some}"
            if hash_
            else f"a unit's id has at most {LONGEST_UNIT} characters"
        )


def own_org(name: str, role: str, org: str) -> None:
    """Refuse whoever needs one, such as those at a station, without one; a partner needs one of
    that level."""
    if role == PARTNER and not org:
        raise Cannot(
            f"a {role} needs the partner organisation that {name} works for: dutyroom member add "
            f"{name} {role} --org ORG, or dutyroom member org {name} ORG"
        )
    if role == PARTNER and not is_partner(org):
        raise Cannot(f"{org} is no organisation of the level partner: name one that is")
    if role in NEEDS_ORG and not org:
        raise Cannot(
            f"a {role} needs an organisation that {name} works for: dutyroom member add {name} "
            f"{role} --org ORG, or dutyroom member org {name} ORG"
        )


def is_partner(path: str) -> bool:
    """Whether an organisation of the pack in force, by its path, is a partner."""
    hash_ = adopted_hash()
    orgs = load(hash_).orgs if hash_ else ()
    return any(one.path == path and one.level == "partner" for one in orgs)


def path_for(org: str) -> str:
    """The path of an organisation of the pack in force, by its id or path; "" for none."""
    if not org:
        return ""
    hash_ = adopted_hash()
    if hash_ is None:
        raise Cannot("no city pack with organisations was adopted yet: dutyroom pack adopt FOLDER")
    orgs = load(hash_).orgs
    found = next((one.path for one in orgs if org in (one.id, one.path)), None)
    if found is None:
        some = ", ".join(one.id for one in orgs[:8]) + (", ..." if len(orgs) > 8 else "")
        raise Cannot(f"the city pack in force has no organisation {org!r}; it has {some}")
    return found


def title_for(title: str) -> str:
    """A title, perhaps in two languages, that the database can hold."""
    shown = halves(title)
    if max(len(shown.en), len(shown.zh)) > _LONGEST_TITLE or not title.isprintable():
        raise Cannot(f"a title has at most {_LONGEST_TITLE} characters, all on one line")
    return title


def chosen_password(given: str | None, name: str, ask: AskPassword) -> str:
    """The password given, or asked for until it is good enough. Refuses a weak one given."""
    if given is not None:
        if why := weakness(given, name):
            raise Cannot(why)
        return given
    why = None
    while True:
        asked = ask(why)
        why = weakness(asked, name)
        if why is None:
            return asked


def add(
    name: str, role: str, title: str, unit: str, org: str, password: str | None, ask: AskPassword
) -> str:
    """Make a member. What can be refused is refused before the password is asked for."""
    must_be_new(name)
    own_unit(name, role, unit)
    title, path = title_for(title), path_for(org)
    own_org(name, role, path)
    chosen = chosen_password(password, name, ask)
    must_be_new(name)  # still: typing a password takes a while
    try:
        Member.objects.make(name, role, chosen, title=title, unit=unit, org=path)
    except IntegrityError:
        must_be_new(name)
        raise
    where = (f" of {unit}" if unit else "") + (f", for {path}" if path else "")
    return f"{name} can sign in as {role}{where}"


def change_role(name: str, role: str, unit: str) -> str:
    """Another role, or another unit of an officer; who is signed in signs in anew."""
    member = _person(name)
    own_unit(name, role, unit)
    own_org(name, role, member.org)
    if (member.role, member.unit) == (role, unit):
        return f"{name} is {_as(member)} already: {_settled(member)}"
    before = _as(member)
    member.role, member.unit = role, unit
    member.save(update_fields=["role", "unit"])
    end_sessions(member)
    left = _leave(member)
    return f"{name} is {_as(member)} now, no longer {before}, and has to sign in again{left}"


def change_org(name: str, org: str) -> str:
    """Another organisation, or the whole room; who is signed in signs in anew. A gateway's token
    stays good."""
    member = _member(name)
    path = path_for(org)
    if member.org == path:
        return f"{name} is of {_org(path)} already: {_settled(member)}"
    own_org(name, member.role, path)
    before = _org(member.org)
    member.org = path
    member.save(update_fields=["org"])
    end_sessions(member)
    again = "" if member.role == GATEWAY else ", and has to sign in again"
    left = _leave(member)
    return f"{name} is of {_org(path)} now, no longer of {before}{again}{left}"


def of_no_org(paths: Collection[str]) -> list[str]:
    """What to do about open work and members whose organisation isn't among these: a line for
    each."""
    work = [_lost(org, kind, count) for org, kind, count in left_with(paths)]
    found = Member.objects.exclude(org="").exclude(org__in=paths).order_by("name")
    return [
        f"{one.name} is of {one.org}, which this pack doesn't have: dutyroom member org {one.name} "
        "ORG"
        for one in found
    ] + work


def _lost(org: str, kind: str, count: int) -> str:
    one, remedy = LOST[kind]
    them, they = ("it", "it") if count == 1 else ("them", "they")
    what = remedy.format(them=them, they=they)
    return f"{counted(count, 'open ' + one)} of {org}, which this pack doesn't have: {what}"


def change_skills(name: str, skills: Collection[str]) -> str:
    """Other skills of a specialist, each of those that the desks of their organisation list."""
    member = _person(name)
    if member.role != SPECIALIST:
        raise Cannot(f"skills are those of a {SPECIALIST}; {name} is {_as(member)}")
    hash_ = adopted_hash()
    desks = load(hash_).desks if hash_ else ()
    known = [skill.code for desk in desks if within(desk.org, member.org) for skill in desk.skills]
    for one in skills:
        if one not in known:
            there = ", ".join(known) or "none"
            raise Cannot(f"the desks of {_org(member.org)} have no skill {one!r}: {there}")
    member.skills = " ".join(dict.fromkeys(skills))
    member.save(update_fields=["skills"])
    return f"{name} has the skills: {member.skills}" if skills else f"{name} has no skills listed"


def change_title(name: str, title: str) -> str:
    """Another name to show to colleagues."""
    member = _member(name)
    shown = halves(title_for(title) or name)
    member.title, member.title_zh = shown.en, shown.zh
    member.save(update_fields=["title", "title_zh"])
    return f"{name} is shown as {_shown(member)}"


def change_password(name: str, password: str | None, ask: AskPassword) -> str:
    """Another password; who is signed in with the old one signs in anew."""
    member = _person(name)
    member.set_password(chosen_password(password, name, ask))
    member.save(update_fields=["password"])
    end_sessions(member)
    return f"{name} has a new password, and has to sign in again"


def set_active(name: str, active: bool) -> str:
    """Let a member in, or no longer. What they did stays in the journal under their name."""
    member = _member(name)
    state = "enabled" if active else "disabled"
    if member.is_active == active:
        return f"{name} is {state} already: {_settled(member)}"
    member.is_active = active
    member.save(update_fields=["is_active"])
    if not active:
        end_sessions(member)
    gone = "" if active else ": signed out, and can't come back in"
    return f"{name} is {state}{gone}{_leave(member)}"


def sign_out(name: str) -> str:
    """End every session of a member; they may sign in again."""
    end_sessions(_person(name))
    return f"{name} is signed out everywhere, and may sign in again"


def gateway_token(name: str, org: str) -> str:
    """A new token for a gateway, which is made if need be; the old one no longer works. Without
    ``org`` one that is there stays of the organisation that it is of."""
    member, path = Member.objects.filter(name=name).first(), path_for(org)
    if member is None:
        must_be_new(name)
        member = Member(name=name, role=GATEWAY, title=name, title_zh=name, org=path)
        member.set_unusable_password()
        member.save()
    if member.role != GATEWAY:
        raise Cannot(f"{name} is {_as(member)}, no gateway: choose another name")
    if not member.is_active:
        raise Cannot(f"{name} is disabled: first dutyroom member enable {name}")
    if path:
        member.org = path
        member.save(update_fields=["org"])
    return new_token(member)


def everybody() -> list[dict[str, Any]]:
    """Members as `member list` shows them, by name."""
    return [
        {
            "name": one.name,
            "role": one.role,
            "unit": one.unit or None,
            "org": one.org or None,
            "state": "active" if one.is_active else "disabled",
            "title": _shown(one),
        }
        for one in Member.objects.order_by("name")
    ]


def _settled(member: Member) -> str:
    """Of somebody of whom nothing changes: what was left to do, if the machine stopped when it
    did."""
    if not member.is_active:
        end_sessions(member)
    return f"nothing changed{_leave(member)}"


def _leave(member: Member) -> str:
    """What a member may no longer have falls back to its teams and desks; how much that is."""

    def keeps(org: str, roles: Collection[str]) -> bool:
        works = member.is_active and member.role in roles
        return works and within(org, member.org)

    counts = release_all(member.name, keeps)
    return "".join(f"; {_falls_back(name, count)}" for name, count in counts.items())


def _falls_back(name: str, count: int) -> str:
    one, where = FALLS_BACK[name]
    return (
        f"{count} {one} falls back to {where}"
        if count == 1
        else f"{count} {one}s fall back to {where}"
    )


def _as(member: Member) -> str:
    return f"{member.role} of {member.unit}" if member.unit else str(member.role)


def _org(path: str) -> str:
    return path or "the whole room"


def _shown(member: Member) -> str:
    shown = member.shown
    return shown.en if shown.en == shown.zh else f"{shown.en} / {shown.zh}"


def _member(name: str) -> Member:
    member = Member.objects.filter(name=name).first()
    if member is None:
        raise Cannot(f"there is no member {name!r}: see dutyroom member list")
    return member


def _person(name: str) -> Member:
    """A member with a role and a password."""
    member = _member(name)
    if member.role == GATEWAY:
        raise Cannot(
            f"{name} is a gateway: it has a token (dutyroom member token {name}) and stays one"
        )
    return member
