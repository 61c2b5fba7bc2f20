"""The page on which the section of an exemption claim is chosen, from a list or as officers write it."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from foitracker.accounts.permission_names import Permission
from foitracker.pages.forms.form import CaseForm
from requests_app.forms.exemption import Route, routes
from requests_app.models import FoiRequest
from requests_app.queries.exemption_catalogue import our_catalogue
from requests_app.rules.exemptions.catalogue import Catalogue, Exemption, Limb, UnknownLimb, Usable
from requests_app.views.editing import EditingPage


@dataclass(frozen=True)
class Way:
    """One way of claiming a section: the limbs it covers, what they ask, and the address of its form."""

    refs: str
    kind: str
    url: str


@dataclass(frozen=True)
class Entry:
    """A section in the list. `reason` says why it is not, or only rarely, for this authority."""

    section: str
    title: str
    withhold: Sequence[Way]
    neither: Sequence[Way]
    reason: str
    is_usable: bool


class ChooseExemption(EditingPage):
    """Choose what to claim. `q` is a reference, such as s31(1)(a)(b), or words; `item` the items it is for."""

    permission = Permission.WORK_CASE
    form_class = CaseForm
    http_method_names = ["get", "head", "options"]

    def show(self, form: CaseForm, status: int = 200, **extra: Any) -> HttpResponse:
        typed = self.request.GET.get("q", "").strip()
        self.items = self.request.GET.getlist("item")
        context: dict[str, Any] = {"case": self.case, "q": typed, "items_chosen": self.items}
        self.catalogue = our_catalogue()
        sections = list(self.catalogue.exemptions)
        if typed and not any(character.isdigit() for character in typed):
            sections = [exemption for exemption in sections if _speaks_of(exemption, typed)]
        elif typed:
            try:
                ways = self._ways_typed(typed)
            except UnknownLimb as refusal:
                context |= {
                    "refusal": str(refusal),
                    "suggestions": self._suggested(refusal),
                    "has_errors": True,
                }
                status = 422
            else:
                if len(ways) == 1:
                    return redirect(ways[0].url)
                context["several"] = ways
        if "several" not in context:
            context["entries"] = [self._entry(exemption) for exemption in sections]
        return render(self.request, "requests_app/decision/choose_exemption.html", context, status=status)

    def _ways_typed(self, typed: str) -> list[Way]:
        """The ways of claiming what was typed: one for each section, and for withholding and for neither."""
        catalogue = self.catalogue
        if exemption := _section_alone(typed, catalogue):
            _refuse_unusable(exemption)
            entry = self._entry(exemption)
            return [*entry.withhold, *entry.neither]
        limbs = catalogue.lookup(typed)
        for limb in limbs:
            _refuse_unusable(catalogue.exemption(limb.section))
        parted = itertools.groupby(
            sorted(limbs, key=lambda limb: (int(limb.section.rstrip("A")), limb.neither_confirm_nor_deny)),
            key=lambda limb: (limb.section, limb.neither_confirm_nor_deny),
        )
        return [
            Way(
                ", ".join(limb.ref for limb in group),
                f"section {section}: {catalogue.exemption(section).title}",
                self._url(group),
            )
            for (section, _), found in parted
            if (group := list(found))
        ]

    def _suggested(self, refusal: UnknownLimb) -> list[Way]:
        """What may have been meant, each with what it is about: 40(2) alone has five limbs."""
        return [
            Way(
                ref,
                _summary(ref, self.catalogue),
                "?" + urlencode({"q": ref, "item": self.items}, doseq=True),
            )
            for ref in refusal.suggestions
        ]

    def _entry(self, exemption: Exemption) -> Entry:
        withhold, neither = (
            [self._way(route) for route in routes(exemption, neither_confirm_nor_deny=flag)]
            for flag in (False, True)
        )
        is_usable = exemption.usable is not Usable.NO
        return Entry(
            exemption.section, exemption.title, withhold, neither, exemption.usable_reason, is_usable
        )

    def _way(self, route: Route) -> Way:
        return Way(
            _in_short([limb.ref for limb in route.limbs]), route.kind, self._url(route.limbs[:1], route)
        )

    def _url(self, limbs: Sequence[Limb], route: Route | None = None) -> str:
        """The form's address. A whole route is named by its first limb, without choosing that limb."""
        query: dict[str, Any] = {"item": self.items} if self.items else {}
        query["part" if route else "limb"] = [limb.ref for limb in limbs]
        return claim_url(self.case, limbs[0].section) + "?" + urlencode(query, doseq=True)


def claim_url(case: FoiRequest, section: str) -> str:
    """Return the address of the form that claims a section for a case."""
    return reverse("requests_app:claim_add_section", args=[case.year, case.number, section])


def _section_alone(typed: str, catalogue: Catalogue) -> Exemption | None:
    """The section, when nothing but its number was typed."""
    try:
        return catalogue.exemption(typed)
    except UnknownLimb:
        return None


def _summary(ref: str, catalogue: Catalogue) -> str:
    """What a limb is about; empty where `ref` is not one limb."""
    try:
        (limb,) = catalogue.lookup(ref)
    except (UnknownLimb, ValueError):
        return ""
    return limb.summary


def _refuse_unusable(exemption: Exemption) -> None:
    if exemption.usable is Usable.NO:
        raise UnknownLimb(f"Section {exemption.section} cannot be claimed here. {exemption.usable_reason}")


def _speaks_of(exemption: Exemption, words: str) -> bool:
    text = " ".join([exemption.title, *(limb.summary for limb in exemption.all_limbs)]).casefold()
    return all(word in text for word in words.casefold().split())


def _in_short(refs: Iterable[str]) -> str:
    """31(1)(a) to 31(1)(i): the first and the last of many."""
    listed = list(refs)
    return f"{listed[0]} to {listed[-1]}" if len(listed) > 3 else ", ".join(listed)
