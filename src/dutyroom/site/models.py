"""Members of the centre: staff who sign in, and gateways that carry a token."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from dutyroom.core.text import Text, halves
from dutyroom.domain.orgs import LONGEST_PATH
from dutyroom.policy import ROLES
from dutyroom.site.fresh import changed


class Members(BaseUserManager["Member"]):
    """Find and make members."""

    def enrol(
        self,
        name: str,
        role: str,
        password: str,
        *,
        title: str = "",
        unit: str = "",
        org: str = "",
        demo: bool = False,
    ) -> "Member":
        """Make a member, or bring an existing one up to date."""
        said = _said(name, role, title, unit, org, demo)
        member, is_new = self.update_or_create(name=name, defaults=said)
        # A password costs much to look at: a new member has none yet.
        if is_new or not member.check_password(password):
            member.set_password(password)
            member.save()
        return member

    def make(
        self, name: str, role: str, password: str, *, title: str = "", unit: str = "", org: str = ""
    ) -> "Member":
        """Make a member that is not there yet, with the password, in one step. Raises
        `IntegrityError` if it is there by now."""
        member = self.model(name=name, **_said(name, role, title, unit, org, demo=False))
        member.set_password(password)
        member.save(force_insert=True)
        return member


def _said(name: str, role: str, title: str, unit: str, org: str, demo: bool) -> dict[str, Any]:
    shown = halves(title or name)
    return {
        "role": role,
        "title": shown.en,
        "title_zh": shown.zh,
        "unit": unit,
        "org": org,
        "demo": demo,
    }


class Member(AbstractBaseUser):
    """Somebody who may sign in. ``name`` is the staff number; ``title`` and ``title_zh`` are shown
    to colleagues; ``unit`` is the officer's own unit, ``org`` the path of the organisation that
    they work for, "" the whole room.

    ``demo``: the password is public; such a member works in demo rooms only. ``skills``: of a
    specialist, codes of the pack parted by blanks.
    """

    name = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=80)
    title_zh = models.CharField(max_length=80, default="")
    role = models.CharField(max_length=20, choices=[(role, role) for role in ROLES])
    unit = models.CharField(max_length=20, blank=True)
    org = models.CharField(max_length=LONGEST_PATH, default="", blank=True)
    is_active = models.BooleanField(default=True)
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    demo = models.BooleanField(default=False)
    skills = models.TextField(null=True)

    objects: ClassVar[Members] = Members()
    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name

    @property
    def shown(self) -> Text:
        """What colleagues call this member, in each language."""
        return Text(self.title, self.title_zh or self.title)

    def save(self, **kwargs: Any) -> None:
        """Whatever changes but the last sign-in, every process looks at the open streams again."""
        super().save(**kwargs)
        if kwargs.get("update_fields") != ["last_login"]:
            changed()


class Session(AbstractBaseSession):
    """A member's session. ``session_key`` is the hash of what the cookie says."""

    session_key = models.CharField(max_length=64, primary_key=True)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True)


class SessionEpoch(models.Model):
    """One row: how often sessions were ended or members changed. Each process follows it."""

    id = models.SmallIntegerField(primary_key=True)
    value = models.BigIntegerField()


class KeyUse(models.Model):
    """How much of its requests a partner's API key has used, by the id of its record: `full_ms`
    (milliseconds UTC) is when it has all of them again."""

    key = models.CharField(max_length=32, primary_key=True)
    full_ms = models.BigIntegerField()


class SignInTry(models.Model):
    """Tries to sign in of late, by a hash of who tried from where. Rows go after minutes."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.IntegerField()
    last_ms = models.BigIntegerField(db_index=True)
