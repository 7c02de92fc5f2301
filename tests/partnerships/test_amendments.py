"""Amendments: numbered, computed against the base, frozen only on its newest text, put together."""

import datetime as dt
import re
from io import BytesIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader

from foundation.documents import files
from foundation.documents.verification import verify
from partnerships.course import phases
from partnerships.models import Agreement, ReadingCopy
from partnerships.signing import reading, signatories
from partnerships.wording import (
    agreements,
    amendments,
    clauses,
    comparison,
    consolidation,
    drafts,
    lamps,
    versions,
)
from tests.conftest import login
from tests.partnerships.factories import (
    agree_by_all,
    both,
    collecting,
    concluded,
    enrol,
    proof_of,
    release_all,
)

pytestmark = pytest.mark.usefixtures("seal", "draft_ground")


@pytest.fixture
def base(draft, otto, bruno, paula):
    concluded(draft, otto, bruno, paula)
    return draft


def amend(base, by, slug="financing", de="Geteilte Kosten.", en="Shared costs."):
    """A complete amendment of one clause, ready to be agreed."""
    made = amendments.draft_amendment(base, by=by)
    amendments.take_up(made, slug, by=by)
    clause = clauses.clause_of(made, slug)
    clauses.rewrite_clause(made, clause, {"de": de, "en": en}, based_on=1, by=by)
    for side, name in zip(made.partnership.parties.all(), ("Berta", "Tuomas"), strict=True):
        agreements.note_council(made, side, is_reservation=True, by=by)
        place = signatories.name_signatory(
            made,
            side,
            email=f"{name}@example.org",
            name=name,
            function=both("Oberbürgermeisteramt", "Mayor's office"),
            by=by,
        )
        if not place.user.authenticator_set.exists():
            enrol(place.user)
    release_all(made, by)
    return made


def conclude(amendment, by, *people):
    concluded(amendment, by, *people)
    amendment.refresh_from_db()


def slugs(data, *, frame=False):
    return [each["slug"] for each in data["clauses"] if bool(each.get("frame")) == frame]


@pytest.mark.req("R7")
def test_an_amendment_has_a_number_of_its_own_and_carries_only_what_changes(base, otto):
    made = amend(base, otto)
    assert made.number == f"{base.number}/A1"
    amendments.take_up(made, "publicity", by=otto)  # taken up, but left as it is
    content = drafts.gather(made).content()
    assert slugs(content) == ["financing"]
    assert slugs(content, frame=True) == [
        "parties", "amends", "remains", "bodies", "versions", "signatures",
    ]  # fmt: skip
    clause = next(each for each in content["clauses"] if each["slug"] == "financing")
    assert clause["before"]["de"].startswith("Jede Partnerstadt trägt")
    assert content["base"]["sha256"] == base.versions.get().sha256
    assert content["goals"] == content["actors"] == []
    assert [lamp.key for lamp in lamps.unlit(drafts.gather(made))] == []
    assert amendments.draft_amendment(base, by=otto).number == f"{base.number}/A2"


def test_an_amendment_that_changes_nothing_cannot_be_frozen(base, otto):
    made = amendments.draft_amendment(base, by=otto)
    assert "changes" in [lamp.key for lamp in lamps.unlit(drafts.gather(made))]
    with pytest.raises(amendments.NotAmendable):
        amendments.take_up(made, "signatures", by=otto)


def test_only_what_is_concluded_is_amended(draft, otto):
    with pytest.raises(amendments.NotAmendable):
        amendments.draft_amendment(draft, by=otto)


def test_the_database_wants_a_base_of_the_same_partnership(base, otto, bielefeld, tampere):
    other = phases.open_partnership([tampere, bielefeld], slug="andere", by=None)
    made = amendments.draft_amendment(base, by=otto)
    for values in ({"base": made}, {"partnership": other}):
        with pytest.raises(IntegrityError, match="no base agreement"), transaction.atomic():
            Agreement.objects.filter(pk=made.pk).update(**values)
    with pytest.raises(IntegrityError, match="amendment_has_base"), transaction.atomic():
        Agreement.objects.filter(pk=made.pk).update(amendment_n=None)


def test_data_under_a_clause_is_amended_with_it(base, concrete, otto):
    concrete.exchange_formats.update(per_year=2)
    made = amendments.draft_amendment(base, by=otto)
    amendments.take_up(made, "formats", by=otto)
    content = drafts.gather(made).content()
    assert slugs(content) == ["formats"]
    assert [each["per_year"] for each in content["formats"]] == [2]
    text = consolidation.applied(base.versions.get().data, content)
    assert [each["per_year"] for each in text["formats"]] == [2]
    assert text["goals"] == base.versions.get().data["goals"]


def test_the_reading_version_puts_amendments_together_and_says_where_from(base, otto, bruno, paula):
    first = amend(base, otto)
    conclude(first, otto, bruno, paula)
    second = amend(base, otto, "publicity", "Gemeinsam.", "Together.")
    conclude(second, otto, bruno, paula)
    third = amend(base, otto, "financing", "Alles geteilt.", "All shared.")
    conclude(third, otto, bruno, paula)
    text = consolidation.consolidate(base, consolidation.concluded_amendments(base))
    assert text.clause("financing")["text"]["en"] == "All shared."
    assert text.clause("publicity")["text"]["en"] == "Together."
    assert "before" not in text.clause("financing")
    assert text.sources == {
        "financing": [first.number, third.number],
        "publicity": [second.number],
    }
    assert [each["number"] for each in text.data["clauses"]] == list(range(22))
    old = base.versions.get().data
    assert [each.slug for each in comparison.compare(old, text.data)] == ["financing", "publicity"]


def test_an_amendment_on_an_outdated_base_is_refused_with_what_changed(base, otto, bruno, paula):
    first = amend(base, otto)
    second = amend(base, otto, "financing", "Anders.", "Otherwise.")
    agree_by_all(second, bruno, paula)
    conclude(first, otto, bruno, paula)
    with pytest.raises(consolidation.BaseMovedOn, match=f"{first.number} .§ 9"):
        versions.freeze(second, by=otto, proof=proof_of(otto))
    assert "base" in [lamp.key for lamp in lamps.unlit(drafts.gather(second))]
    amendments.build_on_newest(second, by=otto)
    second.refresh_from_db()
    assert second.state == "draft"
    clause = drafts.gather(second).content()["clauses"][2]
    assert (clause["before"]["en"], clause["text"]["en"]) == ("Shared costs.", "Otherwise.")
    agree_by_all(second, bruno, paula)
    assert versions.freeze(second, by=otto, proof=proof_of(otto)).n == 1


def test_one_amendment_is_signed_at_a_time(base, otto, bruno, paula):
    first, second = amend(base, otto), amend(base, otto, "publicity", "Gemeinsam.", "Together.")
    agree_by_all(second, bruno, paula)
    collecting(first, otto, bruno, paula)
    with pytest.raises(consolidation.AmendmentPending, match=first.number):
        versions.freeze(second, by=otto, proof=proof_of(otto))


def test_amending_through_pages(client, base, otto, bruno, paula):
    login(client, bruno)
    args = [base.partnership.slug, base.number]
    answer = client.post(reverse("agreement_amend", args=args))
    assert answer["Location"].endswith(f"/abkommen/{base.number}/A1/")
    mine = [base.partnership.slug, f"{base.number}/A1"]
    client.post(reverse("amendment_take_up", args=[*mine, "financing"]))
    client.post(
        reverse("agreement_edit_clause", args=[*mine, "financing"]),
        {"de": "Geteilt.", "en": "Shared.", "based_on": 1},
    )
    page = client.get(answer["Location"])
    assert [change.slug for change in page.context["amendment"]["changes"]] == ["financing"]
    assert "Geteilt." in page.content.decode()
    reading = client.get(reverse("agreement_consolidated", args=args))
    assert "Geteilt." not in reading.content.decode()
    assert client.get(reverse("agreement_consolidated", args=mine)).status_code == 404


def test_a_stranger_reads_no_amendment_that_is_not_public(client, base, otto, bruno, paula, sides):
    made = amend(base, otto)
    conclude(made, otto, bruno, paula)
    for party, user in zip(sides, (bruno, paula), strict=True):
        agreements.agree_to_publication(base, party, by=user)
    address = reverse("agreement_consolidated", args=[base.partnership.slug, base.number])
    page = client.get(address)
    assert "Geteilte Kosten." not in page.content.decode()
    assert made.number not in page.content.decode()
    assert page.context["withheld"] == 1
    login(client, paula)
    page = client.get(address).content.decode()
    assert "Geteilte Kosten." in page
    assert made.number in page


def test_the_reading_version_is_printed_with_amendment_numbers_in_the_margin(
    client, base, otto, bruno, paula, do_work
):
    made = amend(base, otto)
    conclude(made, otto, bruno, paula)
    login(client, paula)
    args = [base.partnership.slug, base.number]
    print_address = reverse("agreement_reading_pdf", args=args)
    assert client.get(print_address).status_code == 404
    for _ in range(2):
        assert client.post(reverse("agreement_reading_order", args=args)).status_code == 302
    english = {"accept-language": "en"}
    page = reverse("agreement_consolidated", args=args)
    assert "is being made" in client.get(page, headers=english).content.decode()
    do_work()
    assert print_address in client.get(page, headers=english).content.decode()
    answer = client.get(print_address)
    assert answer["Content-Type"] == "application/pdf"
    pdf = PdfFileReader(BytesIO(answer.content))
    assert pdf.root["/MarkInfo"]["/Marked"]
    assert str(pdf.root["/Lang"]).startswith("de")
    words = reading.page_of(reading.reading_for(base, paula))
    assert "Reading version, not the signed document" in words
    assert f"<b>A1</b> = {made.number}" in words
    assert made.versions.get().sha256 in words
    (changed,) = re.findall(r"is-changed\">(.*?)<div class=\"pair", words, re.DOTALL)
    assert '<div class="mark"><p>A1</p></div>' in changed
    assert "Shared costs." in changed
    assert words.count("<p>A1</p>") == 1
    client.post(reverse("agreement_reading_order", args=args))
    assert do_work() == 0
    assert ReadingCopy.objects.count() == 1
    assert verify(answer.content).verdict not in {"valid", "valid-test"}


def test_a_print_holds_only_what_its_reader_may_read(
    client, base, otto, bruno, paula, sides, do_work
):
    made = amend(base, otto)
    conclude(made, otto, bruno, paula)
    for party, user in zip(sides, (bruno, paula), strict=True):
        agreements.agree_to_publication(base, party, by=user)
    args = [base.partnership.slug, base.number]
    address = reverse("agreement_reading_pdf", args=args)
    reading.make(base, [made.number])
    assert client.get(address).status_code == 404
    client.post(reverse("agreement_reading_order", args=args))
    do_work()
    assert ReadingCopy.objects.count() == 2
    public = reading.reading_for(base, AnonymousUser())
    own = reading.reading_for(base, paula)
    assert "Shared costs." not in reading.page_of(public)
    assert "Not public and not put in here: one amendment" in reading.page_of(public)
    assert reading.copy_of(public) != reading.copy_of(own)
    strangers = client.get(address).content
    login(client, paula)
    assert client.get(address).content == files.read(reading.copy_of(own).file) != strangers


def test_an_agreement_that_ended_meanwhile_is_not_amended_any_more(base, otto, bruno, paula):
    made = amend(base, otto)
    agree_by_all(made, bruno, paula)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Agreement.objects.filter(pk=base.pk).update(ends_on=yesterday)
    with pytest.raises(consolidation.BaseEnded):
        versions.freeze(made, by=otto, proof=proof_of(otto))
    made.refresh_from_db()
    assert (made.state, made.versions.count()) == ("agreed", 0)
