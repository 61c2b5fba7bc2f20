"""“When is it due?” for any date and events, without a case; on the page and printed."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from foitracker.working_days.calendar import CalendarNotCovered
from foitracker.working_days.queries import current_calendar
from requests_app.forms.due import (
    DueFacts,
    DueQuestion,
    canonical,
    event_choices,
    with_event,
    without_event,
)
from requests_app.letters.clock_working import Working, working_pdf
from requests_app.queries.authority import authority
from requests_app.queries.exemption_catalogue import exemption_catalogue
from requests_app.rules.clock.course import ClockOrderError, ClockPolicy
from requests_app.rules.clock.statutory_clock import ClockReading, read_clock
from requests_app.rules.clock.wording import facts, named_dates


@require_safe
def due_page(request: HttpRequest) -> HttpResponse:
    """Show the form and, once it is filled in, every date that follows, with the working.

    All of it is in the address, which is kept in its shortest form: adding and removing events leads to a new
    one.
    """
    query = request.GET.dict()
    if moved := _moved(query):
        return moved
    question = DueQuestion(query, exemption_catalogue())
    found = question.facts() if question.asked else None
    reading = _reading(question, found) if found else None
    context: dict[str, Any] = {
        "form": question.form,
        "events": question.events,
        "error_forms": [question.form, *question.events],
        "has_errors": question.asked and reading is None,
        "kinds": event_choices(),
        "reading": reading,
    }
    if reading and found:
        context |= {
            "dates": named_dates(reading),
            "facts": facts(found.received, found.events, found.regime),
            "print_url": f"{reverse('requests_app:due_pdf')}?{urlencode(query)}",
        }
    return render(request, "requests_app/due/due.html", context, status=400 if context["has_errors"] else 200)


@require_safe
def due_pdf(request: HttpRequest) -> HttpResponse:
    """Return the same working printed. Impossible facts lead back to the page, which says why."""
    query = canonical(request.GET.dict())
    question = DueQuestion(query, exemption_catalogue())
    found = question.facts() if question.asked else None
    reading = _reading(question, found) if found else None
    if found is None or reading is None:
        return redirect(f"{reverse('requests_app:due')}?{urlencode(query)}")
    settings = authority()
    printed = Working(
        authority_name=settings.name if settings else "",
        reference="",
        reading=reading,
        events=found.events,
        printed_at=timezone.localtime(),
    )
    return pdf_response(working_pdf(printed), f"time-limit-{found.received.isoformat()}.pdf")


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """Give a file that a browser shows, under a name it is saved by; nothing on the way keeps it."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _moved(query: dict[str, str]) -> HttpResponse | None:
    """Where the address leads when it is not its shortest form, or when an event is added or removed."""
    place = ""
    if "add" in query:
        target = with_event(query, query.get("kind", ""))
        number = sum(name.endswith("-type") for name in target) - 1
        place = f"#event-{number + 1}" if query.get("kind") else "#kind"
    elif "remove" in query:
        target, place = without_event(query, query["remove"]), "#events"
    else:
        target = canonical(query)
        place = "#result" if "show" in query else ""
    if target == query:
        return None
    address = reverse("requests_app:due") + (f"?{urlencode(target)}" if target else "")
    return redirect(address + place)


def _reading(question: DueQuestion, found: DueFacts) -> ClockReading | None:
    """Read the clock; impossible facts become an error of the form."""
    on = found.on or max(timezone.localdate(), found.received)
    policy = ClockPolicy(deemed_next_working_day=found.deemed_next_working_day)
    try:
        return read_clock(found.received, found.all_events, current_calendar(), on=on, policy=policy)
    except (ClockOrderError, CalendarNotCovered) as error:
        question.form.add_error(None, str(error))
        return None
