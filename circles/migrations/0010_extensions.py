"""The deadline of an open call moves later only with a public extension, decided in time."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import foundation.languages
from foundation.triggers import AppendOnly

IN_TIME = """
CREATE OR REPLACE FUNCTION circles_extension_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  c record;
BEGIN
  SELECT state, closes_at, clock_timestamp() + clock_ahead AS moment INTO c
    FROM circles_call WHERE id = NEW.call_id FOR UPDATE;
  IF c.state <> 'open' OR c.moment >= c.closes_at OR NEW.closed_at <> c.closes_at THEN
    RAISE EXCEPTION 'extension-in-time: the call is not open until the deadline it had'
      USING ERRCODE = 'check_violation';
  END IF;
  NEW.decided_at := c.moment;
  RETURN NEW;
END $$;
CREATE TRIGGER extension_in_time BEFORE INSERT ON circles_extension
  FOR EACH ROW EXECUTE FUNCTION circles_extension_in_time();

CREATE OR REPLACE FUNCTION circles_deadline_moves_publicly() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'draft' AND NEW.closes_at > OLD.closes_at AND NOT EXISTS (
    SELECT 1 FROM circles_extension WHERE call_id = OLD.id
      AND closed_at = OLD.closes_at AND closes_at = NEW.closes_at) THEN
    RAISE EXCEPTION 'deadline-moves-publicly: an open call is extended with a reason'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER deadline_moves_publicly BEFORE UPDATE ON circles_call
  FOR EACH ROW EXECUTE FUNCTION circles_deadline_moves_publicly();
"""

UNDO = """
DROP TRIGGER deadline_moves_publicly ON circles_call;
DROP FUNCTION circles_deadline_moves_publicly();
DROP TRIGGER extension_in_time ON circles_extension;
DROP FUNCTION circles_extension_in_time();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("circles", "0009_days_kept"),
        ("formats", "0003_adoptions_have_happened"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("closed_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                (
                    "reason",
                    foundation.languages.LocalizedTextField(
                        default=foundation.languages.LocalizedText
                    ),
                ),
                ("decided_at", models.DateTimeField()),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="circles.call",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="formats.meeting",
                    ),
                ),
                (
                    "met_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="formats.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(closes_at__gt=models.F("closed_at")),
                        name="extension_is_later",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(reason={}), name="extension_has_a_reason"
                    ),
                ],
            },
        ),
        AppendOnly("Extension"),
        migrations.RunSQL(IN_TIME, UNDO),
    ]
