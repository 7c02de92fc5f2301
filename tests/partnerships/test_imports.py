"""Tables come in row by row, after a look, and can be taken back."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from foundation.effects import work
from partnerships.course import participation
from partnerships.directory import directory, directory_reading, import_undoing, imports
from partnerships.directory.broken_names import kind_of
from partnerships.directory.directory_reading import Unreadable, read
from partnerships.models import Actor, DirectoryImport, Topic
from tests.conftest import login
from tests.partnerships.factories import both

pytestmark = pytest.mark.django_db

SOURCE = """GFOS mbH
Handwerkskammer Bildungszentrum Münster
Hundertmark Verkehrssicherungsanlagen
GmbH
Industrie- und Handelskammer zu Dortmund
KRANKIKOM Alexander Kranki
Kommunikation GmbH
NRW.International GmbH
Ruhr-Universität Bochum
Stiftung und Verein Westfalen-Initiative für Eigenverantwortung und Gemeinwohl
Stiftung und Verein
Westfalen-Initiative für
Eigenverantwortung und
Gemeinwohl
Südwestfälische Industrie- und
Handelskammer zu Hagen"""


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


@pytest.fixture
def biotech(db):
    return directory.list_topic(
        "biotech", name=both("Biotechnologie"), kind=Topic.Kind.INDUSTRY, by=None
    )


def upload(text, by, encoding="utf-8"):
    data = text if isinstance(text, bytes) else text.encode(encoding)
    return imports.upload(data, name="tabelle.csv", by=by)


def carry_out(batch, by):
    imports.confirm(batch, by=by)
    while work.drain("default"):
        pass
    batch.refresh_from_db()
    assert batch.state == "done"


def take_back(batch, by):
    imports.take_back(batch, by=by)
    while work.drain("default"):
        pass
    batch.refresh_from_db()
    assert batch.state == "undone"


def verdicts(batch):
    return [(row.line, row.verdict) for row in batch.rows.all()]


@pytest.mark.req("R160")
@pytest.mark.req("R170")
@pytest.mark.req("R171")
def test_the_names_of_the_source_become_nine_organisations(otto):
    batch = upload(SOURCE, otto)
    assert [row.name for row in batch.rows.all()] == [
        "GFOS mbH",
        "Handwerkskammer Bildungszentrum Münster",
        "Hundertmark Verkehrssicherungsanlagen GmbH",
        "Industrie- und Handelskammer zu Dortmund",
        "KRANKIKOM Alexander Kranki Kommunikation GmbH",
        "NRW.International GmbH",
        "Ruhr-Universität Bochum",
        "Stiftung und Verein Westfalen-Initiative für Eigenverantwortung und Gemeinwohl",
        "Südwestfälische Industrie- und Handelskammer zu Hagen",
    ]
    assert Actor.objects.count() == 0
    carry_out(batch, otto)
    assert dict(Actor.objects.values_list("name", "kind"))["NRW.International GmbH"] == "company"
    kinds = list(Actor.objects.order_by("sort_de").values_list("kind", flat=True))
    assert kinds == [
        "company", "training_centre", "company", "chamber", "company", "company", "university",
        "foundation", "chamber",
    ]  # fmt: skip


@pytest.mark.req("R170")
def test_a_name_that_holds_a_person_is_an_organisation(otto):
    assert kind_of("KRANKIKOM Alexander Kranki Kommunikation GmbH") == "company"
    assert kind_of("Alexander Kranki") == "other"


TABLE = "Name;Kind;City or region;Website\nMüller & Söhne;company;Bielefeld;example.org\n"


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode("utf-8"),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("cp1252"),
        TABLE.encode("utf-16"),
        TABLE.replace(";", ",").encode(),
        TABLE.replace(";", "\t").encode("cp1252"),
        TABLE.replace("\n", "\r\n").encode("cp1252"),
        TABLE.replace("Müller", '"Müller').replace("Söhne", 'Söhne"').encode(),
        TABLE.replace("& ", "&\n").replace("Müller", '"Müller').replace("Söhne", 'Söhne"').encode(),
        TABLE.replace("Kind", "Art").replace("Name", "name").encode(),
    ],
)
def test_files_as_people_have_them(data, otto, bielefeld):
    row = upload(data, otto).rows.get()
    assert (row.line, row.verdict, row.name) == (2, "new", "Müller & Söhne")
    assert row.values["kind"] == "company"
    assert row.values["city"] == bielefeld.pk
    assert row.values["website"] == "https://example.org"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "import-empty"),
        (b"  \n ", "import-empty"),
        (b"PK\x03\x04zip", "import-workbook"),
        (b"Name\0;Art\nA;B", "import-binary"),
        (b"Farbe;Form\nrot;rund", "import-no-name"),
        (b"Name;Kind\n", "import-no-rows"),
        (b"Name\n" + b"A\n" * 10_001, "import-too-long"),
    ],
)
def test_files_that_are_no_table_are_refused_with_a_reason(data, code):
    with pytest.raises(Unreadable) as refusal:
        read(data)
    assert refusal.value.code == code


def test_row_seventeen_is_broken_and_nothing_else_is_lost(otto, bielefeld):
    rows = [f"Firma {n};company;Bielefeld" for n in range(2, 42)]
    rows[15] = '"Firma 17;company;Bielefeld'
    rows[16] = "Firma 18;zeppelin;Bielefeld"
    rows[17] = "Firma 19;company;Atlantis"
    rows[18] = ";company;Bielefeld"
    rows[19] = "Firma 21;company;Bielefeld;zu viel"
    rows[20] = "Firma 2;company;Bielefeld"
    batch = upload("Name;Kind;City or region\n" + "\n".join(rows), otto)
    findings = {row.line: row for row in batch.rows.exclude(verdict="new")}
    assert {line: row.verdict for line, row in findings.items()} == {
        17: "faulty", 18: "faulty", 19: "faulty", 20: "faulty", 21: "faulty", 22: "repeated",
    }  # fmt: skip
    assert all(len(row.remarks) == 1 for row in findings.values())
    assert "zeppelin" in findings[18].remarks[0]
    assert "Atlantis" in findings[19].remarks[0]
    assert "2" in findings[22].remarks[0]
    assert Actor.objects.count() == 0
    carry_out(batch, otto)
    assert Actor.objects.count() == 34


def test_what_was_exported_comes_back_as_nothing_to_do(client, otto, bielefeld, biotech):
    iot = directory.list_topic("iot", name=both("Internet der Dinge", "IoT"), by=None)
    for n, name in enumerate(("=Formel AG", "'t Hof", "Ärzte; Bund", 'Die "Neuen"', "Zeile", "-x")):
        directory.list_actor(
            name, kind="sme", sector="business", municipality=[bielefeld, None][n % 2],
            website="https://example.org", description=both("Eins;\nzwei", "One"),
            topics=[biotech, iot], is_published=n != 3, by=None,
        )  # fmt: skip
    login(client, otto)
    for form in ("", "excel"):
        for language in ("de", "en", "fi"):
            answer = client.get(
                reverse("actor_csv"), {"form": form}, headers={"accept-language": language}
            )
            batch = upload(answer.content, otto)
            assert {verdict for _line, verdict in verdicts(batch)} == {"unchanged"}, language
            with pytest.raises(imports.NothingToDo):
                imports.confirm(batch, by=otto)


def test_changes_are_named_made_and_taken_back(otto, bielefeld, biotech):
    kept = directory.list_actor(
        "Alt GmbH", kind="company", sector="business", municipality=bielefeld, topics=[biotech],
        by=None,
    )  # fmt: skip
    table = "Id;Name;Kind;Industries\nalt-gmbh;Neu GmbH;sme;\n;Frisch e. V.;;Biotechnologie\n"
    batch = upload(table, otto)
    changed, new = batch.rows.all()
    assert changed.remarks == ["Changes: Name, Kind, Topics and industries."]
    assert (new.verdict, new.values["kind"]) == ("new", "association")
    carry_out(batch, otto)
    kept.refresh_from_db()
    assert (kept.name, kept.kind, kept.sort_de, kept.folded) == (
        "Neu GmbH", "sme", "neu gmbh", "neu gmbh",
    )  # fmt: skip
    assert (kept.municipality, kept.topics.count()) == (bielefeld, 0)
    take_back(batch, otto)
    kept.refresh_from_db()
    assert (kept.name, kept.kind, list(kept.topics.all())) == ("Alt GmbH", "company", [biotech])
    assert Actor.objects.get() == kept


def test_what_people_did_since_stays_when_an_import_is_taken_back(otto, partnership):
    old = directory.list_actor("Alt", kind="company", sector="business", by=None)
    table = "Id;Name;Kind;Website\nalt;Alt;sme;example.org\n;Eins;sme;\n;Zwei;sme;\n;Drei;sme;\n"
    batch = upload(table, otto)
    carry_out(batch, otto)
    party = partnership.parties.first()
    participation.take_part(partnership, Actor.objects.get(name="Eins"), party=party, by=None)
    Actor.objects.filter(name="Zwei").update(website="https://example.com")
    Actor.objects.filter(pk=old.pk).update(website="https://example.net")
    take_back(batch, otto)
    old.refresh_from_db()
    assert (old.kind, old.website) == ("company", "https://example.net")
    assert sorted(Actor.objects.values_list("name", flat=True)) == ["Alt", "Eins", "Zwei"]
    remarks = {row.name: len(row.remarks) for row in batch.rows.all()}
    assert remarks == {"Alt": 2, "Eins": 1, "Zwei": 1, "Drei": 0}


def test_after_two_weeks_an_import_stays(otto):
    batch = upload("Eins", otto)
    carry_out(batch, otto)
    long_ago = timezone.now() - dt.timedelta(days=15)
    DirectoryImport.objects.filter(pk=batch.pk).update(done_at=long_ago)
    batch.refresh_from_db()
    assert not batch.can_be_undone
    with pytest.raises(imports.TooLate):
        imports.take_back(batch, by=otto)


def test_an_entry_that_came_meanwhile_is_not_doubled(otto):
    batch = upload("Name;Kind\nEins;sme\nZwei;sme", otto)
    directory.list_actor("Eins", kind="company", sector="business", by=None)
    carry_out(batch, otto)
    assert Actor.objects.get(name="Eins").kind == "company"
    assert verdicts(batch) == [(2, "faulty"), (3, "new")]


def test_work_goes_on_after_a_killed_worker(otto, monkeypatch):
    monkeypatch.setattr(imports, "AT_ONCE", 10)
    monkeypatch.setattr(import_undoing, "AT_ONCE", 10)
    batch = upload("Name\n" + "\n".join(f"Firma {n:03}" for n in range(35)), otto)
    imports.confirm(batch, by=otto)
    assert work.drain("default", limit=2) == 2
    assert imports.tally(batch)["done"] == Actor.objects.count() == 20
    while work.drain("default"):
        pass
    assert Actor.objects.count() == 35
    batch.refresh_from_db()
    take_back(batch, otto)
    assert Actor.objects.count() == 0


def test_the_pages_from_upload_to_taking_back(client, otto, clara, do_work):
    url = reverse("directory_import")
    assert login(client, clara).get(url).status_code == 403
    login(client, otto)
    assert "table" in client.post(url, {}).context["form"].errors
    broken = SimpleUploadedFile("a.csv", b"PK\x03\x04")
    assert "table" in client.post(url, {"table": broken}).context["form"].errors
    file = SimpleUploadedFile("liste.csv", "Name;Kind\nÄpfel;sme\nBirnen;zeppelin".encode("cp1252"))
    answer = client.post(url, {"table": file})
    batch = DirectoryImport.objects.get()
    preview = reverse("directory_import_preview", args=[batch.pk])
    assert answer["Location"] == preview
    page = client.get(preview)
    assert page.context["tally"]["to_do"] == 1
    assert "zeppelin" in client.get(preview, {"show": "faulty"}).content.decode()
    assert "Äpfel" not in client.get(preview, {"show": "faulty"}).content.decode()
    client.post(reverse("directory_import_confirm", args=[batch.pk]))
    running = client.get(preview).content
    assert b"<progress" in running and b"Aktuellen Stand" in running and b"refresh" not in running
    do_work()
    assert b"<progress" not in client.get(preview).content
    undo = reverse("directory_import_undo", args=[batch.pk])
    assert client.get(undo).context["made"] == 1
    client.post(undo)
    do_work()
    assert Actor.objects.count() == 0
    assert client.get(url).content.count(b"liste.csv") == 1


def test_a_discarded_import_does_nothing(client, otto, do_work):
    batch = upload("Eins", otto)
    login(client, otto).post(reverse("directory_import_discard", args=[batch.pk]))
    client.post(reverse("directory_import_confirm", args=[batch.pk]))
    do_work()
    batch.refresh_from_db()
    assert (batch.state, Actor.objects.count()) == ("discarded", 0)


def test_the_list_of_imports_asks_as_often_for_three_as_for_one(
    client, otto, django_assert_max_num_queries
):
    login(client, otto)
    counts = []
    for more in (1, 2):
        for _n in range(more):
            batch = upload("Eins\nZwei\nDrei", otto)
        with django_assert_max_num_queries(20) as first:
            client.get(reverse("directory_import"))
        with django_assert_max_num_queries(20) as second:
            client.get(reverse("directory_import_preview", args=[batch.pk]))
        counts.append((len(first), len(second)))
    assert counts[0] == counts[1]


def test_a_first_line_longer_than_any_row_is_a_sentence_not_a_crash(otto):
    with pytest.raises(Unreadable):
        upload("Firma;" * 60_000, otto)
    batch = upload("x" * 200_000, otto)
    assert imports.tally(batch)["faulty"] == 1


def test_a_table_of_a_million_lines_is_refused_without_being_read_to_its_end(otto, monkeypatch):
    read_lines = []
    real = directory_reading._record
    monkeypatch.setattr(
        directory_reading, "_record", lambda *how: read_lines.append(1) or real(*how)
    )
    with pytest.raises(Unreadable, match=r"10[.,]?000"):
        upload("Name\n" + "ab\n" * 1_000_000, otto)
    assert len(read_lines) == directory_reading.MOST_ROWS + 1
