"""Two people mark a draw as annulled by an authority: nobody sits or moves up by it any more."""

from django.db import migrations, models

from foundation.tables import Tables

RULES = """
CREATE FUNCTION circles_is_annulled(the_draw bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM circles_drawmotion
    WHERE draw_id = the_draw AND kind = 'annul' AND carried_at IS NOT NULL)
$$;

CREATE FUNCTION circles_annuls_a_draw() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind = 'annul' AND NEW.carried_at IS NOT NULL AND NOT EXISTS (
     SELECT 1 FROM circles_drawresult WHERE draw_id = NEW.draw_id) THEN
    RAISE EXCEPTION 'annuls-a-draw: only what was drawn is annulled'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER annuls_a_draw BEFORE INSERT OR UPDATE ON circles_drawmotion
  FOR EACH ROW EXECUTE FUNCTION circles_annuls_a_draw();

CREATE FUNCTION circles_void_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'void' AND NOT circles_is_annulled(NEW.draw_id) THEN
    RAISE EXCEPTION 'motion-carried: two people annul a draw' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state IN ('open', 'accepted') AND circles_is_annulled(NEW.draw_id) THEN
    RAISE EXCEPTION 'draw-annulled: nobody gets a seat by this draw any more'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER void_by_two BEFORE INSERT OR UPDATE OF state ON circles_offer
  FOR EACH ROW EXECUTE FUNCTION circles_void_by_two();
"""
NO_RULES = """
DROP TRIGGER void_by_two ON circles_offer;
DROP FUNCTION circles_void_by_two();
DROP TRIGGER annuls_a_draw ON circles_drawmotion;
DROP FUNCTION circles_annuls_a_draw();
DROP FUNCTION circles_is_annulled(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0031_results")]
    operations = [
        Tables(
            migrations.AddField(
                "drawmotion", "authority", models.CharField(blank=True, default="", max_length=200),
                preserve_default=False,
            ),
            migrations.AddField(
                "drawmotion", "file_reference",
                models.CharField(blank=True, default="", max_length=100), preserve_default=False,
            ),
            migrations.AlterField(
                "drawmotion",
                "kind",
                models.CharField(
                    choices=[
                        ("withdraw", "withdraw the closed pool"),
                        ("reinstate", "bring a ticket back"),
                        ("annul", "annul the draw"),
                    ],
                    max_length=9,
                ),
            ),
            migrations.AlterField(
                "offer",
                "state",
                models.CharField(
                    choices=[
                        ("open", "waiting for an answer"),
                        ("accepted", "accepted"),
                        ("declined", "declined"),
                        ("expired", "not answered in time"),
                        ("returned", "accepted, later given back"),
                        ("void", "void: the draw was annulled"),
                    ],
                    default="open",
                    max_length=10,
                ),
            ),
            migrations.RemoveConstraint("offer", "offer_entered_was_accepted"),
            migrations.AddConstraint(
                "offer",
                models.CheckConstraint(
                    condition=models.Q(entered_by=None)
                    | models.Q(state__in=["accepted", "returned", "void"]),
                    name="offer_entered_was_accepted",
                ),
            ),
            migrations.RemoveConstraint("drawmotion", "motion_about_a_ticket_or_the_pool"),
            migrations.AddConstraint(
                "drawmotion",
                models.CheckConstraint(
                    condition=models.Q(kind__in=["withdraw", "annul"], application=None)
                    | models.Q(kind="reinstate", application__isnull=False),
                    name="motion_about_a_ticket_or_the_pool",
                ),
            ),
            migrations.AddConstraint(
                "drawmotion",
                models.CheckConstraint(
                    condition=models.Q(kind="annul")
                    & ~models.Q(authority="")
                    & ~models.Q(file_reference="")
                    | ~models.Q(kind="annul") & models.Q(authority="", file_reference=""),
                    name="motion_annuls_by_an_authority",
                ),
            ),
            migrations.AddConstraint(
                "drawmotion",
                models.UniqueConstraint(
                    fields=["draw"],
                    condition=models.Q(kind="annul", carried_at__isnull=False),
                    name="motion_annuls_once",
                ),
            ),
        ),
        migrations.RunSQL(RULES, NO_RULES),
    ]
