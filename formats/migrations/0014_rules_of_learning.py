"""States of the learning network move through one door; nobody helps in their own case."""

from django.db import migrations

from foundation.triggers import GuardState

SEATS_ARE_OF_OTHERS = """
CREATE OR REPLACE FUNCTION formats_seats_are_of_others() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  giver bigint;
  here bigint;
  theirs bigint;
BEGIN
  SELECT case_giver_id, cohort_id INTO giver, here
    FROM formats_consultation WHERE id = NEW.consultation_id;
  SELECT cohort_id INTO theirs FROM formats_cohortmember WHERE id = NEW.member_id;
  IF giver = NEW.member_id OR here <> theirs THEN
    RAISE EXCEPTION 'seats-are-of-others: a seat is for another member of the same cohort'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'seats_are_of_others';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER seats_are_of_others BEFORE INSERT OR UPDATE ON formats_consultationseat
  FOR EACH ROW EXECUTE FUNCTION formats_seats_are_of_others();
"""

UNDO = """
DROP TRIGGER seats_are_of_others ON formats_consultationseat;
DROP FUNCTION formats_seats_are_of_others();
"""


class Migration(migrations.Migration):
    dependencies = [("formats", "0013_consultations")]
    operations = [
        GuardState("Cohort", initial="planned"),
        GuardState("CohortMember", initial="invited"),
        GuardState("Consultation", initial="planned", field="phase"),
        GuardState("Recommendation", initial="draft"),
        migrations.RunSQL(SEATS_ARE_OF_OTHERS, UNDO),
    ]
