"""An amendment has a number, also where the database would not know."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0020_directory_care"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="agreement",
            name="amendment_has_base_and_number",
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amendment_n", None), ("base", None)),
                    models.Q(
                        ("amendment_n__gte", 1),
                        ("amendment_n__isnull", False),
                        ("base__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="amendment_has_base_and_number",
            ),
        ),
    ]
