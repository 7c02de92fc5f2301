"""A learning network with its rooms: people in it, a case in its phases, recommendations."""

from __future__ import annotations

from formats.learning import (
    consultations,
    knowledge,
    members,
    networks,
    papers,
    recommendations,
    sessions,
    sheets,
)
from formats.models import Advice
from tests.authorization import canaries
from tests.formats.factories import text
from tests.formats.learning_factories import make_actor, make_cohort, make_network, play

# Role in the matrix -> organisation; the first brings the case, the second moderates it.
INSIDE = {
    "citizen": "Ada GmbH", "reviewer elsewhere": "Ben GmbH", "foreign partner": "Cem GmbH",
    "auditor of a call": "Dana GmbH",
}  # fmt: skip
WORDS = {
    name: text(name) for name in ("first", "second", "third", "addressee", "condition", "demand")
}


def places(world):
    office = world.people["office"]
    network = make_network(office, slug="lernnetz")
    cohort = make_cohort(office, network=network)
    planned = networks.plan(network, 2027, by=office)
    draft = networks.found(text(canaries.NETWORK), host=make_actor(), slug="entwurf", by=office)
    people = [_let_in(cohort, world.people[role], name) for role, name in INSIDE.items()]
    _offer(cohort, world.people["invited person"])
    first = sessions.add(
        cohort, "webinar", title=text("Webinar"), by=office,
        recording=f"https://{canaries.RECORDING}/1",
    )  # fmt: skip
    giver = members.name_giver(
        cohort, make_actor("Hochschule"), "researcher", name="Frida", agreed=True, by=office
    )
    sheets.make(cohort, "de")
    member = people[0]
    room, public = (
        knowledge.share(
            member, "question", title="Frage", text=words, openness=openness, by=member.user
        )
        for words, openness in ((canaries.ROOM, "cohort"), ("Offen", "public"))
    )
    place = {"slug": network.slug, "year": cohort.year}
    return {
        "network": place,
        "network draft": {"slug": draft.slug},
        "cohort": place | {"language": "de"},
        "planned cohort": {"slug": network.slug, "year": planned.year},
        "item": place | {"pk": room.pk},
        "public item": place | {"pk": public.pk},
        "case": place | {"pk": _case(people, "key_question").pk},
        "case not begun": place | {"pk": _case(people, "planned").pk},
        "finished case": place | {"pk": _case(people, "done").pk},
        "giver": place | {"pk": giver.pk},
        "cohort member": place | {"pk": people[3].pk},
        "learning session": place | {"pk": first.pk},
        **_papers(cohort, office, network.slug),
    }


def _offer(cohort, user):
    return members.invite(cohort, email=user.email, organisation="Haus", language="de", by=None)


def _let_in(cohort, user, organisation):
    member = _offer(cohort, user)
    members.join(member, accepts_rules=True, organisation=organisation, by=user)
    return member


def _case(people, phase):
    giver, moderator, note_taker, *advisers = people
    case = consultations.bring_case(
        giver, title="Fall", situation=canaries.CASE, key_question="Wie?", by=giver.user
    )
    consultations.cast(
        case, moderator=moderator, note_taker=note_taker, advisers=advisers, by=giver.user
    )
    play(case, people, phase)
    Advice.objects.create(consultation=case, text=canaries.ADVISER)
    return case


def _papers(cohort, office, slug):
    evidence = list(cohort.sessions.all()[:1])
    drafted, published = (
        recommendations.draft(cohort, title=text(title), sessions=evidence, by=office, **WORDS)
        for title in (canaries.POLICY, "Öffnen")
    )
    recommendations.publish(published, by=office)
    papers.issue(published.pk)
    return {
        "recommendation draft": {"slug": slug, "ordinal": drafted.number},
        "recommendation": {"slug": slug, "ordinal": published.number},
    }


def _new_network(world, place):
    return {"name_de": "Neu", "host": make_actor().pk}


def _moved(world, place):
    return {"member": world.places["cohort member"]["pk"], "group": ""}


def _policy(world, place):
    words = {f"{name}_de": "Neu" for name in ("title", *WORDS)}
    return {**words, "sessions": [world.places["learning session"]["pk"]]}


def _input(world, place):
    return {"title": "Vortrag", "openness": "cohort"}


def _cast(world, place):
    rows = {
        role: world.people[role].cohort_places.get().pk
        for role in ("reviewer elsewhere", "foreign partner", "auditor of a call")
    }
    moderator, note_taker, adviser = rows.values()
    return {"moderator": note_taker, "note_taker": moderator, "advisers": [adviser]}


def _giver(world, place):
    return {"actor": make_actor().pk, "kind": "researcher"}


ITEM = {"kind": "question", "title": "Neu", "openness": "cohort"}
PLAIN: dict[str, dict[str, object]] = {
    "cohort_create": {"year": "2030"},
    "cohort_edit": {"year": "2031"},
    "cohort_invite": {
        "email": "neu@example.org", "name": "Neu", "organisation": "Haus", "language": "de",
    },
    "learning_session_create": {"kind": "webinar", "title_de": "Neu"},
    "learning_session_edit": {"kind": "webinar", "title_de": "Neu"},
    "cohort_join": {"organisation": "Haus", "accepts_rules": "on"},
    "cohort_profile": {"organisation": "Haus"},
    "knowledge_create": ITEM,
    "knowledge_edit": ITEM,
    "knowledge_reply": {"text": "Bei uns auch."},
    "consultation_create": {"title": "Neu", "situation": "So"},
    "consultation_next": {"from": "key_question"},
    "consultation_write": {"key_question": "Womit beginnen?"},
    "consultation_release": {"openness": "cohort"},
    "recommendation_answer": {"answer_de": "Ja", "on": "2026-10-01"},
}  # fmt: skip
DEPENDENT = {
    "learning_network_create": _new_network,
    "learning_network_edit": _new_network,
    "cohort_giver_create": _giver,
    "cohort_input_create": _input,
    "cohort_groups": _moved,
    "consultation_cast": _cast,
    "recommendation_create": _policy,
    "recommendation_edit": _policy,
}
