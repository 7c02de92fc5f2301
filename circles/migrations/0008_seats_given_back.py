"""Accepted offers may be given back later."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('circles', '0007_days_to_object'),
    ]

    operations = [
        migrations.AlterField(
            model_name='nomination',
            name='state',
            field=models.CharField(choices=[('open', 'waiting for an answer'), ('accepted', 'accepted'), ('declined', 'declined'), ('withdrawn', 'withdrawn'), ('returned', 'accepted, later given back')], default='open', max_length=10),
        ),
        migrations.AlterField(
            model_name='offer',
            name='state',
            field=models.CharField(choices=[('open', 'waiting for an answer'), ('accepted', 'accepted'), ('declined', 'declined'), ('expired', 'not answered in time'), ('returned', 'accepted, later given back')], default='open', max_length=10),
        ),
    ]
