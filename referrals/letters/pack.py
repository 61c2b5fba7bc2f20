"""The referral pack: what a force or a portfolio lead is given about a log, with nothing about the applicant."""

from foitracker.pages.words import clock_time, in_words
from foitracker.printing.render import DOCUMENT_STYLESHEETS, render_document, render_pdf
from referrals.rules.pack_facts import PackFacts
from referrals.rules.vocabulary import MARKING_LABELS


def pack_html(facts: PackFacts) -> str:
    """Return the pack as a complete HTML document."""
    return render_document(
        "referral_pack.html",
        {
            "title": f"Referral pack: CRU log {facts.log_number}",
            "unit": facts.unit,
            "marking": MARKING_LABELS[facts.marking],
            "facts": facts,
            "is_force": facts.question is None,
            "own_wordings": [one for one in facts.forces if one.wording],
            "advice": [(one, MARKING_LABELS[one.marking], ", ".join(one.exemptions)) for one in facts.advice],
            "as_at": f"{in_words(facts.as_at.date())}, {clock_time(facts.as_at)}",
            "created": facts.as_at.isoformat(timespec="seconds"),
        },
    )


def pack_pdf(facts: PackFacts) -> bytes:
    """Return the pack as PDF/UA-1: the same facts give the same bytes."""
    return render_pdf(pack_html(facts), DOCUMENT_STYLESHEETS)


def pack_name(facts: PackFacts) -> str:
    """Return the file name of a pack: the log's number, and nothing that shows whom it is for."""
    return f"cru-{facts.log_number.replace('/', '-')}-pack.pdf"
