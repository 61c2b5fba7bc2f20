from requests_app.models.applicant import AccessReason, Applicant
from requests_app.models.authority import Authority, Regulator
from requests_app.models.calendar_feed import CalendarFeed
from requests_app.models.clarification import EFFECT_LABELS, Clarification
from requests_app.models.clock_event import RecordedClockEvent
from requests_app.models.contact_task import ContactTask
from requests_app.models.dip_sample import DipSample, SampledLetter, Soundness
from requests_app.models.due_date_change import DueDateChange
from requests_app.models.exemption_claim import PREJUDICE_LABELS, ExemptionClaim
from requests_app.models.figures import Figure, FigureSet
from requests_app.models.foi_request import HOLDING_LABELS, Channel, FoiRequest, Level, Priority, Regime
from requests_app.models.grade import Grade, GradeRate, OfficerGrade
from requests_app.models.issue_hold import HoldEnding, IssueHold
from requests_app.models.item import RequestItem
from requests_app.models.lapse_warning import LapseWarning
from requests_app.models.letter import Letter, LetterStatus
from requests_app.models.letter_despatch import (
    COUNTS,
    Despatch,
    DespatchFailure,
    LetterDespatch,
    ReturnReason,
)
from requests_app.models.link import REVERSED_LINK_LABELS, LinkKind, RequestLink
from requests_app.models.note import Note
from requests_app.models.recovery_plan import PlannedRequest, RecoveryPlan
from requests_app.models.reference_counter import ReferenceCounter
from requests_app.models.sealed_words import Masking, SealedWords
from requests_app.models.search_record import SearchRecord
from requests_app.models.shown_request import ShownRequest
from requests_app.models.supervision import SupervisionReview
from requests_app.models.time_record import TimeRecord
from requests_app.models.topic import Topic
from requests_app.models.triage_sheet import TriageSheet

__all__ = [
    "COUNTS",
    "EFFECT_LABELS",
    "HOLDING_LABELS",
    "PREJUDICE_LABELS",
    "REVERSED_LINK_LABELS",
    "AccessReason",
    "Applicant",
    "Authority",
    "CalendarFeed",
    "Channel",
    "Clarification",
    "ContactTask",
    "Despatch",
    "DespatchFailure",
    "DipSample",
    "DueDateChange",
    "ExemptionClaim",
    "Figure",
    "FigureSet",
    "FoiRequest",
    "Grade",
    "GradeRate",
    "HoldEnding",
    "IssueHold",
    "LapseWarning",
    "Letter",
    "LetterDespatch",
    "LetterStatus",
    "Level",
    "LinkKind",
    "Masking",
    "Note",
    "OfficerGrade",
    "PlannedRequest",
    "Priority",
    "RecordedClockEvent",
    "RecoveryPlan",
    "ReferenceCounter",
    "Regime",
    "Regulator",
    "RequestItem",
    "RequestLink",
    "ReturnReason",
    "SampledLetter",
    "SealedWords",
    "SearchRecord",
    "ShownRequest",
    "Soundness",
    "SupervisionReview",
    "TimeRecord",
    "Topic",
    "TriageSheet",
]
