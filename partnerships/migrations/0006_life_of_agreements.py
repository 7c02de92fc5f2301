"""Agreed words are kept, languages released, terms renewed or ended, agreements amended."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.triggers import AppendOnly

AMENDMENT_FITS = """
CREATE FUNCTION partnerships_amendment_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM partnerships_agreement b
    WHERE b.id = NEW.base_id AND b.base_id IS NULL AND b.partnership_id = NEW.partnership_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'amendment: % is no base agreement of this partnership', NEW.base_id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER partnerships_amendment_fits BEFORE INSERT OR UPDATE OF base_id, partnership_id
  ON partnerships_agreement FOR EACH ROW WHEN (NEW.base_id IS NOT NULL)
  EXECUTE FUNCTION partnerships_amendment_fits();
"""
FORGET = """
DROP TRIGGER partnerships_amendment_fits ON partnerships_agreement;
DROP FUNCTION partnerships_amendment_fits();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('partnerships', '0005_challenges'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AgreedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('content', models.BinaryField()),
                ('kept_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='LanguageRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=5)),
                ('digest', models.CharField(max_length=64)),
                ('name', models.CharField(max_length=200)),
                ('function', models.CharField(max_length=200)),
                ('released_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Renewal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ends_on', models.DateField()),
                ('digest', models.CharField(max_length=64)),
                ('proposed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('declared_at', models.DateTimeField(null=True)),
                ('set_aside_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Termination',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given_on', models.DateField()),
                ('effective_on', models.DateField()),
                ('notice_months', models.PositiveSmallIntegerField()),
                ('reason', models.TextField(max_length=1000)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='agreement',
            name='agreement_serial_once',
        ),
        migrations.RemoveConstraint(
            model_name='agreement',
            name='agreement_one_in_the_making',
        ),
        migrations.AddField(
            model_name='agreement',
            name='amendment_n',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='agreement',
            name='base',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='partnerships.agreement'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='builds_on',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='agreement',
            name='review_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='consent',
            name='purpose',
            field=models.CharField(choices=[('target_picture', 'Target picture'), ('text', 'Text of the agreement'), ('publication', 'Publication'), ('renewal', 'Renewal')], max_length=16),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(condition=models.Q(('base', None)), fields=('year', 'serial'), name='agreement_serial_once'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(fields=('base', 'amendment_n'), name='amendment_number_once'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amendment_n', None), ('base', None)), models.Q(('amendment_n__gte', 1), ('base__isnull', False)), _connector='OR'), name='amendment_has_base_and_number'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(condition=models.Q(('base', None), models.Q(('state__in', ['concluded', 'withdrawn']), _negated=True)), fields=('partnership',), name='agreement_one_in_the_making'),
        ),
        migrations.AddField(
            model_name='agreedtext',
            name='agreement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreed_texts', to='partnerships.agreement'),
        ),
        migrations.AddField(
            model_name='languagerelease',
            name='agreement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='language_releases', to='partnerships.agreement'),
        ),
        migrations.AddField(
            model_name='languagerelease',
            name='released_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='renewal',
            name='agreement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='renewals', to='partnerships.agreement'),
        ),
        migrations.AddField(
            model_name='renewal',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.party'),
        ),
        migrations.AddField(
            model_name='renewal',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='termination',
            name='agreement',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='termination', to='partnerships.agreement'),
        ),
        migrations.AddField(
            model_name='termination',
            name='given_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='termination',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.party'),
        ),
        migrations.AddConstraint(
            model_name='agreedtext',
            constraint=models.UniqueConstraint(fields=('agreement', 'digest'), name='agreed_text_once'),
        ),
        migrations.AddConstraint(
            model_name='languagerelease',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('function', ''), _negated=True)), name='language_release_names_somebody'),
        ),
        migrations.AddConstraint(
            model_name='languagerelease',
            constraint=models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='language_release_digest'),
        ),
        migrations.AddConstraint(
            model_name='renewal',
            constraint=models.UniqueConstraint(condition=models.Q(('declared_at', None), ('set_aside_at', None)), fields=('agreement',), name='renewal_one_proposal'),
        ),
        migrations.AddConstraint(
            model_name='renewal',
            constraint=models.CheckConstraint(condition=models.Q(('declared_at', None), ('set_aside_at', None), _connector='OR'), name='renewal_declared_or_set_aside'),
        ),
        migrations.AddConstraint(
            model_name='termination',
            constraint=models.CheckConstraint(condition=models.Q(('effective_on__gt', models.F('given_on'))), name='termination_takes_notice'),
        ),
        migrations.AddConstraint(
            model_name='termination',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='termination_has_reason'),
        ),
        AppendOnly("AgreedText"),
        AppendOnly("LanguageRelease"),
        AppendOnly("Renewal", except_columns=("declared_at", "set_aside_at")),
        AppendOnly("Termination"),
        migrations.RunSQL(AMENDMENT_FITS, FORGET),
    ]
