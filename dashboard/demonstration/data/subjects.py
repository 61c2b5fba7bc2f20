"""What forces refer in the demonstration: invented subjects, with the questions asked and the advice given."""

from dashboard.demonstration.data.everyday_subjects import EVERYDAY
from dashboard.demonstration.data.guarded_subjects import GUARDED
from dashboard.demonstration.data.subject import Subject

#: The usual ones first.
SUBJECTS: tuple[Subject, ...] = GUARDED + EVERYDAY
