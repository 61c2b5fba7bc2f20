"""What part Lancashire Constabulary has in the demonstration's logs, year by year.

A published answer gives its referrals in the years ending 31 March 2023, 2024 and 2025 as 65, 21 and 0. The logs are
invented; what they add up to is not.
"""

from collections.abc import Mapping
from enum import StrEnum

FORCE = "Lancashire Constabulary"

#: Referrals in the year ending 31 March, by all the criteria of the published answer together.
PUBLISHED = {2023: 65, 2024: 21, 2025: 0}


class Part(StrEnum):
    """What one log is to the force."""

    ALONE = "alone"
    ALONE_MANDATORY = "alone, mandatory"
    NATIONAL = "national, with a form or a letter"
    NATIONAL_MANDATORY = "national, mandatory"
    #: It came before the year, and the force first wrote about it within.
    NATIONAL_FROM_BEFORE = "national, from the year before"
    SEVERAL_MANDATORY = "with another force, mandatory"
    SEVERAL_ADVICE = "with another force, for advice"
    CONSULTED = "consulted on another force's"
    NATIONAL_SILENT = "national, neither form nor letter"
    IN_ERROR = "logged in error"


#: What counts by one of the three criteria.
COUNTED = frozenset(
    {
        Part.ALONE,
        Part.ALONE_MANDATORY,
        Part.NATIONAL,
        Part.NATIONAL_MANDATORY,
        Part.NATIONAL_FROM_BEFORE,
        Part.SEVERAL_MANDATORY,
    }
)

#: By the year in which the year ending 31 March ends. Log 43/23 comes on top: mandatory, logged with the force.
YEARS: Mapping[int, Mapping[Part, int]] = {
    2016: {Part.ALONE: 4, Part.ALONE_MANDATORY: 2, Part.NATIONAL: 2, Part.CONSULTED: 1},
    2017: {Part.ALONE: 5, Part.ALONE_MANDATORY: 2, Part.NATIONAL: 3, Part.SEVERAL_ADVICE: 1},
    2018: {Part.ALONE: 5, Part.ALONE_MANDATORY: 4, Part.NATIONAL_MANDATORY: 3, Part.NATIONAL_SILENT: 2},
    2019: {Part.ALONE: 6, Part.ALONE_MANDATORY: 3, Part.NATIONAL: 2, Part.SEVERAL_MANDATORY: 1},
    2020: {Part.ALONE: 4, Part.ALONE_MANDATORY: 3, Part.NATIONAL: 2, Part.SEVERAL_ADVICE: 2},
    2021: {Part.ALONE: 3, Part.ALONE_MANDATORY: 2, Part.NATIONAL_MANDATORY: 2, Part.CONSULTED: 1},
    2022: {Part.ALONE: 8, Part.ALONE_MANDATORY: 5, Part.NATIONAL: 4, Part.NATIONAL_MANDATORY: 2},
    2023: {
        Part.ALONE: 24,
        Part.ALONE_MANDATORY: 14,
        Part.NATIONAL: 11,
        Part.NATIONAL_MANDATORY: 9,
        Part.SEVERAL_MANDATORY: 6,
        Part.SEVERAL_ADVICE: 4,
        Part.CONSULTED: 3,
        Part.NATIONAL_SILENT: 4,
        Part.IN_ERROR: 1,
    },
    2024: {
        Part.ALONE: 8,
        Part.ALONE_MANDATORY: 3,
        Part.NATIONAL: 3,
        Part.NATIONAL_MANDATORY: 3,
        Part.NATIONAL_FROM_BEFORE: 1,
        Part.SEVERAL_MANDATORY: 3,
        Part.SEVERAL_ADVICE: 2,
        Part.CONSULTED: 2,
        Part.NATIONAL_SILENT: 3,
    },
    2025: {Part.SEVERAL_ADVICE: 2, Part.CONSULTED: 3, Part.NATIONAL_SILENT: 5, Part.IN_ERROR: 1},
    2026: {Part.ALONE: 3, Part.ALONE_MANDATORY: 2, Part.NATIONAL: 2, Part.NATIONAL_SILENT: 1},
}
