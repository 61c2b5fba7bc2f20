"""The page of one letter: what it says, what is missing, what can be done with it; its HTML and its PDF."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from csp.decorators import csp_replace, csp_update
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.audit.operations import record_access
from foitracker.audit.queries import timeline
from foitracker.printing.render import render_pdf
from requests_app.events.response import LETTER_SEEN, last_return
from requests_app.letters.facts import collect_facts
from requests_app.letters.frozen import LetterAltered, check_as_issued
from requests_app.letters.gaps import letter_gaps
from requests_app.letters.kinds import kind_of
from requests_app.letters.render import render_html
from requests_app.models import FoiRequest, Letter, LetterStatus
from requests_app.operations.verification import note_altered
from requests_app.queries.casefile import despatches
from requests_app.queries.finding import find_letter
from requests_app.queries.holds import standing_holds
from requests_app.queries.reference_differences import compare_letter
from requests_app.rules.letters.facts import LetterFacts
from requests_app.rules.letters.notice_elements import Gap
from requests_app.views.consultation import advice_on
from requests_app.views.letter_actions import letter_actions


def check_can_read(user: Any) -> None:
    """Raise NotPermitted unless `user` may read letters, which name the applicant."""
    if not can(Permission.APPROVE, user):
        check_can(Permission.SEE_IDENTITY, user)


def _letter(request: SignedInRequest, year: int, number: int, pk: int) -> Letter:
    check_can_read(request.user)
    return find_letter(request.user, year, number, pk)


def _read(request: SignedInRequest, year: int, number: int, pk: int) -> Letter:
    """The letter, for showing what it says: that names the applicant, so the access is recorded."""
    letter = _letter(request, year, number, pk)
    check_as_issued(letter)
    record_access(
        event=LETTER_SEEN,
        by=request.user,
        at=timezone.now(),
        subject=letter.foi_request.reference,
        detail={"letter": letter.pk, "kind": letter.kind},
    )
    return letter


def refusing_altered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view that shows an issued letter: one that was altered is refused, and that is recorded.

    The answer is 409: what is stored conflicts with what was issued. 410 would say that the letter is gone for good.
    """

    @wraps(view)
    def checked(request: SignedInRequest, year: int, number: int, pk: int) -> HttpResponse:
        try:
            return view(request, year, number, pk)
        except LetterAltered as altered:
            case = find_letter(request.user, year, number, pk).foi_request
            note_altered(case, pk, altered, by=request.user, at=timezone.now())
            return render(request, "requests_app/response/altered.html", {"reason": str(altered)}, status=409)

    return checked


def _facts(letter: Letter) -> LetterFacts:
    return collect_facts(letter, letter_date=None, today=timezone.localdate())


@never_cache
@csp_update({"frame-src": ["'self'"]})  # type: ignore[arg-type]
def letter_page(request: SignedInRequest, year: int, number: int, pk: int) -> HttpResponse:
    """Show the page of a letter. A draft is checked again each time it is opened."""
    letter = _letter(request, year, number, pk)
    case = letter.foi_request
    found: tuple[Gap, ...] = ()
    facts = comparison = None
    if not letter.is_issued:
        facts = _facts(letter)
        found = letter_gaps(facts)
        comparison = compare_letter(letter, list(case.items.all()))
    blocking = [gap for gap in found if gap.blocks]
    pages = _own_pages(case) if letter.status == LetterStatus.DRAFT else {}
    context = {
        "letter": letter,
        "case": case,
        "facts": facts,
        "duplicates": comparison.duplicates if comparison else (),
        "blocking": [_gap_row(letter, gap, pages) for gap in blocking],
        "advised": [_gap_row(letter, gap, pages) for gap in found if not gap.blocks],
        "holds": list(standing_holds(case)) if letter.is_answer and not letter.is_issued else [],
        "may_override": can(Permission.WORK_CASE, request.user),
        "actions": letter_actions(letter, request.user, blocking=len(blocking)),
        "returned": last_return(timeline(case.reference)) if letter.status == LetterStatus.DRAFT else None,
        "despatches": list(despatches().filter(letter=letter)),
        "may_excuse": can(Permission.WORK_CASE, request.user),
        "advice": advice_on(case, request.user),
        "corrected_by": Letter.objects.filter(corrected_letter=letter)
        .exclude(status=LetterStatus.ABANDONED)
        .only("pk", "status")
        .first(),
    }
    return render(request, "requests_app/response/letter.html", context)


def _own_pages(case: FoiRequest) -> dict[str, str]:
    """The page of each item and claim, by `Gap.where`. A section claimed twice has none of its own."""
    pages = {f"decision:{item.label}": _url(case, "item_decide", item.pk) for item in case.items.all()}
    claims = list(case.claims.values_list("section", "pk"))
    sections = [section for section, _ in claims]
    return pages | {
        f"claim:{section}": _url(case, "claim_change", pk)
        for section, pk in claims
        if sections.count(section) == 1
    }


def _gap_row(letter: Letter, gap: Gap, pages: Mapping[str, str]) -> dict[str, str]:
    """A gap as the list shows it, with the address where it is fixed: its own page, or what its kind declares."""
    url = pages.get(gap.where) or _part_url(letter, gap.where.partition(":")[0])
    return {"message": gap.message, "reference": gap.reference, "url": url}


def _part_url(letter: Letter, place: str) -> str:
    part = kind_of(letter.kind).where_fixed(place)
    return _url(letter.foi_request, part.page, *part.arguments) + part.anchor if part else ""


def _url(case: FoiRequest, page: str, *arguments: object) -> str:
    return reverse(f"requests_app:{page}", args=[case.year, case.number, *arguments])


@never_cache
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"]})
@refusing_altered
def letter_html(request: SignedInRequest, year: int, number: int, pk: int) -> HttpResponse:
    """Return the letter as HTML: frozen when issued, otherwise a draft from the case as it is."""
    letter = _read(request, year, number, pk)
    return HttpResponse(letter.html if letter.is_issued else render_html(_facts(letter)))


@never_cache
@refusing_altered
def letter_pdf(request: SignedInRequest, year: int, number: int, pk: int) -> HttpResponse:
    """Return the letter as PDF: the frozen file when issued, otherwise a draft printed now."""
    letter = _read(request, year, number, pk)
    if letter.is_issued:
        if letter.pdf is None:
            raise Http404("The letter has no file")
        content = bytes(letter.pdf)
    else:
        content = render_pdf(render_html(_facts(letter)))
    reference = letter.foi_request.reference.replace("/", "-")
    name = f"{reference}-{letter.kind}{'' if letter.is_issued else '-draft'}.pdf"
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
