"""Four kinds of evidence; what came from outside counts only after others have compared it."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.triggers import AppendOnly, GuardState


EVIDENCE_FITS = """
CREATE OR REPLACE FUNCTION partnerships_evidence_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  signed record;
  newest text;
  brought record;
  missing integer;
BEGIN
  SELECT v.sha256, v.agreement_id, a.partnership_id INTO signed
    FROM partnerships_agreementversion v
    JOIN partnerships_agreement a ON a.id = v.agreement_id
   WHERE v.id = NEW.version_id;
  SELECT e.pdf_sha256 INTO newest FROM partnerships_edition e
   WHERE e.version_id = NEW.version_id AND e.stage = 'issued' ORDER BY e.id DESC LIMIT 1;
  IF newest IS NULL OR signed.sha256 <> NEW.version_sha256 THEN
    RAISE EXCEPTION 'evidence: digests are not those of version %', NEW.version_id
      USING ERRCODE = 'check_violation';
  END IF;
  -- Paper and files from elsewhere may bear the digest of an earlier issued file.
  IF NEW.kind IN ('click', 'external') AND newest <> NEW.pdf_sha256
    OR NOT EXISTS (SELECT 1 FROM partnerships_edition e
                    WHERE e.version_id = NEW.version_id AND e.stage = 'issued'
                      AND e.pdf_sha256 = NEW.pdf_sha256) THEN
    RAISE EXCEPTION 'evidence: digests are not those of version %', NEW.version_id
      USING ERRCODE = 'check_violation';
  END IF;
  PERFORM 1 FROM partnerships_signatory s
    WHERE s.id = NEW.signatory_id AND s.party_id = NEW.party_id AND s.user_id = NEW.user_id
      AND s.agreement_id = signed.agreement_id AND s.released_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'evidence: % is not a signatory of this party', NEW.user_id
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.submission_id IS NOT NULL THEN
    SELECT s.* INTO brought FROM partnerships_submission s
     WHERE s.id = NEW.submission_id AND s.version_id = NEW.version_id
       AND s.signatory_id = NEW.signatory_id AND s.kind = NEW.kind AND s.state = 'confirmed';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'evidence: submission % is not confirmed for this place', NEW.submission_id
        USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.kind = 'paper' THEN
      SELECT 1 - count(*) INTO missing FROM partnerships_comparison c
       WHERE c.submission_id = NEW.submission_id AND c.agrees;
    ELSE
      SELECT count(*) INTO missing FROM partnerships_party p
       WHERE p.partnership_id = signed.partnership_id AND NOT EXISTS (
         SELECT 1 FROM partnerships_comparison c
          WHERE c.submission_id = NEW.submission_id AND c.party_id = p.id AND c.agrees);
    END IF;
    IF missing > 0 OR EXISTS (SELECT 1 FROM partnerships_comparison c
                               WHERE c.submission_id = NEW.submission_id AND NOT c.agrees) THEN
      RAISE EXCEPTION 'evidence: submission % lacks comparisons', NEW.submission_id
        USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
"""
EVIDENCE_AS_BEFORE = """
CREATE OR REPLACE FUNCTION partnerships_evidence_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  signed record;
BEGIN
  SELECT v.sha256, v.agreement_id, e.pdf_sha256 INTO signed
    FROM partnerships_agreementversion v
    JOIN partnerships_edition e ON e.version_id = v.id AND e.stage = 'issued'
   WHERE v.id = NEW.version_id;
  IF NOT FOUND OR signed.sha256 <> NEW.version_sha256 OR signed.pdf_sha256 <> NEW.pdf_sha256 THEN
    RAISE EXCEPTION 'evidence: digests are not those of version %', NEW.version_id
      USING ERRCODE = 'check_violation';
  END IF;
  PERFORM 1 FROM partnerships_signatory s
    WHERE s.id = NEW.signatory_id AND s.party_id = NEW.party_id AND s.user_id = NEW.user_id
      AND s.agreement_id = signed.agreement_id AND s.released_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'evidence: % is not a signatory of this party', NEW.user_id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
"""
COMPARISON_FITS = """
CREATE FUNCTION partnerships_comparison_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  brought record;
BEGIN
  SELECT s.kind, s.state, s.brought_by_id, p.user_id, a.partnership_id INTO brought
    FROM partnerships_submission s
    JOIN partnerships_signatory p ON p.id = s.signatory_id
    JOIN partnerships_agreement a ON a.id = p.agreement_id
   WHERE s.id = NEW.submission_id;
  IF brought.state <> 'waiting' THEN
    RAISE EXCEPTION 'comparison: submission % is decided', NEW.submission_id
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.reviewer_id IN (brought.brought_by_id, brought.user_id) THEN
    RAISE EXCEPTION 'comparison: % brought or signed it', NEW.reviewer_id
      USING ERRCODE = 'check_violation';
  END IF;
  IF (brought.kind = 'paper') <> (NEW.party_id IS NULL)
    OR NEW.party_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM partnerships_party p
       WHERE p.id = NEW.party_id AND p.partnership_id = brought.partnership_id) THEN
    RAISE EXCEPTION 'comparison: for a city that has no say here'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER partnerships_comparison_fits BEFORE INSERT ON partnerships_comparison
  FOR EACH ROW EXECUTE FUNCTION partnerships_comparison_fits();
"""
COMPARISON_FORGET = """
DROP TRIGGER partnerships_comparison_fits ON partnerships_comparison;
DROP FUNCTION partnerships_comparison_fits();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_bytes_for_ever"),
        ("partnerships", "0007_what_comes_of_it"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Comparison",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("agrees", models.BooleanField()),
                ("digits", models.CharField(blank=True, max_length=64)),
                ("reason", models.TextField(blank=True, max_length=1000)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="FileReference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=80)),
            ],
            options={
                "ordering": ["party__position"],
            },
        ),
        migrations.CreateModel(
            name="Reservation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "reserved"),
                            ("used", "signed and uploaded"),
                            ("released", "given back"),
                            ("lapsed", "time is over"),
                        ],
                        default="held",
                        max_length=10,
                    ),
                ),
                (
                    "reserved_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("until", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("paper", "signed on paper"),
                            ("elsewhere", "signed elsewhere, the file differs"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for comparison"),
                            ("confirmed", "confirmed"),
                            ("refused", "refused"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("signed_on", models.DateField()),
                (
                    "brought_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="edition",
            name="edition_once",
        ),
        migrations.AddField(
            model_name="evidence",
            name="assertion",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="evidence",
            name="certificate",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="evidence",
            name="record",
            field=models.BinaryField(default=bytes),
        ),
        migrations.AddField(
            model_name="signatory",
            name="authority",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="signatory",
            name="deputy_for",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="factor",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="factor_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="kind",
            field=models.CharField(
                choices=[
                    ("click", "approved electronically (simple signature)"),
                    ("external", "signed with own certificate"),
                    ("paper", "signed on paper, scan on file"),
                    ("elsewhere", "signed elsewhere, file differs, text compared"),
                ],
                default="click",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage", "final")),
                fields=("version", "stage"),
                name="edition_final_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("authority", None), ("deputy_for", "")),
                    models.Q(
                        models.Q(("deputy_for", ""), _negated=True), ("authority__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="signatory_deputy_has_authority",
            ),
        ),
        migrations.AddField(
            model_name="comparison",
            name="party",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partnerships.party",
            ),
        ),
        migrations.AddField(
            model_name="comparison",
            name="reviewer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="filereference",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="file_references",
                to="partnerships.agreement",
            ),
        ),
        migrations.AddField(
            model_name="filereference",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partnerships.party",
            ),
        ),
        migrations.AddField(
            model_name="reservation",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reservations",
                to="partnerships.edition",
            ),
        ),
        migrations.AddField(
            model_name="reservation",
            name="reserved_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reservation",
            name="signatory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reservations",
                to="partnerships.signatory",
            ),
        ),
        migrations.AddField(
            model_name="reservation",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reservations",
                to="partnerships.agreementversion",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="brought_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="file",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="signatory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="submissions",
                to="partnerships.signatory",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="submissions",
                to="partnerships.agreementversion",
            ),
        ),
        migrations.AddField(
            model_name="comparison",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="comparisons",
                to="partnerships.submission",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="submission",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="partnerships.submission",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("certificate", None),
                        ("factor__in", ["totp", "webauthn"]),
                        ("factor_at__isnull", False),
                        ("kind", "click"),
                        ("submission", None),
                    ),
                    models.Q(
                        ("certificate__isnull", False),
                        ("factor", ""),
                        ("kind", "external"),
                        ("submission", None),
                    ),
                    models.Q(
                        ("certificate", None),
                        ("factor", ""),
                        ("kind__in", ["paper", "elsewhere"]),
                        ("submission__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="evidence_has_what_its_kind_needs",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("assertion__isnull", False), ("factor", "webauthn")),
                    models.Q(models.Q(("factor", "webauthn"), _negated=True), ("assertion", None)),
                    _connector="OR",
                ),
                name="evidence_passkey_has_assertion",
            ),
        ),
        migrations.AddConstraint(
            model_name="filereference",
            constraint=models.UniqueConstraint(
                fields=("agreement", "party"), name="file_reference_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="filereference",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True),
                name="file_reference_is_not_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "held")),
                fields=("version",),
                name="reservation_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "refused"), _negated=True),
                fields=("version", "signatory"),
                name="submission_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="comparison",
            constraint=models.UniqueConstraint(
                fields=("submission", "reviewer"), name="comparison_once_a_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="comparison",
            constraint=models.UniqueConstraint(
                fields=("submission", "party"), name="comparison_once_a_city", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="comparison",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agrees", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="comparison_refused_has_reason",
            ),
        ),
        GuardState("Submission", initial="waiting"),
        GuardState("Reservation", initial="held"),
        AppendOnly("Submission", except_columns=("state",)),
        AppendOnly("Reservation", except_columns=("state",)),
        AppendOnly("Comparison"),
        migrations.RunSQL(EVIDENCE_FITS, EVIDENCE_AS_BEFORE),
        migrations.RunSQL(COMPARISON_FITS, COMPARISON_FORGET),
    ]
