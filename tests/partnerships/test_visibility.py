"""Who sees what: a stranger only what is public, each city only what is its own."""

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation import states
from foundation.accounts import mandates
from foundation.accounts.models import Role
from partnerships.course import participation, phases
from partnerships.directory import directory
from partnerships.models import Agreement, Partnership
from partnerships.wording import agreements
from tests.conftest import login, make_user
from tests.partnerships.factories import both, collecting

pytestmark = pytest.mark.usefixtures("seal", "draft_ground")


@pytest.fixture
def elsa(db):
    """Partner of a third city that is in another, unpublished partnership."""
    cities = [
        directory.list_municipality(slug, name=both(slug.title()), country="SE", by=None)
        for slug in ("norrvik", "soedra")
    ]
    phases.open_partnership(cities, by=None)
    user = make_user("Elsa", factor=True)
    mandates.grant(user, Role.PARTNER, cities[0], by=None)
    return user


def visible(model, user):
    return sorted(str(each) for each in model.objects.visible_to(user))


def test_unpublished_partnerships(partnership, elsa, bruno, paula, otto, clara, olaf):
    own, other = ["Bielefeld × Tampere"], ["Norrvik × Soedra"]
    assert visible(Partnership, otto) == own + other
    assert visible(Partnership, bruno) == visible(Partnership, paula) == own
    assert visible(Partnership, elsa) == other
    assert visible(Partnership, clara) == visible(Partnership, olaf) == []
    phases.publish_partnership(partnership, by=otto)
    assert visible(Partnership, clara) == own
    assert visible(Partnership, elsa) == own + other


def pages(agreement):
    args = [agreement.partnership.slug, agreement.number]
    return {
        name: reverse(name, args=args)
        for name in ("agreement", "agreement_pdf", "agreement_sign", "agreement_reopen")
    }


def status_of(client, agreement, user):
    client.logout()
    if user is not None:
        login(client, user, fresh=True)
    return {name: client.get(url).status_code for name, url in pages(agreement).items()}


@pytest.mark.parametrize("published", [False, True])
def test_an_agreement_in_the_making_is_for_its_parties(
    client, draft, elsa, bruno, paula, otto, clara, published
):
    if published:
        phases.publish_partnership(draft.partnership, by=otto)
    collecting(draft, otto, bruno, paula)
    tuomas = draft.signatories.get(party__position=2).user
    seen = {"agreement": 200, "agreement_pdf": 200}
    not_there = dict.fromkeys(pages(draft), 404)
    assert status_of(client, draft, otto) == {
        **seen,
        "agreement_sign": 403,
        "agreement_reopen": 200,
    }
    assert status_of(client, draft, paula) == status_of(client, draft, otto)
    assert status_of(client, draft, tuomas) == {
        **seen,
        "agreement_sign": 200,
        "agreement_reopen": 403,
    }
    assert status_of(client, draft, elsa) == not_there
    assert status_of(client, draft, clara) == not_there
    assert status_of(client, draft, None) == {
        "agreement": 404,
        "agreement_pdf": 404,
        "agreement_sign": 302,
        "agreement_reopen": 302,
    }


def test_a_signatory_sees_only_the_agreement_they_are_named_for(
    draft, otto, bruno, paula, sides, concrete
):
    tuomas = draft.signatories.get(party__position=2).user
    agreements.withdraw(draft, reason="Neuanfang", by=otto)
    second = agreements.draft_agreement(concrete, by=otto)
    assert visible(Agreement, tuomas) == [draft.number]
    assert visible(Agreement, paula) == [draft.number, second.number]


def test_a_published_agreement_is_for_everybody(client, draft, bruno, paula, otto):
    phases.publish_partnership(draft.partnership, by=otto)
    collecting(draft, otto, bruno, paula)
    first, second = draft.partnership.parties.order_by("position")
    with pytest.raises(agreements.NotOpen):
        agreements.agree_to_publication(draft, first, by=bruno)
    states.advance(draft, "sealing", by=None)
    states.advance(draft, "concluded", by=None, concluded_at=timezone.now())
    agreements.agree_to_publication(draft, first, by=bruno)
    assert status_of(client, draft, None)["agreement_pdf"] == 404
    agreements.agree_to_publication(draft, second, by=paula)
    assert status_of(client, draft, None)["agreement"] == 200
    assert status_of(client, draft, None)["agreement_pdf"] == 200


def test_a_stranger_learns_the_state_of_an_unpublished_agreement_and_no_more(
    client, draft, bruno, paula, otto, elsa
):
    phases.publish_partnership(draft.partnership, by=otto)
    collecting(draft, otto, bruno, paula)
    address = reverse("partnership", args=[draft.partnership.slug])
    for stranger in (None, elsa):
        client.logout()
        if stranger is not None:
            login(client, stranger)
        page = client.get(address).content.decode()
        assert str(draft.get_state_display()) in page
        assert draft.number not in page
        assert str(draft.title) not in page
        assert "sb-lamps" not in page
        assert "not signed yet" not in page
    login(client, paula)
    page = client.get(address).content.decode()
    assert draft.number in page
    assert "sb-lamps" in page


def test_names_of_actors_that_are_not_published_stay_away(client, concrete, otto):
    phases.publish_partnership(concrete, by=otto)
    hidden = concrete.participations.first().actor
    type(hidden).objects.filter(pk=hidden.pk).update(is_published=False)
    page = client.get(reverse("partnership", args=[concrete.slug])).content.decode()
    assert hidden.name not in page
    assert client.get(reverse("actor", args=[hidden.slug])).status_code == 404
    assert hidden.name not in client.get(reverse("actor_list")).content.decode()


def test_a_partner_names_signatories_and_councils_only_for_their_own_city(
    client, draft, sides, paula
):
    login(client, paula)
    args = [draft.partnership.slug, draft.number]
    home, away = sides
    berta = draft.signatories.get(party=home)
    posted = {
        "email": "neu@example.org",
        "name": "Neu",
        "language": "de",
        "function_de": "Rat",
        "function_en": "Council",
    }
    url = reverse("agreement_signatory", args=args)
    refused = client.post(url, {**posted, "party": home.pk})
    assert "party" in refused.context["form"].errors
    assert client.post(url, {**posted, "party": away.pk}).status_code == 302
    release = reverse("agreement_signatory_release", args=[*args, berta.pk])
    assert client.post(release).status_code == 403
    council = client.post(
        reverse("agreement_council", args=args), {"party": home.pk, "is_reservation": "on"}
    )
    assert "party" in council.context["form"].errors


@pytest.fixture
def entries(partnership, bielefeld, tampere):
    """A public entry, and hidden ones: of Bielefeld, of no city, and taking part."""
    made = {}
    for name, city, published in (
        ("Offen", bielefeld, True),
        ("Verborgen Bielefeld", bielefeld, False),
        ("Verborgen ohne Ort", None, False),
        ("Verborgen beteiligt", None, False),
    ):
        made[name] = directory.list_actor(
            name,
            kind="company",
            sector="business",
            municipality=city,
            is_published=published,
            by=None,
        )
    party = partnership.parties.get(position=1)
    participation.take_part(partnership, made["Verborgen beteiligt"], party=party, by=None)
    return made


def seen_in_the_directory(client, entries, user):
    """Which of them are in the list, in the export, by search and by address: all say the same."""
    client.logout()
    if user is not None:
        login(client, user, fresh=True)
    every = [entries[name] for name in sorted(entries)]
    page = client.get(reverse("actor_list")).content.decode()
    table = client.get(reverse("actor_csv")).content.decode()
    seen = [each.name for each in every if f">{each.name}</a>" in page]
    assert [each.name for each in every if f",{each.name}," in table] == seen
    for each in every:
        visible = each.name in seen
        assert client.get(reverse("actor", args=[each.slug])).status_code == (
            200 if visible else 404
        )
        found = client.get(reverse("actor_list"), {"q": each.name})
        assert (found.context["page_obj"].paginator.count > 0) is visible
        similar = client.get(reverse("actor_similar"), {"name": each.name}).content.decode()
        assert (each.name in similar) is visible
    return seen


def test_entries_that_are_not_published_are_for_office_and_partners_concerned(
    client, entries, elsa, bruno, paula, otto, clara
):
    public = ["Offen"]
    assert seen_in_the_directory(client, entries, None) == public
    assert seen_in_the_directory(client, entries, clara) == public
    assert seen_in_the_directory(client, entries, elsa) == public
    assert seen_in_the_directory(client, entries, paula) == [*public, "Verborgen beteiligt"]
    assert seen_in_the_directory(client, entries, bruno) == [
        *public, "Verborgen Bielefeld", "Verborgen beteiligt",
    ]  # fmt: skip
    assert seen_in_the_directory(client, entries, otto) == sorted(entries)
