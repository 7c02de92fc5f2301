"""The room of a circle at work: tasks, files, announcements, finding a date."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.tables import Tables
from foundation.triggers import AppendOnly, GuardState

POLLS = """
CREATE FUNCTION circles_poll_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  the_option bigint := CASE WHEN TG_TABLE_NAME = 'circles_dateanswer'
    THEN (to_jsonb(COALESCE(NEW, OLD)) ->> 'option_id')::bigint END;
  the_poll bigint := (to_jsonb(COALESCE(NEW, OLD)) ->> 'poll_id')::bigint;
  poll record;
BEGIN
  IF the_option IS NOT NULL THEN
    SELECT poll_id INTO the_poll FROM circles_dateoption WHERE id = the_option;
  END IF;
  SELECT state, circle_id INTO poll FROM circles_datepoll WHERE id = the_poll FOR SHARE;
  IF poll.state <> 'open' THEN
    RAISE EXCEPTION 'poll-is-open: date poll % is %', the_poll, poll.state
      USING ERRCODE = 'check_violation';
  END IF;
  IF the_option IS NOT NULL AND TG_OP <> 'DELETE' AND NOT EXISTS (
    SELECT 1 FROM circles_seatterm t JOIN circles_seat s ON s.id = t.seat_id
      WHERE t.id = (to_jsonb(NEW) ->> 'member_id')::bigint
        AND t.ended_at IS NULL AND s.circle_id = poll.circle_id) THEN
    RAISE EXCEPTION 'poll-is-open: only members of the circle answer'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER answers_while_open BEFORE INSERT OR UPDATE OR DELETE ON circles_dateanswer
  FOR EACH ROW EXECUTE FUNCTION circles_poll_is_open();
CREATE TRIGGER options_while_open BEFORE INSERT OR UPDATE OR DELETE ON circles_dateoption
  FOR EACH ROW EXECUTE FUNCTION circles_poll_is_open();
"""

TASKS = """
CREATE FUNCTION circles_task_of_a_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM circles_seatterm t JOIN circles_seat s ON s.id = t.seat_id
      WHERE t.id = NEW.owner_id AND s.circle_id = NEW.circle_id) THEN
    RAISE EXCEPTION 'task-of-a-member: the owner of a task sits in its circle'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER task_of_a_member BEFORE INSERT OR UPDATE ON circles_task
  FOR EACH ROW EXECUTE FUNCTION circles_task_of_a_member();
"""

# Whoever sits in a circle at work is a member of its body, and nobody else.
MEMBERS = """
CREATE FUNCTION circles_term_is_member() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  the_body bigint;
  sits boolean;
  is_member boolean;
BEGIN
  IF NEW.person_id IS NULL THEN RETURN NULL; END IF;
  SELECT c.body_id INTO the_body FROM circles_seat s JOIN circles_circle c ON c.id = s.circle_id
    WHERE s.id = NEW.seat_id;
  IF the_body IS NULL THEN RETURN NULL; END IF;
  SELECT EXISTS (SELECT 1 FROM circles_seatterm t JOIN circles_seat s ON s.id = t.seat_id
      JOIN circles_circle c ON c.id = s.circle_id
      WHERE t.person_id = NEW.person_id AND t.ended_at IS NULL AND c.body_id = the_body)
    INTO sits;
  SELECT EXISTS (SELECT 1 FROM formats_membership m
      WHERE m.body_id = the_body AND m.user_id = NEW.person_id AND m.ends_on IS NULL)
    INTO is_member;
  IF sits IS DISTINCT FROM is_member THEN
    RAISE EXCEPTION 'term-is-member: who sits on a seat and who is a member differ'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER term_is_member AFTER INSERT OR UPDATE ON circles_seatterm
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION circles_term_is_member();
"""

UNDO = """
DROP TRIGGER answers_while_open ON circles_dateanswer;
DROP TRIGGER options_while_open ON circles_dateoption;
DROP FUNCTION circles_poll_is_open();
DROP TRIGGER task_of_a_member ON circles_task;
DROP FUNCTION circles_task_of_a_member();
DROP TRIGGER term_is_member ON circles_seatterm;
DROP FUNCTION circles_term_is_member();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("circles", "0024_moments_of_circles"),
        ("documents", "0002_bytes_for_ever"),
        ("formats", "0025_bodies_lead"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="DatePoll",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("title", models.CharField(max_length=200)),
                    ("place", models.CharField(max_length=200)),
                    ("state", models.CharField(choices=[("open", "open"), ("settled", "settled"), ("dropped", "dropped")], default="open", max_length=8)),
                    ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("settled_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "by_host",
                        models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                    ),
                    (
                        "by_member",
                        models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circles.seatterm"),
                    ),
                    ("circle", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="date_polls", to="circles.circle")),
                    (
                        "meeting",
                        models.OneToOneField(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="date_poll", to="formats.meeting"
                        ),
                    ),
                ],
                options={
                    "ordering": ["-asked_at", "-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("by_host", None), ("by_member__isnull", False)),
                                models.Q(("by_host__isnull", False), ("by_member", None)),
                                _connector="OR",
                            ),
                            name="date_poll_by_one",
                        ),
                        models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="date_poll_has_words"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("meeting", None), ("settled_at", None), ("state", "open")),
                                models.Q(("meeting__isnull", False), ("settled_at__isnull", False), ("state", "settled")),
                                models.Q(("meeting", None), ("settled_at__isnull", False), ("state", "dropped")),
                                _connector="OR",
                            ),
                            name="date_poll_settled_has_meeting",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DateOption",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("starts_at", models.DateTimeField()),
                    ("ends_at", models.DateTimeField()),
                    ("poll", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="options", to="circles.datepoll")),
                ],
                options={
                    "ordering": ["starts_at", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("poll", "starts_at"), name="date_option_once"),
                        models.CheckConstraint(condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="date_option_ends_later"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RoomFile",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("name", models.CharField(max_length=200)),
                    ("added_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("removed_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "by_host",
                        models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                    ),
                    (
                        "by_member",
                        models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circles.seatterm"),
                    ),
                    ("circle", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="files", to="circles.circle")),
                    ("file", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.storedfile")),
                    (
                        "removed_by_host",
                        models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                    ),
                    (
                        "removed_by_member",
                        models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circles.seatterm"),
                    ),
                ],
                options={
                    "ordering": ["-added_at", "-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("by_host", None), ("by_member__isnull", False)),
                                models.Q(("by_host__isnull", False), ("by_member", None)),
                                _connector="OR",
                            ),
                            name="room_file_by_one",
                        ),
                        models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="room_file_has_name"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("removed_at", None), ("removed_by_host", None), ("removed_by_member", None)),
                                models.Q(("removed_at__isnull", False), ("removed_by_host__isnull", False), ("removed_by_member", None)),
                                models.Q(("removed_at__isnull", False), ("removed_by_host", None), ("removed_by_member__isnull", False)),
                                _connector="OR",
                            ),
                            name="room_file_removed_by_one",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Task",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("title", models.CharField(max_length=200)),
                    ("note", models.TextField(blank=True, max_length=2000)),
                    ("due_on", models.DateField()),
                    ("state", models.CharField(choices=[("open", "open"), ("done", "done"), ("dropped", "dropped")], default="open", max_length=8)),
                    ("added_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("settled_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "by_host",
                        models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                    ),
                    (
                        "by_member",
                        models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circles.seatterm"),
                    ),
                    ("circle", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="circles.circle")),
                    ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="circles.seatterm")),
                ],
                options={
                    "ordering": ["due_on", "pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("by_host", None), ("by_member__isnull", False)),
                                models.Q(("by_host__isnull", False), ("by_member", None)),
                                _connector="OR",
                            ),
                            name="task_by_one",
                        ),
                        models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="task_has_words"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("settled_at", None), ("state", "open")),
                                models.Q(models.Q(("state", "open"), _negated=True), ("settled_at__isnull", False)),
                                _connector="OR",
                            ),
                            name="task_settled_has_time",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Announcement",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("title", models.CharField(max_length=100)),
                    ("text", models.TextField(max_length=5000)),
                    ("written_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    (
                        "by_host",
                        models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                    ),
                    (
                        "by_member",
                        models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circles.seatterm"),
                    ),
                    ("circle", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="announcements", to="circles.circle")),
                ],
                options={
                    "ordering": ["-written_at", "-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("by_host", None), ("by_member__isnull", False)),
                                models.Q(("by_host__isnull", False), ("by_member", None)),
                                _connector="OR",
                            ),
                            name="announcement_by_one",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("text", ""), _negated=True)), name="announcement_has_words"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DateAnswer",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("word", models.CharField(choices=[("yes", "yes"), ("if_needed", "if need be"), ("no", "no")], max_length=10)),
                    ("said_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("member", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="date_answers", to="circles.seatterm")),
                    ("option", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="circles.dateoption")),
                ],
                options={"constraints": [models.UniqueConstraint(fields=("option", "member"), name="date_answer_once")]},
            ),
        ),
        GuardState("task", initial="open"),
        GuardState("datepoll", initial="open"),
        AppendOnly("announcement"),
        AppendOnly("roomfile", except_columns=("removed_at", "removed_by_member_id", "removed_by_host_id")),
        migrations.RunSQL(POLLS + TASKS + MEMBERS, UNDO),
    ]
