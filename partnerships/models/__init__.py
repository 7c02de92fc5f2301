"""Cities, what they share, and what they agree on."""

from partnerships.models.action import Action
from partnerships.models.actor import Actor
from partnerships.models.actor_checkup import ActorCheckup
from partnerships.models.actor_contact import ActorContact
from partnerships.models.actor_merge import ActorMerge
from partnerships.models.agreed_text import AgreedText
from partnerships.models.agreement import Agreement, CouncilReference
from partnerships.models.ambassador import Ambassador, Introduction
from partnerships.models.analysis import Analysis, AnalysisCriterion, Candidate, Ranking, Score
from partnerships.models.challenge import Challenge, CityChallenge
from partnerships.models.connection_point import ConnectionPoint, TopicMatch
from partnerships.models.consent import Consent
from partnerships.models.contact import ContactRole
from partnerships.models.directory_import import DirectoryImport, ImportRow
from partnerships.models.encounter import Encounter
from partnerships.models.ending import Renewal, Termination
from partnerships.models.evidence import Evidence
from partnerships.models.exchange_format import ExchangeFormat
from partnerships.models.expert_invitation import ExpertInvitation
from partnerships.models.file_reference import FileReference
from partnerships.models.flyer import Flyer
from partnerships.models.focus import Focus
from partnerships.models.formality_step import FormalityStep
from partnerships.models.goal import Goal
from partnerships.models.lab import CityLab, LabSite
from partnerships.models.language_release import LanguageRelease
from partnerships.models.lesson import Lesson
from partnerships.models.measurement import Measurement
from partnerships.models.milestone import Milestone
from partnerships.models.municipality import Municipality
from partnerships.models.news import NewsItem
from partnerships.models.office_contact import OfficeContact
from partnerships.models.opening import Opening
from partnerships.models.participation import ParticipatingActor
from partnerships.models.partnership import Partnership, Party
from partnerships.models.photo import Photo
from partnerships.models.project import Project, ProjectActor
from partnerships.models.reading_copy import ReadingCopy
from partnerships.models.reservation import Reservation
from partnerships.models.signatory import Signatory
from partnerships.models.statement import Statement
from partnerships.models.submission import Comparison, Submission
from partnerships.models.target_picture import PictureContribution, PictureVersion
from partnerships.models.topic import Topic
from partnerships.models.turning_point import TurningPoint
from partnerships.models.version import AgreementVersion, Edition

__all__ = [
    "Action",
    "Actor",
    "ActorCheckup",
    "ActorContact",
    "ActorMerge",
    "AgreedText",
    "Agreement",
    "AgreementVersion",
    "Ambassador",
    "Analysis",
    "AnalysisCriterion",
    "Candidate",
    "Challenge",
    "CityChallenge",
    "CityLab",
    "Comparison",
    "ConnectionPoint",
    "Consent",
    "ContactRole",
    "CouncilReference",
    "DirectoryImport",
    "Edition",
    "Encounter",
    "Evidence",
    "ExchangeFormat",
    "ExpertInvitation",
    "FileReference",
    "Flyer",
    "Focus",
    "FormalityStep",
    "Goal",
    "ImportRow",
    "Introduction",
    "LabSite",
    "LanguageRelease",
    "Lesson",
    "Measurement",
    "Milestone",
    "Municipality",
    "NewsItem",
    "OfficeContact",
    "Opening",
    "ParticipatingActor",
    "Partnership",
    "Party",
    "Photo",
    "PictureContribution",
    "PictureVersion",
    "Project",
    "ProjectActor",
    "Ranking",
    "ReadingCopy",
    "Renewal",
    "Reservation",
    "Score",
    "Signatory",
    "Statement",
    "Submission",
    "Termination",
    "Topic",
    "TopicMatch",
    "TurningPoint",
]
