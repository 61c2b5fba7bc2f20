"""The e-mails about a log. The subject is its number and nothing else; the marking comes first and last.

One message goes to one force or one portfolio lead, and says nothing of any other. A lead is given no force's
reference, and no one anything about the applicant.
"""

from collections.abc import Sequence

from foitracker.accounts.permission_names import Permission
from foitracker.identity.traces import find_traces_of, mask
from foitracker.mail.kinds import MessageKind
from foitracker.mail.models import OutboxMessage
from foitracker.mail.operations import Message
from foitracker.pages.words import short_date
from referrals.models import (
    Advice,
    Consultation,
    Correspondence,
    Referral,
    ReferralForce,
    advice_message_key,
)
from referrals.queries.applicants import without_applicants
from referrals.rules.vocabulary import MARKING_LABELS, Marking


def _mailbox(message: OutboxMessage) -> str:
    """The mailbox, as it is recorded now, of the force or lead that a message about a log went to."""
    sent = Correspondence.objects.filter(message_key=message.first_key).first()
    if sent and sent.with_force:
        return str(sent.with_force.force.email)
    return str(sent.consultation.lead.email) if sent and sent.consultation else message.to


def _body_now(message: OutboxMessage) -> str:
    """What the message said, with who asked in a request of our own masked: it may have become known since."""
    sent = Correspondence.objects.filter(message_key=message.first_key).first()
    if sent is None:
        return message.body
    logs = filter(None, (sent.referral, sent.referral.national_log))
    return without_applicants(logs)(message.body)


def _about_a_log(code: str, label: str) -> MessageKind:
    return MessageKind(code, label, resent_by=Permission.RESEND_MAIL, address=_mailbox, body=_body_now)


ADVICE = _about_a_log("advice", "Advice to a force")
CHASER = _about_a_log("chaser", "Chaser")
QUESTION = _about_a_log("question", "Question to a portfolio lead")


def message_to_force(
    involved: ReferralForce,
    *,
    kind: MessageKind,
    key: str,
    paragraphs: Sequence[str],
    marking: Marking = Marking.OFFICIAL,
) -> Message:
    """Return the e-mail to one force about its log, with that force's own reference."""
    about = [involved.referral.title]
    if involved.reference:
        about.append(f"Your reference: {involved.reference}")
    return Message(
        kind=kind,
        about=involved.referral.reference,
        page=involved.referral.get_absolute_url(),
        key=key,
        to=involved.force.email,
        subject=_subject(involved.referral),
        body=_body(marking, ["\n".join(about), *paragraphs]),
    )


def message_to_lead(
    consultation: Consultation,
    *,
    kind: MessageKind,
    key: str,
    paragraphs: Sequence[str],
    marking: Marking = Marking.OFFICIAL,
) -> Message:
    """Return the e-mail to a portfolio lead about the log they are consulted on."""
    return Message(
        kind=kind,
        about=consultation.referral.reference,
        page=consultation.referral.get_absolute_url(),
        key=key,
        to=consultation.lead.email,
        subject=_subject(consultation.referral),
        body=_body(marking, [consultation.referral.title, *paragraphs]),
    )


def advice_message(
    advice: Advice, involved: ReferralForce, unit_name: str, *, known: Sequence[str] = ()
) -> Message:
    """Return the e-mail that tells one force of advice, on its own log or the national one.

    `known` are details of the applicant of our own request, which are masked: they may have become known since.
    """
    given = f"{short_date(advice.given_on)}" if advice.given_on else ""
    told = f"Advice {advice.number} of the {unit_name}, given on {given}"
    if involved.referral_id != advice.referral_id:
        told += f" on the national log {advice.referral.log_number}, under which your log is grouped"
    exemptions = f"Exemptions suggested: {', '.join(advice.exemptions)}" if advice.exemptions else ""
    return message_to_force(
        involved,
        kind=ADVICE,
        key=advice_message_key(advice.pk, involved.pk),
        marking=Marking(advice.marking),
        paragraphs=[
            told,
            mask(advice.text, find_traces_of(advice.text, known)),
            exemptions,
            "Advice is for your consideration: the decision on the request stays with your force. Please tell us "
            "whether you adopted it, and where you did not, why.",
        ],
    )


def _subject(referral: Referral) -> str:
    return referral.title


def _body(marking: Marking, paragraphs: Sequence[str]) -> str:
    label = MARKING_LABELS[marking]
    return "\n\n".join([label, *(one for one in paragraphs if one), label]) + "\n"
