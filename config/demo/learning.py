"""innOpeers 2020 as its page tells it, and an invented network with a consultation under way."""

from __future__ import annotations

from django.db import transaction

from config.demo import master, workshop_network
from formats.events import forums
from formats.learning import members, networks, recommendations, sessions
from formats.models import Cohort, Event, LearningNetwork
from foundation.accounts.models import User
from foundation.languages import LocalizedText
from partnerships.models import Actor, Topic

T = LocalizedText.of
KINDS = {"kickoff": "kick_off"}
ENGLISH = {
    "innopeers-kickoff": "Virtual kick-off event",
    "innopeers-web1": "Innovation culture in companies",
    "innopeers-web2": "Anchoring openness in strategy",
    "innopeers-web3": "Digital ecosystems for open innovation",
    "innopeers-peer": "Peer-to-peer format: solution approaches",
}
WHEN = {
    "innopeers-kickoff": T("de", "27. März 2020", en="27 March 2020"),
    "innopeers-peer": T("de", "danach, Tag nicht belegt", en="afterwards, day not on record"),
}
BY_JUNE = T("de", "bis Juni 2020", en="by June 2020")
TOPICS = {"innopeers-web1": "open-innovation-culture"}
# Who gave knowledge in 2020: houses and kinds; the persons are not named.
GIVERS = {"hpi": "researcher", "winnovation": "practitioner", "hs-nordhausen": "researcher"}
GOALS = T(
    "de",
    "Ein Netzwerk mit lebendigem und vertrauensvollem Austausch aufbauen\n"
    "Experten-Input zu Offener Innovationskultur und Co-Creation\n"
    "Individuelle Innovationsansätze für das eigene Unternehmen entwickeln",
    en="Build a network of lively and trusting exchange\n"
    "Expert input on open innovation culture and co-creation\n"
    "Develop individual approaches to innovation for one's own company",
)
RULES = T(
    "de",
    "Kreativität, Mut, Offenheit, Vertrauen und gegenseitiges Lernen\n"
    "Wissen teilen, mit Grenzen zum Schutz der Wissensgeber",
    en="Creativity, courage, openness, trust and learning from each other\n"
    "Share knowledge, with limits that protect those who give it",
)
PURPOSE = T(
    "de",
    "Innovationsmanagerinnen und Innovationsmanager aus Unternehmen lernen branchenübergreifend "
    "voneinander: mit Austausch, Webinaren und kollegialer Beratung. Neue Ideen für Open "
    "Innovation werden entwickelt und ausprobiert. Die Erkenntnisse werden zu "
    "Handlungsempfehlungen an die Politik.",
    en="Innovation managers of companies learn from each other across industries: by exchange, "
    "webinars and peer consultation. New ideas for open innovation are developed and tried out. "
    "What is learnt becomes recommendations to politics.",
)
SOURCE = T(
    "de", "Quelle: Seite des Lernnetzwerks, Stand 2020.",
    en="Source: page of the learning network, as of 2020.",
)  # fmt: skip
# Each sentence stands on the network's page; the paper itself is not on record.
POLICY = {
    "title": T(
        "de", "Rahmenbedingungen für Offene Innovation verbessern",
        en="Improve the framework for open innovation",
    ),
    "first": T(
        "de", "Innovationsprozesse brauchen eine Innovationskultur.",
        en="Innovation needs a culture of innovation.",
    ),
    "second": T(
        "de", "Es fehlen Foren für den Austausch über Disziplinen und Themen hinweg.",
        en="Forums for exchange across disciplines and topics are missing.",
    ),
    "third": T(
        "de", "Wissen zu teilen braucht Grenzen zum Schutz der Wissensgeber.",
        en="Sharing knowledge needs limits that protect those who give it.",
    ),
    "addressee": T("de", "Politik", en="Politics"),
    "condition": T(
        "de", "Die Rahmenbedingungen für Offene Innovation.",
        en="The framework conditions of open innovation.",
    ),
    "demand": T(
        "de", "Die Rahmenbedingungen für Offene Innovation verbessern. Die einzelnen Forderungen "
        "sind nicht überliefert.",
        en="Improve the framework conditions of open innovation. The single demands are not on "
        "record.",
    ),
}  # fmt: skip


def load_learning(office: User) -> None:
    """Load everything once."""
    if LearningNetwork.objects.exists():
        return
    with transaction.atomic():
        _load_innopeers(office)
        workshop_network.load(office)


def _load_innopeers(office: User) -> Cohort:
    umbrella = forums.found(
        "Stifterverband", slug="innosci", by=office,
        title=T("de", "innOsci: Forum für offene Wissenschaft und Innovation",
                en="innOsci: forum for open science and innovation"),
    )  # fmt: skip
    forums.publish(umbrella, by=office)
    (fields,) = [f for _key, f in master.of("LearningNetwork")]
    network = networks.found(
        T("de", "innOpeers", en="innOpeers"), slug="innopeers", by=office, forum=umbrella,
        host=Actor.objects.get(name="Stifterverband"), purpose=PURPOSE, goals=GOALS, rules=RULES,
        claim=T("de", "Lernnetzwerk Offene Innovation", en="Learning network for open innovation"),
    )  # fmt: skip
    networks.publish(network, by=office)
    cohort = networks.plan(
        network, int(fields["cohort"]), participants_told=fields["participants"], source=SOURCE,
        summary=T("de", "Kick-off, drei Webinare und kollegiale Beratung.",
                  en="Kick-off, three webinars and peer consultation."),
        by=office,
    )  # fmt: skip
    _load_sessions(cohort, office)
    names = {key: f["name"] for key, f in master.of("Organisation")}
    for _key, giver in master.of("KnowledgeGiver"):
        house = giver["organisation"]
        members.name_giver(
            cohort, Actor.objects.get(name=names[house]), GIVERS[house], by=office,
            function=T("de", "Innovationsexpertise (Stand 2020)",
                       en="Expertise in innovation (as of 2020)"),
        )  # fmt: skip
    networks.start(cohort, by=office)
    made = recommendations.draft(cohort, sessions=cohort.sessions.all(), by=office, **POLICY)
    recommendations.publish(made, by=office)
    networks.archive(cohort, by=office)
    return cohort


def _load_sessions(cohort: Cohort, office: User) -> None:
    programme = Event.objects.filter(slug="innopeers-2020").first()
    for key, fields in master.of("Session"):
        kind = fields["kind"]
        sessions.add(
            cohort, KINDS.get(kind, kind), title=T("de", fields["title"], en=ENGLISH[key]),
            when=WHEN.get(key, BY_JUNE), mode=fields.get("mode", ""),
            attendance=fields.get("attendance"),
            topic=Topic.objects.filter(slug=TOPICS.get(key, "")).first(),
            event=programme if kind == "kickoff" else None, by=office,
        )  # fmt: skip
