"""Events by invitation take those who are invited: by a link, until the deadline if there is one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Lower, Now

# Taken back, events by invitation have no deadline: it would open them to everybody.
CLOSE = """
UPDATE formats_event SET registration_until = NULL
  WHERE access = 'invited' AND registration_until IS NOT NULL;
"""

RULES = """
CREATE FUNCTION formats_invitation_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  asked formats_event%ROWTYPE;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT * INTO asked FROM formats_event WHERE id = NEW.event_id FOR SHARE;
    IF asked.access <> 'invited' OR asked.state <> 'published' THEN
      RAISE EXCEPTION 'invitation-fits: event % is % and %', NEW.event_id, asked.access, asked.state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_fits';
    END IF;
  ELSIF NEW.event_id <> OLD.event_id THEN
    RAISE EXCEPTION 'invitation-fits: the event of an invitation never changes'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_fits';
  END IF;
  IF NEW.registration_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM formats_registration WHERE id = NEW.registration_id AND event_id = NEW.event_id
  ) THEN
    RAISE EXCEPTION 'invitation-fits: registration % is for another event', NEW.registration_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_fits';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER invitation_fits BEFORE INSERT OR UPDATE OF event_id, registration_id
  ON formats_eventinvitation FOR EACH ROW EXECUTE FUNCTION formats_invitation_fits();

CREATE FUNCTION formats_guest_is_invited() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'unconfirmed' OR NEW.state NOT IN ('confirmed', 'waiting', 'offered') THEN
    RETURN NEW;
  END IF;
  PERFORM 1 FROM formats_event WHERE id = NEW.event_id AND access = 'open' FOR UPDATE;
  IF FOUND THEN RETURN NEW; END IF;
  -- Whoever withdraws the invitation at this moment waits.
  PERFORM 1 FROM formats_eventinvitation
    WHERE registration_id = NEW.id AND revoked_at IS NULL FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'guest-is-invited: nobody invited registration % to event %', NEW.id, NEW.event_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'guest_is_invited';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guest_is_invited BEFORE UPDATE OF state ON formats_registration
  FOR EACH ROW EXECUTE FUNCTION formats_guest_is_invited();
"""

UNDO = """
DROP TRIGGER guest_is_invited ON formats_registration;
DROP FUNCTION formats_guest_is_invited();
DROP TRIGGER invitation_fits ON formats_eventinvitation;
DROP FUNCTION formats_invitation_fits();
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("formats", "0022_public_titles"),
    ]
    operations = [
        migrations.RemoveConstraint("event", "event_registration_for_everybody"),
        migrations.RunSQL(migrations.RunSQL.noop, CLOSE),
        migrations.CreateModel(
            name="EventInvitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="formats.event")),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("language", models.CharField(default="de", max_length=2)),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                ("reminder_digest", models.CharField(max_length=64, null=True, unique=True)),
                ("invited_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("invited_at", models.DateTimeField(db_default=Now())),
                ("reminded_at", models.DateTimeField(null=True)),
                ("declined_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "registration",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="invitation", to="formats.registration"
                    ),
                ),
            ],
            options={
                "ordering": ["name", "email", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["event", "email"], condition=Q(revoked_at=None, erased_at=None), name="event_invitation_once"
                    ),
                    models.CheckConstraint(condition=Q(email=Lower("email")), name="event_invitation_email_low"),
                    models.CheckConstraint(
                        condition=Q(erased_at=None, email__gt="") | Q(erased_at__isnull=False, email="", name=""),
                        name="event_invitation_erased_is_empty",
                    ),
                    models.CheckConstraint(
                        condition=Q(reminded_at=None, reminder_digest=None) | Q(reminded_at__isnull=False, reminder_digest__isnull=False),
                        name="event_invitation_reminder_has_link",
                    ),
                    models.CheckConstraint(condition=Q(declined_at=None) | Q(registration=None), name="event_invitation_yes_or_no"),
                ],
            },
        ),
        migrations.RunSQL(RULES, UNDO),
    ]
