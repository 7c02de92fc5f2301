"""Before a seat passes on: a second channel, a second person, 48 hours to object."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.triggers import GuardState

WITH_DEPARTURES = """
CREATE OR REPLACE FUNCTION circles_offer_within_seats() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  room integer;
  filled integer;
BEGIN
  SELECT seats INTO room FROM circles_draw WHERE id = NEW.draw_id FOR UPDATE;
  SELECT count(*) INTO filled FROM circles_offer o
    WHERE o.draw_id = NEW.draw_id AND (o.state IN ('open', 'accepted') OR EXISTS (
      SELECT 1 FROM circles_departure d WHERE d.offer_id = o.id AND d.state = 'open'));
  IF filled >= room THEN
    RAISE EXCEPTION 'offer-within-seats: this draw was made for % seats', room
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
"""
WITHOUT = """
CREATE OR REPLACE FUNCTION circles_offer_within_seats() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  room integer;
  filled integer;
BEGIN
  SELECT seats INTO room FROM circles_draw WHERE id = NEW.draw_id FOR UPDATE;
  SELECT count(*) INTO filled FROM circles_offer
    WHERE draw_id = NEW.draw_id AND state IN ('open', 'accepted');
  IF filled >= room THEN
    RAISE EXCEPTION 'offer-within-seats: this draw was made for % seats', room
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('circles', '0112_seats_remember'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='offer',
            name='reminder_digest',
            field=models.CharField(max_length=64, null=True, unique=True),
        ),
        migrations.CreateModel(
            name='Departure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('decline', 'declined'), ('expired', 'not answered in time')], max_length=8)),
                ('began_at', models.DateTimeField()),
                ('object_until', models.DateTimeField()),
                ('channel', models.CharField(blank=True, choices=[('phone', 'by telephone'), ('letter', 'by letter'), ('in_person', 'in person'), ('mail', 'by a further e-mail, no other way is known')], max_length=10)),
                ('told_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('open', 'may still object'), ('confirmed', 'the seat passed on'), ('objected', 'the person objected, the offer stands again'), ('overtaken', 'withdrawn altogether meanwhile')], default='open', max_length=10)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departures', to='circles.offer')),
                ('told_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('offer',), name='departure_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('channel', ''), ('told_at', None), ('told_by', None)), models.Q(('told_at__isnull', False), ('told_by__isnull', False), models.Q(('channel', ''), _negated=True)), _connector='OR'), name='departure_told_by_a_channel'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('closed_by__isnull', False), ('told_by__isnull', False), models.Q(('closed_by', models.F('told_by')), _negated=True), models.Q(('entered_by', None), models.Q(('closed_by', models.F('entered_by')), _negated=True), _connector='OR'), ('closed_at__gte', models.F('object_until'))), _connector='OR'), name='departure_by_two_people_in_time'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='departure_closed_has_time')],
            },
        ),
        GuardState("Departure", initial="open"),
        migrations.RunSQL(WITH_DEPARTURES, WITHOUT),
    ]
