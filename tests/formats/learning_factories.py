"""Small makers for learning networks: a running cohort, people in it, a case."""

from __future__ import annotations

from formats.learning import consultations, members, networks, sessions
from formats.models import Cohort, CohortMember, Consultation, LearningNetwork
from foundation.accounts.models import User
from partnerships.directory import directory
from partnerships.models import Actor
from tests.conftest import make_user
from tests.formats.factories import text


def make_actor(name: str = "Haus der Ideen") -> Actor:
    kind, sector = Actor.Kind.FOUNDATION, Actor.Sector.CIVIL_SOCIETY
    known = Actor.objects.filter(name=name).first()
    return known or directory.list_actor(name, kind=kind, sector=sector, by=None)


def make_network(by: User | None, *, slug: str = "netz", **fields) -> LearningNetwork:
    """A published network with rules."""
    made = networks.found(
        text("Lernnetz", "Learning net"), host=fields.pop("host", None) or make_actor(), slug=slug,
        rules=text("Was hier gesagt wird, bleibt hier.\nAlle hören zu."), by=by, **fields,
    )  # fmt: skip
    networks.publish(made, by=by)
    return made


def make_cohort(by: User | None, *, year: int = 2026, **fields) -> Cohort:
    """A cohort that runs, with a kick-off and a peer session."""
    network = fields.pop("network", None) or make_network(by)
    made = networks.plan(network, year, by=by, **fields)
    sessions.add(made, "kick_off", title=text("Auftakt", "Opening"), by=by)
    sessions.add(made, "peer_consultation", title=text("Beratung", "Advice"), by=by)
    networks.start(made, by=by)
    return made


def invite(cohort: Cohort, name: str, by: User | None, **fields) -> CohortMember:
    organisation = fields.pop("organisation", f"{name} GmbH")
    email = f"{name.lower()}@example.org"
    return members.invite(
        cohort, email=email, name=name, organisation=organisation, language="en", by=by, **fields
    )


def join(cohort: Cohort, name: str, by: User | None, **profile) -> CohortMember:
    """Somebody who has accepted the rules."""
    guest = profile.pop("is_guest", False)
    member = invite(cohort, name, by, is_guest=guest)
    organisation = profile.pop("organisation", member.organisation)
    members.join(member, accepts_rules=True, organisation=organisation, by=member.user, **profile)
    return member


def seated_case(
    cohort: Cohort, by: User | None, names: str = "Ada Ben Cem Dana Eva Finn"
) -> tuple[Consultation, list[CohortMember]]:
    """A case with its roles named: the first brings it, the second moderates, the third notes."""
    people = [join(cohort, name, by) for name in names.split()]
    giver, moderator, note_taker, *advisers = people
    case = consultations.bring_case(
        giver, title="Wie öffnen wir uns?", situation="Alle arbeiten für sich.", by=giver.user
    )
    consultations.cast(
        case, moderator=moderator, note_taker=note_taker, advisers=advisers, by=giver.user
    )
    return case, people


def play(case: Consultation, people: list[CohortMember], until: str) -> None:
    """Go through the phases with a question, a method, one advice, and what is taken along."""
    giver, moderator, note_taker, *_advisers = people
    while case.phase != until:
        if case.phase == "key_question":
            consultations.ask(case, "Was ist der erste Schritt?", by=giver.user)
        if case.phase == "method":
            consultations.choose_method(case, "good_advice", by=moderator.user)
        if case.phase == "advice":
            consultations.note(case, "Fangen Sie klein an.", by=note_taker.user)
        if case.phase == "closing":
            helpful = set(case.advice.values_list("pk", flat=True))
            consultations.take_along(case, "Ein Versuch", helpful=helpful, by=giver.user)
        consultations.go_on(case, by=moderator.user)


def somebody(name: str) -> User:
    return User.objects.filter(name=name).first() or make_user(name)
