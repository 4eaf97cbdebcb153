"""Read models. ``row`` is the JSON that consoles get, without personal data; the other columns
are what is searched or counted. ``position`` is the journal position of the last change, so that
"everything after position N" is one indexed query. Written by `projections.project` only.

A pack's codes and the ids of its zones have no longest length here: what a pack may call something
must never keep a call from being saved.
"""

from typing import ClassVar

from django.db import models


class CallView(models.Model):
    id = models.CharField(primary_key=True, max_length=36)
    state = models.CharField(max_length=12)
    incident = models.CharField(null=True, db_index=True, max_length=36)
    received_at_ms = models.BigIntegerField(db_index=True)
    claimed_at_ms = models.BigIntegerField(null=True)
    open = models.BooleanField(db_index=True)
    position = models.BigIntegerField(db_index=True)
    row = models.TextField()


class IncidentView(models.Model):
    id = models.CharField(primary_key=True, max_length=36)
    number = models.CharField(max_length=9, unique=True)
    zone = models.TextField()
    category = models.TextField()
    priority = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8)
    open = models.BooleanField(db_index=True)
    opened_at_ms = models.BigIntegerField(db_index=True)
    changed_at_ms = models.BigIntegerField(db_index=True)
    place_position = models.BigIntegerField()
    """Journal position of the event whose sealed body holds the place."""
    org = models.TextField(null=True)
    progress = models.CharField(null=True, max_length=12)
    """Both empty where an older version wrote the row."""
    position = models.BigIntegerField(db_index=True)
    row = models.TextField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["progress", "changed_at_ms"],
                condition=models.Q(open=True),
                name="incident_at_work",
            ),
        ]


class ChaseView(models.Model):
    """Incidents that were ever chased. ``waits``: with a chase that nobody has acknowledged yet, so
    that the incident is on the board, also when it was closed long ago."""

    id = models.CharField(primary_key=True, max_length=36)
    waits = models.BooleanField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], condition=models.Q(waits=True), name="chase_waits"),
        ]


class AssignmentView(models.Model):
    id = models.CharField(primary_key=True, max_length=36)
    incident = models.CharField(db_index=True, max_length=36)
    unit = models.CharField(max_length=20, db_index=True)
    state = models.CharField(max_length=12)
    open = models.BooleanField()
    recommended = models.BooleanField(null=True)
    override_reason = models.TextField(blank=True)
    dispatched_at_ms = models.BigIntegerField(db_index=True)
    en_route_at_ms = models.BigIntegerField(null=True)
    on_scene_at_ms = models.BigIntegerField(null=True)
    ended_at_ms = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(open=True), name="one_open_assignment_per_unit"
            )
        ]


class UnitView(models.Model):
    id = models.CharField(primary_key=True, max_length=20)
    status = models.CharField(max_length=12)
    position = models.BigIntegerField(db_index=True)
    row = models.TextField()


class CrewView(models.Model):
    """Who is on which unit, so that a person's place is found when somebody signs them on.

    ``person`` is a hash of the name (`projections.crews`): of one length, whatever was typed.
    """

    unit = models.CharField(max_length=20)
    person = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "person"], name="once_per_unit")
        ]


class ListedView(models.Model):
    """Records that need no table of their own. Empty texts: it has none of that. ``due_ms`` is when
    the next thing is owed, ``until_ms`` when an open record ends by itself, ``look_ms`` when the
    keeper must look at its clocks, ``risk_ms`` from when on something of it is at risk; ``amiss``:
    somebody has to watch it, whatever the time.

    Each column is indexed together with the kind, so that a filter on any of them uses an index.
    The board reads all that is open, in the order of its last change.
    """

    id = models.CharField(primary_key=True, max_length=36)
    kind = models.CharField(max_length=20)
    open = models.BooleanField()
    state = models.CharField(max_length=20)
    org = models.CharField(max_length=200)
    team = models.CharField(max_length=40)
    owner = models.CharField(max_length=200)
    incident = models.CharField(max_length=36)
    due_ms = models.BigIntegerField(null=True)
    until_ms = models.BigIntegerField(null=True)
    look_ms = models.BigIntegerField(null=True)
    risk_ms = models.BigIntegerField(null=True)
    amiss = models.BooleanField(null=True)
    changed_at_ms = models.BigIntegerField()
    position = models.BigIntegerField(db_index=True)
    row = models.TextField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "open", "changed_at_ms"], name="listed_open"),
            models.Index(fields=["kind", "state", "changed_at_ms"], name="listed_state"),
            models.Index(fields=["kind", "team", "open"], name="listed_team"),
            models.Index(fields=["kind", "owner", "open"], name="listed_owner"),
            models.Index(fields=["kind", "incident"], name="listed_incident"),
            models.Index(fields=["kind", "due_ms"], name="listed_due"),
            models.Index(
                fields=["look_ms"],
                condition=models.Q(look_ms__isnull=False),
                name="listed_look",
            ),
            models.Index(
                fields=["position"], condition=models.Q(open=True), name="listed_on_board"
            ),
            models.Index(  # as `projections.below` asks; counted by this alone
                fields=["org", "kind", "due_ms", "id"],
                opclasses=["text_pattern_ops", "", "", ""],
                include=["until_ms", "changed_at_ms"],
                condition=models.Q(open=True),
                name="listed_urgent_of",
            ),
            models.Index(
                fields=["kind", "due_ms", "id"],
                condition=models.Q(open=True),
                name="listed_urgent",
            ),
            models.Index(
                fields=["kind", "changed_at_ms"],
                condition=models.Q(open=True),
                name="listed_fresh",
            ),
            models.Index(  # counted by this alone, without a look at the rows
                fields=["kind", "until_ms"],
                condition=models.Q(open=True),
                name="listed_open_until",
            ),
        ]


class ReadView(models.Model):
    """One reading of one incident's sealed data: what its receipt and its panel show."""

    incident = models.CharField(max_length=36)
    position = models.BigIntegerField()
    role = models.CharField(max_length=20)
    at_ms = models.BigIntegerField()
    purpose = models.CharField(max_length=40)
    what = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["incident", "position"], name="one_row_per_reading")
        ]


class UnitPosition(models.Model):
    """Telemetry, not a projection of the journal: where a unit was last."""

    unit = models.CharField(primary_key=True, max_length=20)
    lon = models.FloatField()
    lat = models.FloatField()
    at_ms = models.BigIntegerField()
    received_ms = models.BigIntegerField(db_index=True)


class PositionDoubt(models.Model):
    """Telemetry, too: positions of a unit that were refused since the last good one, and how many
    within a day. ``open``: the latest position was refused. ``doubted``: those that wait for others
    to agree with them, as JSON [[lon, lat, at_ms]]."""

    unit = models.CharField(primary_key=True, max_length=20)
    open = models.BooleanField()
    why = models.CharField(max_length=12)
    count = models.IntegerField()
    first_ms = models.BigIntegerField()
    changed_ms = models.BigIntegerField(db_index=True)
    doubted = models.TextField()
