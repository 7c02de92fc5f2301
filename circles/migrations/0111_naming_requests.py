"""Bodies are asked for names; nominations end by a day; seats get terms."""

import django.db.models.deletion
import django.db.models.functions.datetime
import foundation.languages
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('circles', '0102_fill_what_searches_compare'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SeatTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('named_by_body', models.CharField(blank=True, max_length=200)),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['seat', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='circle',
            name='incomplete_reason',
            field=foundation.languages.LocalizedTextField(default=foundation.languages.LocalizedText),
        ),
        migrations.AddField(
            model_name='nomination',
            name='answer_by',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='nomination',
            name='match',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='nomination',
            name='reminder_digest',
            field=models.CharField(max_length=64, null=True, unique=True),
        ),
        migrations.AlterField(
            model_name='nomination',
            name='nominated_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='nomination',
            name='state',
            field=models.CharField(choices=[('open', 'waiting for an answer'), ('accepted', 'accepted'), ('declined', 'declined'), ('expired', 'not answered in time'), ('withdrawn', 'withdrawn'), ('returned', 'accepted, later given back')], default='open', max_length=10),
        ),
        migrations.CreateModel(
            name='NamingRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.CharField(max_length=200)),
                ('contact_name', models.CharField(blank=True, max_length=200)),
                ('email', models.CharField(max_length=254)),
                ('language', models.CharField(default='de', max_length=2)),
                ('note', models.TextField(blank=True, max_length=1000)),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('reminder_digest', models.CharField(max_length=64, null=True, unique=True)),
                ('requested_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('name_by', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'waiting for a name'), ('named', 'somebody was named'), ('declined', 'the body names nobody'), ('expired', 'nobody was named in time'), ('withdrawn', 'withdrawn by the office')], default='open', max_length=10)),
                ('answer', models.CharField(blank=True, max_length=500)),
                ('answered_at', models.DateTimeField(null=True)),
                ('previous', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='following', to='circles.namingrequest')),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='naming_requests', to='circles.seat')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='nomination',
            name='request',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='nomination', to='circles.namingrequest'),
        ),
        migrations.AddConstraint(
            model_name='nomination',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('nominated_by__isnull', False), ('request', None)), models.Q(('nominated_by', None), ('request__isnull', False)), _connector='OR'), name='nomination_by_office_or_body'),
        ),
        migrations.AddField(
            model_name='seatterm',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seat_terms', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='seatterm',
            name='seat',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='circles.seat'),
        ),
        migrations.AddConstraint(
            model_name='namingrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('seat',), name='naming_one_open_per_seat'),
        ),
        migrations.AddConstraint(
            model_name='namingrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='naming_answer_has_time'),
        ),
        migrations.AddConstraint(
            model_name='namingrequest',
            constraint=models.CheckConstraint(condition=models.Q(('name_by__gt', models.F('requested_at'))), name='naming_by_later'),
        ),
        migrations.AddConstraint(
            model_name='seatterm',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('seat',), name='seat_term_one_open'),
        ),
        migrations.AddConstraint(
            model_name='seatterm',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('person__isnull', False)), ('ended_at__gte', models.F('began_at')), _connector='OR'), name='seat_term_ends_after_it_began'),
        ),
    ]
