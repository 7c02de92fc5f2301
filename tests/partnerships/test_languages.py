"""Two or three languages of equal rank: what lags behind, and who answers for which."""

import pytest
from django.urls import reverse

from partnerships.models import LanguageRelease
from partnerships.signing import rendering
from partnerships.wording import clauses, drafts, lamps, languages, outline, outline_fi, versions
from partnerships.wording.translations import texts_of, translate
from partnerships.wording.wording import reworded
from tests.conftest import login
from tests.partnerships.factories import agree_by_all, both, proof_of, release_all

pytestmark = pytest.mark.usefixtures("seal", "draft_ground")
THREE = ("de", "en", "fi")


def lagging(text, among=THREE):
    return [language for language in among if not text.get(language) or text.outdated(language)]


def test_a_change_in_one_of_three_languages_marks_the_two_others():
    text = both("alt", "old").with_text("fi", "vanha")
    assert lagging(text) == []
    assert lagging(reworded(text, {"de": "neu"})) == ["en", "fi"]
    assert lagging(reworded(text, {"fi": "uusi"})) == ["de", "en"]
    assert lagging(reworded(text, {"de": "neu", "en": "new"})) == ["fi"]


def test_catching_up_takes_the_mark_off_that_language_and_no_other():
    moved = reworded(both("alt", "old").with_text("fi", "vanha"), {"de": "neu"})
    caught_up = reworded(moved, {"en": "new"})
    assert lagging(caught_up) == ["fi"]
    assert lagging(reworded(caught_up, {"fi": "uusi"})) == []


def test_the_finnish_outline_has_every_clause():
    assert list(outline_fi.WORDS) == [clause.slug for clause in outline.CLAUSES]
    for clause in outline.CLAUSES:
        assert outline_fi.WORDS[clause.slug][1].count("{cities}") == clause.text["de"].count(
            "{cities}"
        )


def test_the_third_language_comes_from_the_outline_and_lags_where_the_text_has_moved(draft, otto):
    clause = clauses.clause_of(draft, "preamble")
    clauses.rewrite_clause(draft, clause, {"de": "Neu.", "en": "New."}, based_on=1, by=otto)
    languages.add_third_language(draft, by=otto)
    assert draft.languages == ["de", "en", "fi"]
    found = {each.slug: each.lagging(draft.languages) for each in clauses.clauses_of(draft)}
    assert {slug for slug, lags in found.items() if lags} == {"preamble"}
    versions_clause = clauses.clause_of(draft, "versions")
    assert "finnischen" in versions_clause.body.get("de")
    assert lagging(versions_clause.body) == []
    lamp = lamps.conditions(drafts.gather(draft))[0]
    assert (lamp.level, lamp.key, lamp.place) == ("half", "languages", "preamble")
    with pytest.raises(languages.LanguageThere):
        languages.add_third_language(draft, by=otto)
    languages.drop_third_language(draft, by=otto)
    assert draft.languages == ["de", "en"]
    assert clauses.clause_of(draft, "purpose").body.get("fi")


@pytest.mark.req("R7")
def test_an_unreleased_language_cannot_be_frozen_and_a_changed_one_is_unreleased(
    draft, otto, bruno, paula
):
    agree_by_all(draft, bruno, paula)
    clause = clauses.clause_of(draft, "preamble")
    words = {"de": clause.body.get("de"), "en": "We wish to learn."}
    clauses.rewrite_clause(draft, clause, words, based_on=1, still_fits=True, by=otto)
    now = drafts.gather(draft)
    assert (now.release_of("de") is None, now.release_of("en") is None) == (False, True)
    with pytest.raises(versions.LampMissing, match="English") as refusal:
        versions.freeze(draft, by=otto, proof=proof_of(otto))
    assert [(lamp.key, lamp.place) for lamp in refusal.value.lamps] == [("released", "en")]
    agree_by_all(draft, bruno, paula)
    data = versions.freeze(draft, by=otto, proof=proof_of(otto)).data
    assert [(each["language"], each["name"]) for each in data["released"]] == [
        ("de", "Silva Sprachlich"),
        ("en", "Silva Sprachlich"),
    ]
    printed = next(row for row in rendering.rows_of(data) if row.slug == "versions")
    assert "Silva Sprachlich, Übersetzungsdienst" in printed.cells[0].items[0].title


def test_words_that_moved_on_are_not_released(draft, otto, paula):
    digest = drafts.gather(draft).language_digest("de")
    clause = clauses.clause_of(draft, "preamble")
    clauses.rewrite_clause(draft, clause, {"de": "Neu", "en": "New"}, based_on=1, by=paula)
    before = LanguageRelease.objects.count()
    with pytest.raises(languages.WordsMovedOn):
        languages.release_language(draft, "de", digest=digest, name="S", function="T", by=otto)
    assert LanguageRelease.objects.count() == before


def test_texts_from_data_are_completed_in_one_place(draft, otto):
    languages.add_third_language(draft, by=otto)
    texts = texts_of(drafts.gather(draft))
    missing = [each.key for each in texts if each.lags("fi")]
    assert missing
    assert translate(draft, "fi", dict.fromkeys(missing, "suomeksi"), by=otto) == len(missing)
    assert [each.key for each in texts_of(drafts.gather(draft)) if each.lags("fi")] == []
    release_all(draft, otto)
    assert [lamp.level for lamp in lamps.conditions(drafts.gather(draft))[:2]] == ["done", "done"]


def test_three_languages_are_printed_side_by_side(draft, otto, bruno, paula):
    languages.add_third_language(draft, by=otto)
    texts = texts_of(drafts.gather(draft))
    translate(draft, "fi", {each.key: "suomeksi" for each in texts}, by=otto)
    agree_by_all(draft, bruno, paula)
    version = versions.freeze(draft, by=otto, proof=proof_of(otto))
    page = rendering.page_of(version, version.data)
    assert page.count('class="side" lang="fi"') == page.count('class="side" lang="de"') > 20
    assert "Voimassaoloaika" in page
    assert rendering.render(version).startswith(b"%PDF-")


def test_languages_through_pages(client, draft, paula):
    login(client, paula)
    args = [draft.partnership.slug, draft.number]
    assert client.post(reverse("agreement_language_add", args=args)).status_code == 302
    page = client.get(reverse("agreement", args=args)).content.decode()
    assert reverse("agreement_release", args=[*args, "fi"]) in page
    translating = reverse("agreement_translate", args=[*args, "fi"])
    form = client.get(translating).context["form"]
    answer = client.post(translating, {form.texts[1]: "Avointa dataa kaikille."})
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.partnership.target_picture.get("fi") == "Avointa dataa kaikille."
    clause = client.get(reverse("agreement_edit_clause", args=[*args, "preamble"]))
    assert "fi" in clause.context["form"].fields
    releasing = reverse("agreement_release", args=[*args, "de"])
    digest = client.get(releasing).context["form"].initial["digest"]
    refused = client.post(releasing, {"digest": digest, "name": "", "function": "x"})
    assert refused.context["form"].errors.keys() == {"name"}
    assert client.get(reverse("agreement_release", args=[*args, "sv"])).status_code == 404
