"""A call with quotas from its opening to the seats: asked with consent, exact, erased again."""

import itertools
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from circles import lottery
from circles.applying import erasure, own_data
from circles.calling import calls, quota_rules, trials
from circles.calling.quota_rules import Attribute, Value
from circles.drawing import declarations, draws, freezing, quota_draws, records, values
from circles.models import Call, DrawResult, Offer, QuotaAnswer, QuotaAttribute, QuotaValue
from circles.seating import offers, turns
from foundation.effects import work
from foundation.effects.models import Effect
from tests.circles.conftest import DAY, ROOM, proof_of
from tests.circles.factories import (
    answers_yes,
    close_call,
    make_application,
    make_call,
    pass_on,
    qualify,
    text,
)
from tests.conftest import login, player

pytestmark = pytest.mark.usefixtures("full_ground")
SCRIPT = Path(__file__).parents[2] / "static" / "los1" / "los1_verify.py"
ENGLISH = {"accept-language": "en"}


def attribute(question: str, *answers: tuple[str, int, int]) -> Attribute:
    return Attribute(
        text(question, question),
        tuple(Value(text(label, label), least, most) for label, least, most in answers),
    )


AGE = attribute("How old are you?", ("under 30", 1, 1), ("30 or older", 1, 2))
PLACE = attribute("Where do you live?", ("north", 1, 2), ("south", 1, 2))
PEOPLE = (
    [("under 30", "north")] * 3 + [("30 or older", "south")] * 4 + [("30 or older", "north")] * 3
)


def make_draft(otto, draw_id: str) -> Call:
    call = make_call(otto, draw_id=draw_id, seats=3, opened=False)
    quota_rules.set_attributes(call, [AGE, PLACE], by=otto)
    return call


def filled(draft, people, otto, rita) -> Call:
    """Open the call, let people apply, admit them, let the deadline pass."""
    calls.open_call(draft, by=otto)
    for person in people:
        application = make_application(draft, quota_answers=said(draft, person))
        qualify(application, otto, rita)
    Effect.objects.filter(queue="pdf").delete()
    return close_call(draft)


@pytest.fixture(scope="module")
def full_ground(ground):
    """A call with ten people and their answers, once for all tests of this module."""
    otto, rita, *_ = map(player, ("Otto", "Rita", "Leo", "Vera"))
    return filled(make_draft(otto, "demo-full"), PEOPLE, otto, rita).pk


@pytest.fixture
def full(full_ground):
    return Call.objects.get(pk=full_ground)


@pytest.fixture
def draft(otto):
    return make_draft(otto, "demo-quotas")


@pytest.fixture
def fill(draft, otto, rita):
    return lambda people: filled(draft, people, otto, rita)


def said(call, labels) -> dict[int, int]:
    """Attribute pk -> value pk of the answers with these labels; None is no answer."""
    found = {}
    for each, label in zip(call.attributes.all(), labels, strict=True):
        by_label = {str(value.label.get("de")): value.pk for value in each.values.all()}
        if label is not None:
            found[each.pk] = by_label[label]
    return found


@pytest.fixture
def draw_it(leo, vera):
    def draw_it(call) -> DrawResult:
        frozen = freezing.freeze(call, all_typed=True, by=leo, proof=proof_of(leo))
        told = declarations.propose(frozen, drand_at=None, by=leo, proof=proof_of(leo))
        declarations.confirm(told, by=vera, proof=proof_of(vera))
        Call.objects.filter(pk=call.pk).update(clock_ahead=DAY * 1.001)
        records.write(frozen, **ROOM, began_at=frozen.frozen_at, by=leo)
        told.refresh_from_db()
        for person in (leo, vera):
            values.enter(told, "16253416253416253412", by=person)
        draws.request_draw(frozen, by=leo, proof=proof_of(leo))
        assert work.drain("draw") == 1
        return DrawResult.objects.get(draw=frozen)

    return draw_it


def lay_out(tmp_path, draw) -> Path:
    for name, data in draws.published_files(draw).items():
        if "declaration-" not in name:
            (tmp_path / name).write_bytes(data)
    return tmp_path


def test_a_draw_with_quotas_verifies_and_keeps_them(full, draw_it, tmp_path):
    result = draw_it(full)
    folder = lay_out(tmp_path, result.draw)
    assert {"lottery.txt", "pool.txt", "result.txt"} <= {path.name for path in folder.iterdir()}
    done = subprocess.run([sys.executable, SCRIPT, folder], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(f"result sha256 {result.result_sha256}\n")
    assert lottery.main([str(folder)]) == 0
    rows = quota_draws.rows_of(result.draw)
    assert rows.quotas == ((0, "a", 1, 1), (0, "b", 1, 2), (1, "a", 1, 2), (1, "b", 1, 2))
    assert rows.types == ("a|a", "b|a", "b|b")
    pool = lottery.Pool.from_bytes(bytes(result.draw.pool_txt))
    strata = dict(zip(pool.tickets, pool.notes, strict=True))
    offered = [strata[offer.application.ticket] for offer in result.draw.offers.all()]
    assert len(offered) == 3
    assert all(quota.met(Counter(offered).items()) for quota in rows.quotas)


def test_who_moves_up_has_the_same_stratum(full, draw_it, otto, leo):
    draw = draw_it(full).draw
    pool = lottery.Pool.from_bytes(bytes(draw.pool_txt))
    strata = dict(zip(pool.tickets, pool.notes, strict=True))
    before = sorted(strata[offer.application.ticket] for offer in draw.offers.all())
    for offer in draw.offers.all():
        offers.answer(offer, accept=False, by=None)
    pass_on(draw.call, otto, leo)
    still = [offer for offer in draw.offers.all() if offer.state == Offer.State.OPEN]
    assert sorted(strata[offer.application.ticket] for offer in still) == before
    young = next(offer for offer in still if strata[offer.application.ticket] == "a|a")
    offers.answer(young, accept=False, by=None)
    pass_on(draw.call, otto, leo)
    last = draw.offers.order_by("-pk").first()
    offers.answer(last, accept=False, by=None)  # the third of three young people
    pass_on(draw.call, otto, leo)
    newest = draw.offers.order_by("-pk").first()
    assert strata[newest.application.ticket] != "a|a"  # nobody is left: the quota is waived
    assert turns.waived(draw, draw.result) == (newest.application.ticket,)
    page = Client().get(reverse("draw_page", args=[draw.call.draw_id]), headers=ENGLISH)
    assert page.content.decode().count("quota waived") == 1


def test_erasing_takes_the_answers_and_leaves_the_draw(full, draw_it, tmp_path):
    result = draw_it(full)
    person = full.applications.first()
    assert [
        each["answer"]
        for each in own_data.of(person.user)["applications"][0]["quota_answers"].values()
    ]
    erasure.erase(person, by=person.user)
    assert not QuotaAnswer.objects.filter(application=person).exists()
    folder = lay_out(tmp_path, result.draw)
    assert lottery.main([str(folder)]) == 0


def test_the_public_page_shows_exact_chances(full, draw_it, django_assert_max_num_queries):
    draw_it(full)
    call = Call.objects.get(pk=full.pk)
    url = reverse("draw_page", args=[call.draw_id])
    with django_assert_max_num_queries(8):
        page = Client().get(url, headers=ENGLISH).content.decode()
    shown = quota_draws.chances_of(call.draw)
    assert sum(one.chance * one.people for one in shown.strata) == 3
    for one in shown.strata:
        assert f"{one.chance.numerator}/{one.chance.denominator}" in page
    assert "lottery.txt" in page
    assert "the same chance for everybody" not in page
    assert "The highest is" in page
    got = Client().get(reverse("draw_file", args=[call.draw_id, "lottery.txt"]))
    assert got.content == bytes(call.draw.lottery_txt)


def test_impossible_quotas_give_way_as_little_as_can_be(fill, leo):
    call = fill([("under 30", "north")] * 4 + [("30 or older", "north")] * 4)
    desk = login(Client(), leo, fresh=True).get(
        reverse("draw_desk", args=[call.pk]), headers=ENGLISH
    )
    assert "Nobody is “south”: lower its minimum from 1 to 0." in desk.content.decode()
    draw = freezing.freeze(call, all_typed=True, by=leo, proof=proof_of(leo))
    kept = {(quota.attribute, quota.value): quota[2:] for quota in quota_draws.rows_of(draw).quotas}
    assert kept == {(0, "a"): (1, 1), (0, "b"): (1, 2), (1, "a"): (1, 3), (1, "b"): (0, 2)}
    page = Client().get(reverse("draw_page", args=[call.draw_id]), headers=ENGLISH)
    assert "changed, because the admitted people made the quota impossible" in page.content.decode()


def test_small_groups_are_not_published(fill, leo):
    call = fill([*PEOPLE, ("under 30", "south"), (None, None), (None, "north")])
    draw = freezing.freeze(call, all_typed=True, by=leo, proof=proof_of(leo))
    sizes = Counter(lottery.Pool.from_bytes(bytes(draw.pool_txt)).notes)
    assert min(sizes.values()) >= 3
    assert sum(sizes.values()) == 13


def test_no_more_people_than_seats_need_no_lottery(fill, leo):
    draw = freezing.freeze(fill(PEOPLE[:3]), all_typed=True, by=leo, proof=proof_of(leo))
    assert (draw.lottery_txt, draw.lottery_sha256) == (None, "")
    assert lottery.Pool.from_bytes(bytes(draw.pool_txt)).notes == ()
    page = Client().get(reverse("draw_page", args=[draw.call.draw_id]), headers=ENGLISH)
    assert "those that are not met are waived" in page.content.decode()


def test_a_call_without_quotas_draws_as_before(frozen):
    assert frozen.lottery_txt is None
    assert quota_draws.plan(frozen.call) is None
    assert quota_draws.chances_of(frozen) is None


def test_opening_explains_quotas_that_no_seats_can_keep(draft, otto):
    wide = attribute("Age", ("young", 3, 3), ("old", 1, 1))
    few = attribute("Place", ("north", 0, 1), ("south", 0, 1))
    quota_rules.set_attributes(draft, [wide, few], by=otto)
    with pytest.raises(calls.NotOpenable) as refusal:
        calls.open_call(draft, by=otto)
    assert "“Age”: the minima come to 4, but there are 3 seats." in refusal.value.message
    assert "“Place”: the maxima come to 2, but there are 3 seats." in refusal.value.message


def test_quotas_are_fixed_when_the_call_opens(draft, otto):
    calls.open_call(draft, by=otto)
    with pytest.raises(quota_rules.QuotasAreFixed):
        quota_rules.set_attributes(draft, [], by=otto)
    for change in (
        lambda: QuotaValue.objects.filter(attribute__call=draft).update(most=3),
        lambda: QuotaAttribute.objects.filter(call=draft).update(position=5),
        lambda: QuotaValue.objects.filter(attribute__call=draft).delete(),
    ):
        with pytest.raises(IntegrityError, match="fixed"), transaction.atomic():
            change()


# --- the pages


def form_of(call, **fields):
    from foundation.posting import human

    criteria = {f"criterion_{pk}": "yes" for pk in answers_yes(call)}
    person = {"name": "Ada", "email": "ada@example.org", "participation": "on"}
    return {**criteria, **person, "stamp": human.new_stamp(), **fields}


def applied(call):
    return set(call.applications.values_list("name", flat=True))


def test_answers_count_only_with_consent(draft, otto, monkeypatch):
    from foundation.posting import human

    monkeypatch.setattr(human, "demand_human", lambda **_: None)
    calls.open_call(draft, by=otto)
    url = reverse("apply", args=[draft.circle.slug])
    page = Client().get(url, headers=ENGLISH).content.decode()
    assert "How old are you?" in page
    assert "only with your consent" in page
    (age, young), (place, north) = said(draft, ("under 30", "north")).items()
    answers = {f"quota_{age}": str(young), f"quota_{place}": str(north)}
    refused = Client().post(url, form_of(draft, **answers), headers=ENGLISH)
    assert "Your application is valid either way" in refused.content.decode()
    assert applied(draft) == set()
    Client().post(url, form_of(draft, **answers, quota_consent="on"))
    kept = QuotaAnswer.objects.filter(application__call=draft)
    assert dict(kept.values_list("attribute", "value")) == {age: young, place: north}
    assert {answer.consent_version for answer in kept} == {quota_rules.CONSENT_VERSION}
    Client().post(url, form_of(draft, name="Bea", email="bea@example.org"))
    assert applied(draft) == {"Ada", "Bea"}
    assert kept.count() == 2


def test_correcting_takes_consent_back(draft, otto):
    calls.open_call(draft, by=otto)
    application = make_application(draft, quota_answers=said(draft, ("under 30", "north")))
    browser = login(Client(), application.user)
    url = reverse("my_correction", args=[application.reference])
    page = browser.get(url, headers=ENGLISH).content.decode()
    assert page.count("checked") == 2 + 2 + 1  # criteria, answers, consent
    body = {f"criterion_{pk}": "yes" for pk in answers_yes(draft)} | {"name": "Ada"}
    assert browser.post(url, body).status_code == 302
    assert not application.quota_answers.exists()


def test_nothing_is_asked_without_quotas(otto):
    call = make_call(otto)
    page = Client().get(reverse("apply", args=[call.circle.slug]), headers=ENGLISH)
    assert "quota" not in page.content.decode()


def test_the_office_writes_quotas_down(otto):
    call = make_call(otto, opened=False)
    browser, url = login(Client(), otto), reverse("call_quotas", args=[call.pk])
    assert browser.get(url, headers=ENGLISH).status_code == 200
    body = {
        "question_1_de": "Wie alt sind Sie?",
        "question_1_en": "How old are you?",
        "values_1": "unter 30 | under 30 | 1 | 3\n30 oder älter | 30 or older | 2 | 4",
    }
    assert browser.post(url, body).status_code == 302
    (one,) = call.attributes.all()
    found = [
        (value.code, value.label.get("en"), value.least, value.most) for value in one.values.all()
    ]
    assert found == [("a", "under 30", 1, 3), ("b", "30 or older", 2, 4)]
    page = browser.get(url, headers=ENGLISH).content.decode()
    assert "30 oder älter | 30 or older | 2 | 4" in page
    public = browser.get(reverse("call", args=[call.circle.slug]), headers=ENGLISH)
    assert "under 30: 1 to 3 of 5 seats" in public.content.decode()
    assert browser.post(url, {}).status_code == 302
    assert not call.attributes.exists()


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"values_1": "a | b | 1 | 2\nc | d | 1 | 2"}, "The question is missing."),
        ({"question_1_de": "Alter?"}, "two to eight answers"),
        ({"question_1_de": "Alter?", "values_1": "jung | 1 | 2"}, "at least | at most."),
        (
            {"question_1_de": "Alter?", "values_1": "a | b | 3 | 2\nc | d | 1 | 2"},
            "“a | b | 3 | 2”",
        ),
    ],
)
def test_wrong_lines_stay_in_the_form(otto, body, sentence):
    call = make_call(otto, opened=False)
    url = reverse("call_quotas", args=[call.pk])
    page = login(Client(), otto).post(url, body, headers=ENGLISH).content.decode()
    assert sentence in page
    for typed in itertools.chain.from_iterable(each.split("\n") for each in body.values()):
        assert typed in page


def test_the_desk_computes_once_and_says_when_it_cannot(client, fill, leo, monkeypatch):
    call = fill(PEOPLE)
    desk, address = login(client, leo, fresh=True), reverse("draw_desk", args=[call.pk])
    patience, none = quota_draws.PATIENCE, 1e-6
    monkeypatch.setattr(quota_draws, "PATIENCE", none)
    page = desk.get(address, headers=ENGLISH)
    assert "The lottery with quotas could not be computed." in page.content.decode()

    monkeypatch.setattr(quota_draws, "PATIENCE", patience)
    first = desk.get(address).context["plan"]
    monkeypatch.setattr(quota_draws, "PATIENCE", none)
    assert desk.get(address).context["plan"].rows == first.rows
    with pytest.raises(quota_draws.NoLottery):  # what is published is computed anew
        freezing.freeze(call, all_typed=True, by=leo, proof=proof_of(leo))


def test_the_desk_of_a_trial_says_when_it_cannot(client, draft, otto, rita, monkeypatch):
    trial = trials.begin(draft, by=otto)
    for person in PEOPLE[:4]:
        qualify(make_application(trial, quota_answers=said(trial, person)), otto, rita)
    monkeypatch.setattr(quota_draws, "PATIENCE", 1e-6)
    desk = login(client, otto, fresh=True)
    page = desk.get(reverse("trial_desk", args=[trial.pk]), headers=ENGLISH)
    assert "The lottery with quotas could not be computed." in page.content.decode()
