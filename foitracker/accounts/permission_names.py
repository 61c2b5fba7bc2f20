"""The names of everything a person may be allowed to do. Plain Python, so that rules can name who may.

Which roles may is the table in `permissions`.
"""

from enum import StrEnum


class Permission(StrEnum):
    """What a person may do. The value reads after “may”."""

    MANAGE_USERS = "see and change users"
    READ_TRAIL = "read the audit trail"
    ENTER_ABSENCE = "say when they are away"
    OVERSEE = "watch over the deadlines of the team"
    SEE_PERFORMANCE = "see the figures of the team"
    CHANGE_REMINDERS = "change how people are reminded"
    SEE_OUTBOX = "see every message that was sent"
    SEE_STATUS = "see how the tracker is running"
    RESEND_MAIL = "record that an e-mail came back, or send it again"

    # requests
    VIEW_CASES = "see requests"
    LOG_REQUEST = "log a request"
    WRITE_NOTE = "write a note on a request"
    RECORD_TIME = "record time spent on a request"
    ASSIGN = "assign a request"
    SEE_IDENTITY = "see who the applicant is"
    MASK_WORDS = "mask the words of a request"
    WORK_CASE = "work on a request"
    REVIEW = "record an internal review"
    CARRY_OUT_REVIEW = "carry out an internal review"
    DECIDE = "submit a decision"
    APPROVE = "approve a letter"
    ISSUE = "issue a letter"
    SEND_LETTER_AGAIN = "record that a letter did not arrive, or send it again"
    CHANGE_SETTINGS = "change the authority's settings"
    SHOW_REQUEST = "show a request to a reader outside the team"
    READ_SHOWN = "read the requests they have been shown"
    SEE_CALENDAR = "see the working-day calendar"
    CHANGE_CALENDAR = "change the working-day calendar"

    # referrals
    SEE_REFERRALS = "see the referrals of all forces"
    LOG_REFERRAL = "log a referral"
    WORK_REFERRAL = "work on referrals"
    ASSIGN_REFERRAL = "assign a referral"
    REFER_OWN_REQUEST = "refer a request of our own"
    SEE_STATISTICS = "see statistics on referrals"
    SAVE_STATISTIC = "save a statistic"
    PLACE_STATISTIC = "place a statistic in a letter"
    SEE_REFERENCE_DATA = "see the forces and the mandatory criteria"
    CHANGE_FORCES = "change the register of forces"
    CHANGE_CRITERIA = "change the mandatory criteria"
    CHANGE_UNIT = "change the unit's own rules"
    SET_COMPLETENESS = "say up to when the log is complete"
    MANAGE_CONTACTS = "say who acts for a force"
    SEE_OWN_FORCE = "see the referrals of their own force"
    REPORT_UPTAKE = "report what a force did with advice"
