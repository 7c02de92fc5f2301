"""Cities, topics and challenges, and the team of the office."""

from django.db import migrations, models

from foundation.languages import LocalizedText, LocalizedTextField
from foundation.tables import Tables


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        Tables(
            migrations.CreateModel(
                name="Topic",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("slug", models.SlugField(max_length=60, unique=True)),
                    (
                        "kind",
                        models.CharField(
                            choices=[("topic", "Topic"), ("industry", "Industry"), ("research", "Research focus")], default="topic", max_length=10
                        ),
                    ),
                    ("name", LocalizedTextField(default=LocalizedText)),
                    ("sort_de", models.CharField(db_index=True, max_length=200)),
                ],
                options={
                    "ordering": ["sort_de", "pk"],
                },
            ),
            migrations.CreateModel(
                name="Municipality",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("slug", models.SlugField(max_length=60, unique=True)),
                    ("name", LocalizedTextField(default=LocalizedText)),
                    ("kind", models.CharField(choices=[("city", "City"), ("region", "Region")], default="city", max_length=10)),
                    ("country", models.CharField(max_length=2)),
                    ("region", models.CharField(blank=True, max_length=120)),
                    ("time_zone", models.CharField(default="Europe/Berlin", max_length=60)),
                    ("profile", LocalizedTextField(default=LocalizedText)),
                    ("lies_in", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="places", to="partnerships.municipality")),
                    ("strengths", models.JSONField(default=list)),
                    ("latitude", models.DecimalField(decimal_places=5, max_digits=8, null=True)),
                    ("longitude", models.DecimalField(decimal_places=5, max_digits=8, null=True)),
                    ("is_fictional", models.BooleanField(default=False)),
                    ("sort_de", models.CharField(db_index=True, max_length=200)),
                ],
                options={
                    "ordering": ["sort_de", "pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("country__regex", "^[A-Z]{2}$")), name="municipality_country_iso"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("latitude", None), ("longitude", None)),
                                models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                                _connector="OR",
                            ),
                            name="municipality_place_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("lies_in", None), models.Q(("lies_in", models.F("id")), _negated=True), _connector="OR"),
                            name="municipality_lies_elsewhere",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Challenge",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("slug", models.SlugField(max_length=80, unique=True)),
                    ("title", LocalizedTextField(default=LocalizedText)),
                    ("description", LocalizedTextField(default=LocalizedText)),
                    ("topic", models.ForeignKey(on_delete=models.PROTECT, related_name="challenges", to="partnerships.topic")),
                    ("is_fictional", models.BooleanField(default=False)),
                    ("sort_de", models.CharField(db_index=True, max_length=200)),
                ],
                options={
                    "ordering": ["sort_de", "pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("title", {}), _negated=True), name="challenge_has_title"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CityChallenge",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("challenge", models.ForeignKey(on_delete=models.PROTECT, related_name="cities", to="partnerships.challenge")),
                    ("municipality", models.ForeignKey(on_delete=models.PROTECT, related_name="challenges", to="partnerships.municipality")),
                    (
                        "stance",
                        models.CharField(
                            choices=[("seeks", "looks for a solution"), ("tries", "tries a solution out"), ("solved", "has a solution")],
                            default="seeks",
                            max_length=8,
                        ),
                    ),
                    ("solution", LocalizedTextField(default=LocalizedText)),
                    ("website", models.URLField(blank=True)),
                ],
                options={
                    "ordering": ["municipality__sort_de", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("challenge", "municipality"), name="city_challenge_once"),
                        models.CheckConstraint(
                            condition=models.Q(("stance", "seeks"), models.Q(("solution", {}), _negated=True), _connector="OR"),
                            name="city_challenge_solution_told",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="OfficeContact",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("function", LocalizedTextField(default=LocalizedText)),
                    ("helps_with", LocalizedTextField(default=LocalizedText)),
                    ("unit", models.CharField(blank=True, max_length=200)),
                    ("person_name", models.CharField(blank=True, max_length=200)),
                    ("name_is_public", models.BooleanField(default=False)),
                    ("phone", models.CharField(blank=True, max_length=40)),
                    ("email", models.EmailField(blank=True, max_length=254)),
                    ("shows_email", models.BooleanField(default=False)),
                    ("is_public", models.BooleanField(default=True)),
                    ("position", models.PositiveSmallIntegerField(default=0)),
                ],
                options={
                    "ordering": ["position", "pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("name_is_public", False), models.Q(("person_name", ""), _negated=True), _connector="OR"),
                            name="office_contact_shows_a_name",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("shows_email", False), models.Q(("email", ""), _negated=True), _connector="OR"),
                            name="office_contact_shows_an_address",
                        ),
                    ],
                },
            ),
        ),
    ]
