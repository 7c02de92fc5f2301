"""A mail changes its state only through states.advance."""

from django.db import migrations

from foundation.triggers import GuardState


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_first")]
    operations = [GuardState("OutgoingMail", initial="held")]
