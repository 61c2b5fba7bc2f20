"""The page on which the items of a request are edited."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse

from foitracker.accounts.permission_names import Permission
from foitracker.audit.queries import events_since_version
from foitracker.casework.conflict import conflict_panel
from foitracker.casework.refusals import CaseChanged
from foitracker.pages.forms.form import CaseForm
from foitracker.pages.forms.rows import reopen
from requests_app.forms.items import ItemsForm
from requests_app.models import RequestItem
from requests_app.operations.decision import MOST_ITEMS, set_items
from requests_app.rules.words.item_splitting import split
from requests_app.views.editing import EditingRowsPage

Rows = Sequence[Mapping[str, Any]]


class EditItems(EditingRowsPage):
    """Turn the applicant's words into items, and change them: labels, words, order.

    While a request has no items, the page proposes the words split at their own numbers or letters.
    """

    permission = Permission.WORK_CASE
    form_class = ItemsForm
    template_name = "requests_app/decision/items.html"
    heading = "Items of the request"
    submit_label = "Save items"
    anchor = "#items"

    def form_arguments(self) -> dict[str, Any]:
        return {"rows": self._saved() or self._proposed(self.case.words, [])}

    def page(self) -> dict[str, Any]:
        return {"is_proposal": not self.case.items.exists(), "wide": True}

    def rearrange(self, action: str, typed: list[dict[str, Any]]) -> Rows:
        if action == "split":
            return self._proposed(self.request.POST.get("pasted", "").strip() or self.case.words, typed)
        return sorted(typed, key=_place)

    def perform(self, form: ItemsForm) -> str:
        set_items(**self.common(form), items=form.drafts())
        return "The items have been saved."

    def show_conflict(self, form: CaseForm, changed: CaseChanged) -> HttpResponse:  # type: ignore[override]
        """Show both lists in one: what was typed, and what someone else has added or changed since."""
        self.case = changed.case
        rows = _merged(ItemsForm.typed_rows(self.request.POST), list(self.case.items.all()))
        merged = reopen(ItemsForm, self.request.POST, rows=rows)
        merged.initial["seen_version"] = changed.case.version
        since = events_since_version(changed.case.reference, changed.seen_version)
        panel = conflict_panel(since, form, self.request.path)
        return self.show(merged, 409, conflict=panel)

    def _saved(self) -> list[dict[str, Any]]:
        return [
            {"pk": item.pk, "position": item.position, "label": item.label, "text": item.text}
            for item in self.case.items.all()
        ]

    def _proposed(self, words: str, typed: Rows) -> list[dict[str, Any]]:
        """The words split into items; an item of the list that has the same label stays that item."""
        known = {row["label"].strip(): row["pk"] for row in typed if row["pk"]}
        proposed = [
            {"pk": known.pop(item.label, None), "position": place, "label": item.label, "text": item.text}
            for place, item in enumerate(split(words).items, start=1)
        ]
        left_over = [
            dict(row) | {"remove": True, "note": "Not in the text that was split."}
            for row in typed
            if row["pk"] and row["pk"] in known.values()
        ]
        return _as_many_as_fit(proposed) + left_over


def _as_many_as_fit(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """At most as many rows as the page has: the rest is put together in the last one, so that no word is lost."""
    shown, rest = rows[:MOST_ITEMS], rows[MOST_ITEMS:]
    if rest:
        words = "\n".join(f"{row['label']}: {row['text']}" for row in (shown[-1], *rest))
        shown[-1] |= {
            "text": words,
            "note": f"{len(rest) + 1} parts stand together here: a request has at most {MOST_ITEMS} items.",
        }
    return shown


def _place(row: Mapping[str, Any]) -> int:
    typed = str(row["position"] or "").strip()
    return int(typed) if typed.isdecimal() and len(typed) < 6 else 100_000


def _merged(typed: list[dict[str, Any]], items: list[RequestItem]) -> list[dict[str, Any]]:
    """What was typed beside what is saved now, each difference with a note."""
    saved = {str(item.pk): item for item in items}
    for row in typed:
        item = saved.pop(str(row["pk"]), None)
        if row["pk"] and item is None:
            row |= {"pk": None, "note": "Somebody else removed this item. Saving puts it back, undecided."}
        elif item and (item.label, item.text) != (row["label"].strip(), row["text"].strip()):
            row |= {"note": "Now saved as:", "saved": f"{item.label}: {item.text}"}
    added = [
        {
            "pk": item.pk,
            "position": item.position,
            "label": item.label,
            "text": item.text,
            "note": "Somebody else added this item. Saving keeps it, unless you remove it.",
        }
        for item in saved.values()
    ]
    return typed + added
