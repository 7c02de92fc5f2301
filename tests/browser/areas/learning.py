"""Learning networks as strangers, members and the office see them; a consultation in its phases."""

from __future__ import annotations

from formats.learning import members, networks
from formats.models import CohortMember, Consultation, KnowledgeItem, Recommendation
from foundation.accounts.models import User
from tests.browser.places import MAIN_FORM, Place, at, of
from tests.formats.factories import text
from tests.formats.learning_factories import join, make_cohort, make_network, seated_case

NO_PAGES = """
learning_network_publish cohort_start cohort_archive cohort_programme cohort_member_end
cohort_groups_make cohort_export cohort_giver_unname
knowledge_withdraw knowledge_reply knowledge_derive
consultation_next consultation_write cohort_leave recommendation_publish recommendation_paper
learning_feed
"""
NET = ("bild-netz", 2026)


def prepare(people: dict[str, User]) -> None:
    """A cohort in which Dora learns and Clara is invited, and a network nobody has published."""
    office = people["otto"]
    cohort = make_cohort(office, network=make_network(office, slug=NET[0]))
    seated_case(cohort, office, "Anke Bodo Cleo Dirk Elif Falk")
    for key in ("dora", "clara"):
        made = members.invite(
            cohort, email=people[key].email, organisation="Haus", by=office
        )  # fmt: skip
        if key == "dora":
            members.join(made, accepts_rules=True, organisation="Haus", by=made.user)
    networks.found(text("Neues Netz"), host=cohort.network.host, slug="neues-netz", by=office)
    join(cohort, "Gero", office, is_listed=True)


def places() -> list[Place]:
    demo = "demo-offene-werkstatt"
    return [
        at("learning_network_list"),
        at("learning_network", "innopeers"),
        at("learning_network:demo", demo),
        at("learning_network:office", demo, who="otto"),
        at("learning_network:draft", "neues-netz", who="otto"),
        at("learning_network_create", who="otto"),
        at("learning_network_create:wrong", who="otto", sends=MAIN_FORM),
        at("learning_network_edit", demo, who="otto"),
        at("cohort_create", demo, who="otto"),
        at("cohort", "innopeers", 2020),
        at("cohort:office", *NET, who="otto"),
        at("cohort_edit", *NET, who="otto"),
        at("cohort_members", *NET, who="otto"),
        at("cohort_invite", *NET, who="otto"),
        at("cohort_invite:wrong", *NET, who="otto", sends=MAIN_FORM),
        at("cohort_giver_create", *NET, who="otto"),
        of("cohort_input_create", _giver, who="otto"),
        at("learning_session_create", *NET, who="otto"),
        of("learning_session_edit", _session, who="otto"),
        at("cohort_groups", *NET, who="otto"),
        at("cohort_join", *NET, who="clara"),
        at("cohort_join:wrong", *NET, who="clara", sends=MAIN_FORM),
        at("cohort_profile", *NET, who="dora"),
        of("cohort_room", lambda s: [demo, _demo().year], who="dora"),
        at("cohort_room:empty", *NET, who="dora"),
        at("knowledge_create", *NET, who="dora"),
        of("knowledge_item", _question, who="dora"),
        of("knowledge_item:public", _idea),
        of("knowledge_edit", _own, who="dora"),
        at("consultation_create", *NET, who="dora"),
        of("consultation", lambda s: _case("advice"), who="dora"),
        of("consultation:released", lambda s: _case("done")),
        of("consultation_cast", lambda s: _case("advice"), who="dora"),
        of("consultation_release", _own_case, who="dora"),
        of("recommendation", lambda s: [demo, 1]),
        of("recommendation:told", lambda s: ["innopeers", 1]),
        at("recommendation_create", *NET, who="otto"),
        at("recommendation_create:wrong", *NET, who="otto", sends=MAIN_FORM),
        of("recommendation_edit", _draft, who="otto"),
        of("recommendation_answer", lambda s: ["innopeers", 1], who="otto"),
    ]


def _demo():
    return Consultation.objects.get(phase="advice").cohort


def _giver(scene):
    cohort = _demo()
    return [cohort.network.slug, cohort.year, cohort.givers.get().pk]


def _session(scene):
    cohort = _demo()
    return [cohort.network.slug, cohort.year, cohort.sessions.first().pk]


def _question(scene):
    item = KnowledgeItem.objects.filter(kind="question").first()
    return [item.cohort.network.slug, item.cohort.year, item.pk]


def _idea(scene):
    item = KnowledgeItem.objects.filter(openness="public").first()
    return [item.cohort.network.slug, item.cohort.year, item.pk]


def _dora(slug):
    return CohortMember.objects.get(user__email="dora@example.org", cohort__network__slug=slug)


def _own(scene):
    member = _dora(NET[0])
    item, _made = KnowledgeItem.objects.get_or_create(
        cohort=member.cohort, member=member, kind="idea", title="Tandem", openness="cohort"
    )
    return [*NET, item.pk]


def _own_case(scene):
    member = _dora(NET[0])
    case, _made = Consultation.objects.get_or_create(
        cohort=member.cohort, case_giver=member, title="Fall", situation="So"
    )
    return [*NET, case.pk]


def _case(phase):
    case = Consultation.objects.filter(phase=phase).first()
    return [case.cohort.network.slug, case.cohort.year, case.pk]


def _draft(scene):
    made = Recommendation.objects.filter(state="draft").first()
    if made is None:
        known = Recommendation.objects.first()
        words = {name: getattr(known, name) for name in (
            "title", "first", "second", "third", "addressee", "condition", "demand")}  # fmt: skip
        made = Recommendation.objects.create(
            cohort=known.cohort, network=known.network, number=99, **words
        )
    return [made.network.slug, made.number]
