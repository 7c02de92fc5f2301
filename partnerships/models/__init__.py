"""Cities, what they share, and what they agree on."""

from partnerships.models.actor import Actor
from partnerships.models.agreed_text import AgreedText
from partnerships.models.agreement import Agreement, CouncilReference
from partnerships.models.challenge import Challenge, CityChallenge
from partnerships.models.consent import Consent
from partnerships.models.contact import ContactRole
from partnerships.models.encounter import Encounter
from partnerships.models.ending import Renewal, Termination
from partnerships.models.evidence import Evidence
from partnerships.models.exchange_format import ExchangeFormat
from partnerships.models.focus import Focus
from partnerships.models.goal import Goal
from partnerships.models.language_release import LanguageRelease
from partnerships.models.municipality import Municipality
from partnerships.models.participation import ParticipatingActor
from partnerships.models.partnership import Partnership, Party
from partnerships.models.signatory import Signatory
from partnerships.models.statement import Statement
from partnerships.models.topic import Topic
from partnerships.models.version import AgreementVersion, Edition

__all__ = [
    "Actor",
    "AgreedText",
    "Agreement",
    "AgreementVersion",
    "Challenge",
    "CityChallenge",
    "Consent",
    "ContactRole",
    "CouncilReference",
    "Edition",
    "Encounter",
    "Evidence",
    "ExchangeFormat",
    "Focus",
    "Goal",
    "LanguageRelease",
    "Municipality",
    "ParticipatingActor",
    "Partnership",
    "Party",
    "Renewal",
    "Signatory",
    "Statement",
    "Termination",
    "Topic",
]
