"""What readers of the admin and of merged entries call these; nothing in the database changes."""

from django.db import migrations

from foundation.tables import Tables


class Migration(migrations.Migration):

    dependencies = [
        ('partnerships', '0010_rules_of_agreements'),
    ]

    operations = [
        Tables(
            migrations.AlterModelOptions(
                name='actorcheckup',
                options={'ordering': ['pk'], 'verbose_name': 'yearly question', 'verbose_name_plural': 'yearly questions'},
            ),
            migrations.AlterModelOptions(
                name='expertinvitation',
                options={'ordering': ['-pk'], 'verbose_name': 'invitation of an expert', 'verbose_name_plural': 'invitations of experts'},
            ),
            migrations.AlterModelOptions(
                name='introduction',
                options={'ordering': ['-on', '-pk'], 'verbose_name': 'contact made', 'verbose_name_plural': 'contacts made'},
            ),
            migrations.AlterModelOptions(
                name='participatingactor',
                options={'ordering': ['party__position', 'pk'], 'verbose_name': 'part in a partnership', 'verbose_name_plural': 'parts in partnerships'},
            ),
            migrations.AlterModelOptions(
                name='projectactor',
                options={'ordering': ['party__position', 'pk'], 'verbose_name': 'part in a project', 'verbose_name_plural': 'parts in projects'},
            ),
        ),
    ]
