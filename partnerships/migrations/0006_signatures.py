"""Who agrees and who signs, and the evidence of it."""

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

from foundation.languages import LocalizedText, LocalizedTextField
from foundation.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("documents", "0001_first"),
        ("partnerships", "0005_agreements"),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="Consent",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("party", models.ForeignKey(on_delete=models.PROTECT, related_name="consents", to="partnerships.party")),
                    (
                        "purpose",
                        models.CharField(
                            choices=[
                                ("target_picture", "Target picture"),
                                ("text", "Text of the agreement"),
                                ("publication", "Publication"),
                                ("renewal", "Renewal"),
                            ],
                            max_length=16,
                        ),
                    ),
                    ("agreement", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="consents", to="partnerships.agreement")),
                    ("digest", models.CharField(max_length=64)),
                    ("given_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("given_at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("party", "purpose", "agreement", "digest"), name="consent_once", nulls_distinct=False),
                        models.UniqueConstraint(
                            condition=models.Q(("agreement__isnull", False)),
                            fields=("given_by", "purpose", "agreement", "digest"),
                            name="consent_for_one_party",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("agreement", None), ("purpose", "target_picture")),
                                models.Q(models.Q(("purpose", "target_picture"), _negated=True), ("agreement__isnull", False)),
                                _connector="OR",
                            ),
                            name="consent_has_its_subject",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Signatory",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("agreement", models.ForeignKey(on_delete=models.PROTECT, related_name="signatories", to="partnerships.agreement")),
                    ("party", models.ForeignKey(on_delete=models.PROTECT, related_name="signatories", to="partnerships.party")),
                    ("position", models.PositiveSmallIntegerField()),
                    ("user", models.ForeignKey(on_delete=models.PROTECT, related_name="signatories", to=settings.AUTH_USER_MODEL)),
                    ("name", models.CharField(max_length=200)),
                    ("function", LocalizedTextField(default=LocalizedText)),
                    ("deputy_for", models.CharField(blank=True, max_length=200)),
                    ("authority", models.OneToOneField(blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="documents.storedfile")),
                    ("released_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "verbose_name_plural": "signatories",
                    "ordering": ["party__position", "position"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("released_at", None)), fields=("agreement", "party", "position"), name="signatory_position_once"
                        ),
                        models.CheckConstraint(condition=models.Q(("position__range", (1, 3))), name="signatory_one_to_three"),
                        models.UniqueConstraint(condition=models.Q(("released_at", None)), fields=("agreement", "user"), name="signatory_one_party"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("authority", None), ("deputy_for", "")),
                                models.Q(models.Q(("deputy_for", ""), _negated=True), ("authority__isnull", False)),
                                _connector="OR",
                            ),
                            name="signatory_deputy_has_authority",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Submission",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("version", models.ForeignKey(on_delete=models.PROTECT, related_name="submissions", to="partnerships.agreementversion")),
                    ("signatory", models.ForeignKey(on_delete=models.PROTECT, related_name="submissions", to="partnerships.signatory")),
                    ("kind", models.CharField(choices=[("paper", "signed on paper"), ("elsewhere", "signed elsewhere, the file differs")], max_length=10)),
                    (
                        "state",
                        models.CharField(
                            choices=[("waiting", "waits for comparison"), ("confirmed", "confirmed"), ("refused", "refused")], default="waiting", max_length=10
                        ),
                    ),
                    ("file", models.OneToOneField(on_delete=models.PROTECT, related_name="+", to="documents.storedfile")),
                    ("signed_on", models.DateField()),
                    ("brought_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("brought_at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "refused"), _negated=True), fields=("version", "signatory"), name="submission_one_at_a_time"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Comparison",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("submission", models.ForeignKey(on_delete=models.PROTECT, related_name="comparisons", to="partnerships.submission")),
                    ("party", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="partnerships.party")),
                    ("reviewer", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("agrees", models.BooleanField()),
                    ("digits", models.CharField(blank=True, max_length=64)),
                    ("reason", models.TextField(blank=True, max_length=1000)),
                    ("at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("submission", "reviewer"), name="comparison_once_a_person"),
                        models.UniqueConstraint(fields=("submission", "party"), name="comparison_once_a_city", nulls_distinct=False),
                        models.CheckConstraint(
                            condition=models.Q(("agrees", True), models.Q(("reason", ""), _negated=True), _connector="OR"), name="comparison_refused_has_reason"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Reservation",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("version", models.ForeignKey(on_delete=models.PROTECT, related_name="reservations", to="partnerships.agreementversion")),
                    ("signatory", models.ForeignKey(on_delete=models.PROTECT, related_name="reservations", to="partnerships.signatory")),
                    ("edition", models.ForeignKey(on_delete=models.PROTECT, related_name="reservations", to="partnerships.edition")),
                    (
                        "state",
                        models.CharField(
                            choices=[("held", "reserved"), ("used", "signed and uploaded"), ("released", "given back"), ("lapsed", "time is over")],
                            default="held",
                            max_length=10,
                        ),
                    ),
                    ("reserved_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("reserved_at", models.DateTimeField(db_default=Now())),
                    ("until", models.DateTimeField()),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(condition=models.Q(("state", "held")), fields=("version",), name="reservation_one_at_a_time"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Evidence",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("version", models.ForeignKey(on_delete=models.PROTECT, related_name="evidence", to="partnerships.agreementversion")),
                    ("party", models.ForeignKey(on_delete=models.PROTECT, related_name="evidence", to="partnerships.party")),
                    ("signatory", models.ForeignKey(on_delete=models.PROTECT, related_name="evidence", to="partnerships.signatory")),
                    ("user", models.ForeignKey(on_delete=models.PROTECT, related_name="evidence", to=settings.AUTH_USER_MODEL)),
                    (
                        "kind",
                        models.CharField(
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
                    ("version_sha256", models.CharField(max_length=64)),
                    ("pdf_sha256", models.CharField(max_length=64)),
                    ("factor", models.CharField(blank=True, max_length=20)),
                    ("factor_at", models.DateTimeField(null=True)),
                    ("assertion", models.JSONField(null=True)),
                    ("certificate", models.JSONField(null=True)),
                    ("submission", models.OneToOneField(null=True, on_delete=models.PROTECT, related_name="evidence", to="partnerships.submission")),
                    ("record", models.BinaryField(default=bytes)),
                    ("nonce", models.CharField(max_length=32, unique=True)),
                    ("at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "verbose_name_plural": "evidence",
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("version", "signatory"), name="evidence_once"),
                        models.UniqueConstraint(fields=("version", "user"), name="evidence_one_party"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("certificate", None),
                                    ("factor__in", ["totp", "webauthn"]),
                                    ("factor_at__isnull", False),
                                    ("kind", "click"),
                                    ("submission", None),
                                ),
                                models.Q(("certificate__isnull", False), ("factor", ""), ("kind", "external"), ("submission", None)),
                                models.Q(("certificate", None), ("factor", ""), ("kind__in", ["paper", "elsewhere"]), ("submission__isnull", False)),
                                _connector="OR",
                            ),
                            name="evidence_has_what_its_kind_needs",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("assertion__isnull", False), ("factor", "webauthn")),
                                models.Q(models.Q(("factor", "webauthn"), _negated=True), ("assertion", None)),
                                _connector="OR",
                            ),
                            name="evidence_passkey_has_assertion",
                        ),
                    ],
                },
            ),
        ),
    ]
