"""Bodies keep attendance, papers, resolutions, ballots and minutes; old bodies get short names."""

import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.lookups
import foundation.languages
from django.conf import settings
from django.db import migrations, models

SHORT_NAMES = """
UPDATE formats_body SET short_name = CASE
  WHEN slug = 'div' THEN 'DIV' ELSE left(upper(slug), 12) || '-' || id END
"""


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0002_bytes_for_ever'),
        ('formats', '0121_notes_of_items'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('votes', models.BooleanField()),
                ('arrived_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('left_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['arrived_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Voice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.CharField(choices=[('yes', 'yes'), ('no', 'no'), ('abstain', 'abstention'), ('objection', 'objection to the circular procedure')], max_length=10)),
                ('cast_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='MinorityOpinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on_behalf_of', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('given_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='MinuteEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('said_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'ordering': ['said_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'being written'), ('submitted', 'laid before the members'), ('approved', 'approved')], default='draft', max_length=10)),
                ('chair', models.CharField(blank=True, max_length=200)),
                ('taker', models.CharField(blank=True, max_length=200)),
                ('guests', models.TextField(blank=True)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('objections', models.TextField(blank=True)),
            ],
            options={
                'verbose_name_plural': 'minutes',
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('is_public', models.BooleanField(default=True)),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Resolution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('n', models.PositiveSmallIntegerField()),
                ('number', models.CharField(max_length=40, unique=True)),
                ('wording', models.TextField()),
                ('is_public', models.BooleanField(default=True)),
                ('procedure', models.CharField(choices=[('hands', 'show of hands'), ('secret', 'secret ballot on paper'), ('ballots', 'ballot by own device'), ('circular', 'circular vote')], max_length=10)),
                ('state', models.CharField(choices=[('open', 'vote under way'), ('adopted', 'adopted'), ('rejected', 'rejected'), ('stopped', 'stopped')], default='open', max_length=10)),
                ('opened_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('closes_at', models.DateTimeField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('stop_reason', models.CharField(blank=True, max_length=300)),
                ('entitled', models.PositiveIntegerField()),
                ('present', models.PositiveIntegerField(blank=True, null=True)),
                ('quorum_percent', models.PositiveIntegerField()),
                ('yes', models.PositiveIntegerField(blank=True, null=True)),
                ('no', models.PositiveIntegerField(blank=True, null=True)),
                ('abstain', models.PositiveIntegerField(blank=True, null=True)),
            ],
            options={
                'ordering': ['year', 'ordinal', 'n'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='agendaitem',
            name='agenda_position_once',
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='admitted_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='explanation',
            field=foundation.languages.LocalizedTextField(default=foundation.languages.LocalizedText),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='is_late',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='is_public',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='kind',
            field=models.CharField(choices=[('opening', 'opening, summons, quorum'), ('agenda', 'agenda'), ('minutes', 'minutes of the last session'), ('orders', 'state of the work orders'), ('visions', 'topics and visions'), ('priorities', 'prioritisation'), ('draw', 'draw by lot'), ('result', 'results of a circle'), ('resolutions', 'resolutions and work orders'), ('other', 'other business'), ('matter', 'matter')], default='matter', max_length=12),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='leads_to',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='body',
            name='created_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AddField(
            model_name='body',
            name='is_public',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='body',
            name='quorum_percent',
            field=models.PositiveSmallIntegerField(default=50),
        ),
        migrations.AddField(
            model_name='body',
            name='short_name',
            field=models.CharField(default='', max_length=20),
            preserve_default=False,
        ),
        migrations.RunSQL(SHORT_NAMES, migrations.RunSQL.noop),
        migrations.AddField(
            model_name='meeting',
            name='cancel_reason',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='meeting',
            name='changed_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
        ),
        migrations.AddField(
            model_name='meeting',
            name='closed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='created_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
        ),
        migrations.AddField(
            model_name='meeting',
            name='opened_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='pack',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='pack_digest',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='meeting',
            name='sequence',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='meeting',
            name='short_notice_consent',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='membership',
            name='deputises',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deputies', to='formats.membership'),
        ),
        migrations.AddField(
            model_name='membership',
            name='is_deputy_chair',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='membership',
            name='term_ends_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='body',
            name='sessions_max',
            field=models.PositiveSmallIntegerField(blank=True, default=4, null=True),
        ),
        migrations.AlterField(
            model_name='membership',
            name='group',
            field=models.CharField(blank=True, choices=[('department', 'Specialist departments'), ('advisory_board', 'Advisory boards'), ('other', 'Further actors of the urban society')], max_length=16),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('meeting', 'position'), name='agenda_position_once'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('leads_to', ''), ('leads_to__regex', '^/[^/\\\\]'), _connector='OR'), name='agenda_leads_nowhere_else'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('admitted_at', None), ('is_late', True), _connector='OR'), name='agenda_admitted_was_late'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.UniqueConstraint(fields=('short_name',), name='body_short_name_once'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('quorum_percent__lt', 100)), name='body_quorum_can_be_reached'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('opened_at', None), ('state__in', ['invited', 'held']), _connector='OR'), name='meeting_opened_was_invited'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at', None), models.Q(('closed_at__gte', models.F('opened_at')), ('state', 'held')), _connector='OR'), name='meeting_closed_was_opened'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('term_ends_on', None), ('term_ends_on__gte', models.F('starts_on')), _connector='OR'), name='membership_term_after_start'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('group__in', ['', 'department', 'advisory_board', 'other'])), name='membership_group_known'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('is_chair', False), models.Q(('deputises', None), ('is_deputy_chair', False)), _connector='OR'), name='membership_chair_is_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('id', 'body'), name='membership_body_key'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='formats.meeting'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='membership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stays', to='formats.membership'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='seat',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='formats.membership'),
        ),
        migrations.AddField(
            model_name='voice',
            name='membership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='formats.membership'),
        ),
        migrations.AddField(
            model_name='voice',
            name='seat',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='formats.membership'),
        ),
        migrations.AddField(
            model_name='minuteentry',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='formats.agendaitem'),
        ),
        migrations.AddField(
            model_name='minuteentry',
            name='speaker',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='formats.membership'),
        ),
        migrations.AddField(
            model_name='minuteentry',
            name='written_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='minutes',
            name='approved_in',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='approves', to='formats.meeting'),
        ),
        migrations.AddField(
            model_name='minutes',
            name='meeting',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='minutes', to='formats.meeting'),
        ),
        migrations.AddField(
            model_name='paper',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='paper',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='formats.agendaitem'),
        ),
        migrations.AddField(
            model_name='resolution',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='formats.body'),
        ),
        migrations.AddField(
            model_name='resolution',
            name='item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='formats.agendaitem'),
        ),
        migrations.AddField(
            model_name='resolution',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='formats.meeting'),
        ),
        migrations.AddField(
            model_name='minorityopinion',
            name='resolution',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='minority', to='formats.resolution'),
        ),
        migrations.AddField(
            model_name='voice',
            name='resolution',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='formats.resolution'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('left_at', None), ('left_at__gte', models.F('arrived_at')), _connector='OR'), name='attendance_leaves_later'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('meeting', 'seat'), name='attendance_one_per_seat'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', False), ('approved_in__isnull', False), ('state', 'approved')), models.Q(models.Q(('state', 'approved'), _negated=True), ('approved_at', None), ('approved_in', None)), _connector='OR'), name='minutes_approved_in_a_session'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(models.Q(('chair', ''), _negated=True), models.Q(('taker', ''), _negated=True)), _connector='OR'), name='minutes_name_chair_and_taker'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.UniqueConstraint(fields=('item', 'file'), name='paper_file_once'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.UniqueConstraint(fields=('body', 'year', 'ordinal', 'n'), name='resolution_number_once'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closes_at__isnull', False), ('item', None), ('meeting', None), ('ordinal', 0), ('procedure', 'circular')), models.Q(('closes_at', None), ('item__isnull', False), ('meeting__isnull', False), ('ordinal__gt', 0), ('procedure__in', ['hands', 'secret', 'ballots'])), _connector='OR'), name='resolution_in_session_or_circular'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('no', None), ('present', None), ('state', 'open'), ('yes', None)), models.Q(('decided_at__isnull', False), ('no', None), ('state', 'stopped'), ('yes', None), models.Q(('stop_reason', ''), _negated=True)), models.Q(('decided_at__isnull', False), ('state', 'adopted'), ('yes__gt', models.F('no'))), models.Q(('decided_at__isnull', False), ('state', 'rejected'), ('yes__lte', models.F('no'))), _connector='OR'), name='resolution_follows_its_figures'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.CheckConstraint(condition=models.Q(('yes', None), models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('yes'), '+', models.F('no')), '+', models.F('abstain')), models.F('present')), ('present__lte', models.F('entitled'))), _connector='OR'), name='resolution_no_more_votes_than_seats'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.CheckConstraint(condition=models.Q(('yes', None), django.db.models.lookups.GreaterThan(django.db.models.expressions.CombinedExpression(models.F('present'), '*', models.Value(100)), django.db.models.expressions.CombinedExpression(models.F('entitled'), '*', models.F('quorum_percent'))), _connector='OR'), name='resolution_with_quorum'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.CheckConstraint(condition=models.Q(('wording', ''), _negated=True), name='resolution_has_words'),
        ),
        migrations.AddConstraint(
            model_name='voice',
            constraint=models.UniqueConstraint(fields=('resolution', 'seat'), name='voice_once'),
        ),
        migrations.AddConstraint(
            model_name='voice',
            constraint=models.CheckConstraint(condition=models.Q(('choice__in', ['yes', 'no', 'abstain', 'objection'])), name='voice_choice_known'),
        ),
    ]
