"""The referral pack of a log, printed for one force or for a portfolio lead."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.audit.operations import record_access
from referrals.events.advice import PACK_PRINTED
from referrals.letters.pack import pack_name, pack_pdf
from referrals.models import Referral, ReferralForce
from referrals.operations.other_forces import check_pack
from referrals.permissions import acts_for_force
from referrals.queries.correspondents import consultations_on, forces_on
from referrals.queries.pack_facts import pack_for_force, pack_for_lead
from referrals.rules.pack_facts import PackFacts
from referrals.views.finding import check_own_part, find_referral
from requests_app.views.due import pdf_response

#: What a pack says, what is recorded of its printing, and the force it is for; None for a portfolio lead.
_Pack = tuple[PackFacts, dict[str, str], ReferralForce | None]


@never_cache
@require_safe
def pack(request: SignedInRequest, year: int, number: int) -> HttpResponse:
    """Show the pack as PDF: `?for=` a force on the log, `?lead=` a consultation; without either, a page to choose from.

    A force contact gets its own force's. Each printing is an access, recorded on the trail.
    """
    case = find_referral(request.user, year, number)
    own = acts_for_force(request.user)
    if not {"for", "lead"} & set(request.GET) and own is None:
        return _choice(request, case)
    to_lead = "lead" in request.GET
    facts, detail, reader = _for_lead(request, case) if to_lead else _for_force(request, case, own)
    check_pack(case, facts, reader)
    content = pack_pdf(facts)
    record_access(
        event=PACK_PRINTED, by=request.user, at=timezone.now(), subject=case.reference, detail=detail
    )
    return pdf_response(content, pack_name(facts))


def _choice(request: SignedInRequest, case: Referral) -> HttpResponse:
    context = {"case": case, "forces": forces_on(case), "consultations": consultations_on(case)}
    return render(request, "referrals/pack.html", context)


def _for_lead(request: SignedInRequest, case: Referral) -> _Pack:
    check_own_part(request.user, case, None)
    found = case.consultations.select_related("lead", "referral")
    asked = get_object_or_404(found, pk=_key(request.GET["lead"]))
    return pack_for_lead(asked, as_at=timezone.now()), {"lead": asked.lead.portfolio}, None


def _for_force(request: SignedInRequest, case: Referral, own: int | None) -> _Pack:
    forces = case.forces.select_related("force", "referral")
    if "for" in request.GET:
        involved = get_object_or_404(forces, pk=_key(request.GET["for"]))
        check_own_part(request.user, case, involved.force_id)
    else:
        involved = get_object_or_404(forces, force=own)
    return pack_for_force(involved, as_at=timezone.now()), {"force": involved.force.name}, involved


def _key(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Http404("Say whom the pack is for.")
    return int(text)
