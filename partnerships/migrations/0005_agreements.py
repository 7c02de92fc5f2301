"""The words of agreements: clauses, languages, versions, terms."""

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

from foundation.languages import LocalizedText, LocalizedTextField
from foundation.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("documents", "0001_first"),
        ("partnerships", "0004_analyses"),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="Agreement",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("partnership", models.ForeignKey(on_delete=models.PROTECT, related_name="agreements", to="partnerships.partnership")),
                    ("year", models.PositiveSmallIntegerField()),
                    ("serial", models.PositiveSmallIntegerField()),
                    ("number", models.CharField(max_length=20, unique=True)),
                    ("base", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="amendments", to="partnerships.agreement")),
                    ("amendment_n", models.PositiveSmallIntegerField(blank=True, null=True)),
                    ("builds_on", models.JSONField(blank=True, default=list)),
                    ("title", LocalizedTextField(default=LocalizedText)),
                    ("languages", models.JSONField(default=list)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("draft", "Draft"),
                                ("agreed", "Text agreed"),
                                ("frozen", "Frozen, the PDF is being made"),
                                ("collecting", "Waiting for signatures"),
                                ("sealing", "All signed, the seal is being set"),
                                ("concluded", "Concluded"),
                                ("declined", "Declined"),
                                ("expired", "Time to sign is over"),
                                ("withdrawn", "Withdrawn"),
                                ("failed", "The PDF could not be made"),
                            ],
                            default="draft",
                            max_length=12,
                        ),
                    ),
                    ("starts_on", models.DateField(blank=True, null=True)),
                    ("ends_on", models.DateField(blank=True, null=True)),
                    ("notice_months", models.PositiveSmallIntegerField(default=6)),
                    ("review_on", models.DateField(blank=True, null=True)),
                    ("created_at", models.DateTimeField(db_default=Now())),
                    ("created_by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("sign_by", models.DateTimeField(blank=True, null=True)),
                    ("concluded_at", models.DateTimeField(blank=True, null=True)),
                    ("published_at", models.DateTimeField(blank=True, null=True)),
                    ("stop_reason", models.TextField(blank=True, max_length=1000)),
                    ("stopped_by_party", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="partnerships.party")),
                ],
                options={
                    "ordering": ["-year", "-serial"],
                    "constraints": [
                        models.UniqueConstraint(condition=models.Q(("base", None)), fields=("year", "serial"), name="agreement_serial_once"),
                        models.UniqueConstraint(fields=("base", "amendment_n"), name="amendment_number_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("amendment_n", None), ("base", None)),
                                models.Q(("amendment_n__gte", 1), ("amendment_n__isnull", False), ("base__isnull", False)),
                                _connector="OR",
                            ),
                            name="amendment_has_base_and_number",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("base", None), models.Q(("state__in", ["concluded", "withdrawn"]), _negated=True)),
                            fields=("partnership",),
                            name="agreement_one_in_the_making",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("concluded_at__isnull", False), ("state", "concluded")),
                                models.Q(models.Q(("state", "concluded"), _negated=True), ("concluded_at", None)),
                                _connector="OR",
                            ),
                            name="agreement_concluded_has_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("state", "collecting"), _negated=True), ("sign_by__isnull", False), _connector="OR"),
                            name="agreement_collecting_has_deadline",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state__in", ["declined", "withdrawn"]), _negated=True), models.Q(("stop_reason", ""), _negated=True), _connector="OR"
                            ),
                            name="agreement_stopped_has_reason",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("published_at", None), ("state", "concluded"), _connector="OR"), name="agreement_published_is_concluded"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("starts_on", None), ("ends_on", None), ("ends_on__gt", models.F("starts_on")), _connector="OR"),
                            name="agreement_ends_after_start",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CouncilReference",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("agreement", models.ForeignKey(on_delete=models.PROTECT, related_name="council_references", to="partnerships.agreement")),
                    ("party", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="partnerships.party")),
                    ("is_reservation", models.BooleanField(default=False)),
                    ("body", models.CharField(blank=True, max_length=200)),
                    ("decided_on", models.DateField(blank=True, null=True)),
                    ("paper", models.CharField(blank=True, max_length=60)),
                ],
                options={
                    "ordering": ["party__position"],
                    "constraints": [
                        models.UniqueConstraint(fields=("agreement", "party"), name="council_reference_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_on", None), ("is_reservation", True)),
                                models.Q(("decided_on__isnull", False), ("is_reservation", False), models.Q(("body", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="council_decision_or_reservation",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="AgreedText",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("agreement", models.ForeignKey(on_delete=models.PROTECT, related_name="agreed_texts", to="partnerships.agreement")),
                    ("digest", models.CharField(max_length=64)),
                    ("content", models.BinaryField()),
                    ("kept_at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("agreement", "digest"), name="agreed_text_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="LanguageRelease",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("agreement", models.ForeignKey(on_delete=models.PROTECT, related_name="language_releases", to="partnerships.agreement")),
                    ("language", models.CharField(max_length=5)),
                    ("digest", models.CharField(max_length=64)),
                    ("name", models.CharField(max_length=200)),
                    ("function", models.CharField(max_length=200)),
                    ("released_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("released_at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("function", ""), _negated=True)),
                            name="language_release_names_somebody",
                        ),
                        models.CheckConstraint(condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")), name="language_release_digest"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="FileReference",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("agreement", models.ForeignKey(on_delete=models.PROTECT, related_name="file_references", to="partnerships.agreement")),
                    ("party", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="partnerships.party")),
                    ("number", models.CharField(max_length=80)),
                ],
                options={
                    "ordering": ["party__position"],
                    "constraints": [
                        models.UniqueConstraint(fields=("agreement", "party"), name="file_reference_once"),
                        models.CheckConstraint(condition=models.Q(("number", ""), _negated=True), name="file_reference_is_not_empty"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="AgreementVersion",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("agreement", models.ForeignKey(on_delete=models.PROTECT, related_name="versions", to="partnerships.agreement")),
                    ("n", models.PositiveSmallIntegerField()),
                    ("content", models.BinaryField()),
                    ("sha256", models.CharField(max_length=64, unique=True)),
                    ("template", models.CharField(max_length=20)),
                    ("libraries", models.JSONField()),
                    ("is_test", models.BooleanField()),
                    ("frozen_at", models.DateTimeField(db_default=Now())),
                    ("frozen_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    "ordering": ["n"],
                    "constraints": [
                        models.UniqueConstraint(fields=("agreement", "n"), name="version_number_once"),
                        models.CheckConstraint(condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="version_digest"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Edition",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("version", models.ForeignKey(on_delete=models.PROTECT, related_name="editions", to="partnerships.agreementversion")),
                    ("stage", models.CharField(choices=[("issued", "Issued"), ("final", "Final")], max_length=8)),
                    ("release", models.OneToOneField(on_delete=models.PROTECT, related_name="+", to="documents.release")),
                    ("pdf_sha256", models.CharField(max_length=64, unique=True)),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(condition=models.Q(("stage", "final")), fields=("version", "stage"), name="edition_final_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReadingCopy",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("agreement", models.ForeignKey(on_delete=models.PROTECT, related_name="reading_copies", to="partnerships.agreement")),
                    ("digest", models.CharField(max_length=64)),
                    ("file", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="documents.storedfile")),
                    ("made_at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "ordering": ["-made_at", "-pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("agreement", "digest"), name="reading_copy_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Renewal",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("agreement", models.ForeignKey(on_delete=models.PROTECT, related_name="renewals", to="partnerships.agreement")),
                    ("party", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="partnerships.party")),
                    ("ends_on", models.DateField()),
                    ("digest", models.CharField(max_length=64)),
                    ("proposed_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("proposed_at", models.DateTimeField(db_default=Now())),
                    ("declared_at", models.DateTimeField(null=True)),
                    ("set_aside_at", models.DateTimeField(null=True)),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("declared_at", None), ("set_aside_at", None)), fields=("agreement",), name="renewal_one_proposal"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("declared_at", None), ("set_aside_at", None), _connector="OR"), name="renewal_declared_or_set_aside"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Termination",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("agreement", models.OneToOneField(on_delete=models.PROTECT, related_name="termination", to="partnerships.agreement")),
                    ("party", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="partnerships.party")),
                    ("given_on", models.DateField()),
                    ("effective_on", models.DateField()),
                    ("notice_months", models.PositiveSmallIntegerField()),
                    ("reason", models.TextField(max_length=1000)),
                    ("given_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("recorded_at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("effective_on__gt", models.F("given_on"))), name="termination_takes_notice"),
                        models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="termination_has_reason"),
                    ],
                },
            ),
        ),
    ]
