"""Photos bear a credit and words for everybody, hold only pixels, and can be taken down."""

import datetime as dt
import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from foundation.documents import files
from foundation.documents import photos as painting
from foundation.documents.rendering import render_pdf
from foundation.languages import LocalizedText
from partnerships.course import phases
from partnerships.deeds import labs, news, photos, projects
from partnerships.models import Photo
from tests.conftest import login
from tests.partnerships.factories import both

pytestmark = pytest.mark.usefixtures("seal")
WORDS = both("Ein Steg im Nebel", "A jetty in the fog")
ENGLISH = {"accept-language": "en"}


def picture(kind="JPEG", size=(640, 480), **more) -> bytes:
    kept = BytesIO()
    Image.new("RGB", size, "#5f9fb0").save(kept, kind, **more)
    return kept.getvalue()


def with_metadata() -> bytes:
    """A photo held sideways, with a maker, a place and a comment in it."""
    exif = Image.Exif()
    exif[0x010F] = "Geheimkamera"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    return picture(exif=exif, comment=b"Geheimnotiz")


@pytest.fixture
def item(partnership):
    return news.write(
        partnership, title=both("Auftakt"), body=both("Text"), place="Bielefeld",
        on=dt.date(2026, 3, 17), source="Stadt", by=None,
    )  # fmt: skip


def bring(place, data=b"", **more):
    words = {"alt": WORDS, "credit": "Ada Beispiel (Demo)", "by": None} | more
    return photos.bring(place, data or picture(), **words)


@pytest.mark.req("R168")
def test_a_photo_stands_on_its_page_with_credit_and_text(client, item, partnership, otto):
    photo = bring(item)
    address = reverse("photo", args=[partnership.slug, photo.pk])
    assert client.get(address).status_code == 404  # neither partnership nor news are public yet
    phases.publish_partnership(partnership, by=otto)
    assert client.get(address).status_code == 404
    news.publish(item, by=None)
    page = client.get(reverse("news_item", args=[item.slug]), headers=ENGLISH).content.decode()
    assert f'<img src="{address}" width="640" height="480" alt="A jetty in the fog"' in page
    assert "Photo: Ada Beispiel (Demo)" in page
    german = client.get(reverse("news_item", args=[item.slug]), headers={"accept-language": "de"})
    assert 'alt="Ein Steg im Nebel"' in german.content.decode()


@pytest.mark.req("R168")
def test_without_credit_or_words_in_both_languages_nothing_is_kept(item):
    for more in ({"credit": "  "}, {"alt": LocalizedText.of("de", "Nur deutsch")}):
        with pytest.raises(photos.CreditMissing):
            bring(item, **more)
    photo = bring(item)
    for constraint, values in (
        ("photo_has_credit", {"credit": " "}),
        ("photo_has_words_in_both_languages", {"alt": LocalizedText.of("de", "Nur deutsch")}),
        ("photo_has_words_in_both_languages", {"alt": LocalizedText()}),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Photo.objects.filter(pk=photo.pk).update(**values)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_kind_becomes_a_jpeg_of_modest_size(kind):
    painted = painting.repaint(picture(kind, (3000, 1500)))
    assert (painted.width, painted.height) == (1600, 800)
    assert Image.open(BytesIO(painted.data)).format == "JPEG"


@pytest.mark.req("R168")
def test_nothing_that_the_camera_wrote_is_kept_and_the_photo_stands_upright():
    data = with_metadata()
    assert b"Geheimkamera" in data
    assert b"Geheimnotiz" in data
    painted = painting.repaint(data)
    assert b"Geheim" not in painted.data
    assert (painted.width, painted.height) == (480, 640)
    again = Image.open(BytesIO(painted.data))
    assert not again.getexif()
    assert set(again.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive",
                               "progression"}  # fmt: skip


def moving() -> bytes:
    frames = [Image.new("RGB", (300, 300), colour) for colour in ("red", "blue")]
    kept = BytesIO()
    frames[0].save(kept, "WEBP", save_all=True, append_images=frames[1:])
    return kept.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "photo-empty"),
        (b"GIF89a" + bytes(50), "photo-kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo-kind"),
        (picture(size=(640, 100)), "photo-small"),
        (picture("PNG", (8000, 7000)), "photo-pixels"),
        (picture()[:-400], "photo-broken"),
        (moving(), "photo-moving"),
        (bytes(painting.MAX_BYTES + 1), "photo-size"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_photo_is_refused_with_a_sentence(data, code):
    with pytest.raises(painting.PhotoRefused) as refusal:
        painting.repaint(data)
    assert refusal.value.code == code
    assert "." in str(refusal.value)


def test_half_a_photo_is_refused_also_by_a_helper_that_has_printed():
    render_pdf("<p>Druck</p>", title="T", language="de")
    with pytest.raises(painting.PhotoRefused) as refusal:
        painting.repaint(picture()[:-400])
    assert refusal.value.code == "photo-broken"


def test_one_photo_in_a_place_taken_down_put_back_and_erased(client, item, partnership, otto):
    phases.publish_partnership(partnership, by=otto)
    news.publish(item, by=None)
    first = bring(item)
    with pytest.raises(photos.PlaceTaken):
        bring(item)
    address = reverse("photo", args=[partnership.slug, first.pk])
    photos.take_down(first, by=None)
    assert client.get(address).status_code == 404
    page = client.get(reverse("news_item", args=[item.slug])).content.decode()
    assert address not in page
    second = bring(item)
    with pytest.raises(photos.PlaceTaken):
        photos.put_back(first, by=None)
    photos.take_down(second, by=None)
    photos.put_back(first, by=None)
    assert client.get(address).status_code == 200
    photos.erase(first, by=None)
    with pytest.raises(photos.PhotoErased):
        photos.put_back(first, by=None)
    first.refresh_from_db()
    with pytest.raises(files.BytesLost):
        files.read(first.file)
    assert first.file.purged_at
    with pytest.raises(IntegrityError, match="photo_one_in_a_place"), transaction.atomic():
        Photo.objects.filter(pk__in=[first.pk, second.pk]).update(
            taken_down_at=None, erased_at=None
        )


def test_the_bytes_are_served_with_headers_that_let_nothing_run(client, item, partnership, otto):
    phases.publish_partnership(partnership, by=otto)
    news.publish(item, by=None)
    photo = bring(item)
    answer = client.get(reverse("photo", args=[partnership.slug, photo.pk]))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-cache"
    again = client.get(
        reverse("photo", args=[partnership.slug, photo.pk]),
        headers={"if-none-match": answer["ETag"]},
    )
    assert (again.status_code, again.content) == (304, b"")


def test_bringing_through_pages_keeps_what_was_typed(client, item, partnership, otto):
    login(client, otto, fresh=True)
    address = reverse("photo_new", args=[partnership.slug])
    typed = {
        "place": f"news-{item.pk}", "alt_de": "Ein Steg", "alt_en": "A jetty",
        "credit": "Ada Beispiel", "may_show": "on",
    }  # fmt: skip
    for data, sentence in (
        (b"GIF89a", "This file is no JPEG, PNG or WebP. It was not kept."),
        (None, "Please choose the file."),
    ):
        more = {"file": SimpleUploadedFile("f.jpg", data)} if data else {}
        page = client.post(address, typed | more, headers=ENGLISH).content.decode()
        assert sentence in page
        assert 'value="Ada Beispiel"' in page
    assert not Photo.objects.exists()
    good = typed | {"file": SimpleUploadedFile("../../f.jpg", picture())}
    assert client.post(address, good).status_code == 302
    photo = Photo.objects.get()
    assert (photo.place, photo.file.name) == (item, "foto.jpg")
    listing = reverse("photo_list", args=[partnership.slug])
    assert "A jetty" in client.get(listing, headers=ENGLISH).content.decode()
    put = reverse("photo_put", args=[partnership.slug, photo.pk])
    client.post(put, {"do": "down"})
    assert "Put it back" in client.get(listing, headers=ENGLISH).content.decode()
    client.post(put, {"do": "back"})
    photo.refresh_from_db()
    assert photo.taken_down_at is None
    edit = reverse("photo_edit", args=[partnership.slug, photo.pk])
    client.post(edit, {"alt_de": "Steg", "alt_en": "Jetty", "credit": "Berta"})
    photo.refresh_from_db()
    assert (photo.credit, photo.alt.get("en")) == ("Berta", "Jetty")


def test_every_place_has_its_photo_and_lists_ask_no_more_for_three(
    client, item, partnership, otto, django_assert_max_num_queries
):
    project = projects.catch_idea(partnership, title=both("Karte"), by=None)
    lab = labs.describe(partnership, name=both("Labor"), by=None)
    phases.publish_partnership(partnership, by=otto)
    for thing, publish in ((item, news), (project, projects), (lab, labs)):
        publish.publish(thing, by=otto)
    login(client, otto, fresh=True)
    listing = reverse("photo_list", args=[partnership.slug])
    counts = []
    for places in ([partnership], [item, project, lab]):
        for place in places:
            bring(place)
        client.get(listing)
        with CaptureQueriesContext(connection) as seen:
            client.get(listing)
        counts.append(len(seen))
    assert counts[0] == counts[1]
    client.logout()
    slug = partnership.slug
    for page in (
        reverse("partnership", args=[slug]),
        reverse("news_item", args=[item.slug]),
        reverse("project", args=[slug, project.slug]),
        reverse("lab", args=[slug, lab.slug]),
    ):
        with django_assert_max_num_queries(8):
            text = client.get(page).content.decode()
        assert len(re.findall(r'<figure class="sb-photo">', text)) == 1, page
