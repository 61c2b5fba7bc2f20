"""What forces refer in the demonstration: invented subjects, with the questions asked and the advice given."""

from referrals.management.demonstration.everyday_subjects import EVERYDAY
from referrals.management.demonstration.guarded_subjects import GUARDED
from referrals.management.demonstration.subject import Subject

__all__ = ["CLOSINGS", "OPENINGS", "SUBJECTS", "Subject"]

SUBJECTS: tuple[Subject, ...] = GUARDED + EVERYDAY

OPENINGS: tuple[str, ...] = (
    "Under the Freedom of Information Act please provide the following.",
    "I would like to know, for your force area:",
    "Please could you send the information below, as a spreadsheet where you can.",
    "This is a request for information held by your force.",
    "Please answer each of the questions below, by e-mail.",
)
CLOSINGS: tuple[str, ...] = (
    "",
    "If part of it is exempt, please send the rest.",
    "Should the cost exceed the limit, please answer as many questions as you can, in their order.",
    "Please tell me if anything is not clear.",
)
