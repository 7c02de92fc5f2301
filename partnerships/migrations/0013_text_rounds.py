"""Reopening an agreement voids every consent to its text, even to the very same words."""

from django.conf import settings
from django.db import migrations, models

from foundation.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0012_mandates_of_evidence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            migrations.RemoveConstraint(
                model_name="consent",
                name="consent_once",
            ),
            migrations.RemoveConstraint(
                model_name="consent",
                name="consent_for_one_party",
            ),
            migrations.AddField(
                model_name="agreement",
                name="text_round",
                field=models.PositiveSmallIntegerField(default=1),
            ),
            migrations.AddField(
                model_name="consent",
                name="text_round",
                field=models.PositiveSmallIntegerField(default=1),
            ),
            migrations.AddConstraint(
                model_name="consent",
                constraint=models.UniqueConstraint(
                    fields=("party", "purpose", "agreement", "digest", "text_round"),
                    name="consent_once",
                    nulls_distinct=False,
                ),
            ),
            migrations.AddConstraint(
                model_name="consent",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("agreement__isnull", False)),
                    fields=("given_by", "purpose", "agreement", "digest", "text_round"),
                    name="consent_for_one_party",
                ),
            ),
        ),
    ]
