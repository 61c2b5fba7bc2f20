"""The referral pack of a log, printed for one force or for a portfolio lead."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.audit.operations import record_look
from referrals.letters.pack import pack_name, pack_pdf
from referrals.models import Referral
from referrals.permissions import acts_for_force
from referrals.queries.pack_facts import pack_for_force, pack_for_lead
from referrals.rules.pack_facts import PackFacts
from referrals.views.finding import check_own_part, find_referral
from requests_app.views.due import pdf_response


@never_cache
@require_safe
def pack(request: SignedInRequest, year: int, number: int) -> HttpResponse:
    """The pack as PDF: `?for=` a force on the log, `?lead=` a consultation. A force contact gets its own force's.

    Each printing is a look, kept on the trail.
    """
    case = find_referral(request.user, year, number)
    facts, detail = _facts(request, case)
    content = pack_pdf(facts)
    record_look(act="pack_printed", by=request.user, at=timezone.now(), subject=case.reference, detail=detail)
    return pdf_response(content, pack_name(facts))


def _facts(request: SignedInRequest, case: Referral) -> tuple[PackFacts, dict[str, str]]:
    """What is printed, and for whom. Raises Http404 for nobody, or somebody who has nothing to do with the log."""
    now = timezone.now()
    if "lead" in request.GET:
        check_own_part(request.user, case, None)
        found = case.consultations.select_related("lead", "referral")
        asked = get_object_or_404(found, pk=_key(request.GET["lead"]))
        return pack_for_lead(asked, as_at=now), {"lead": asked.lead.portfolio}
    forces = case.forces.select_related("force", "referral")
    own = acts_for_force(request.user)
    if "for" not in request.GET and own is not None:
        involved = get_object_or_404(forces, force=own)
    else:
        involved = get_object_or_404(forces, pk=_key(request.GET.get("for", "")))
        check_own_part(request.user, case, involved.force_id)
    return pack_for_force(involved, as_at=now), {"force": involved.force.name}


def _key(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Http404("Say whom the pack is for.")
    return int(text)
