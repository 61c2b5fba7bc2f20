"""manage.py print_workflow: the states of a request as a document, drawn from the rules."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from requests_app.rules.casework.workflow import (
    EDITABLE_STATUSES,
    OUTCOME_LABELS,
    STATUS_LABELS,
    TRANSITION_LABELS,
    TRANSITIONS,
    UNANSWERED_OUTCOMES,
    Status,
    Transition,
)

_INTRODUCTION = """# The states of a request

Written by `manage.py print_workflow` from `requests_app/rules/casework/workflow.py`; do not edit it by hand. A test
fails while the two differ. To write it again: `manage.py print_workflow > docs/request-states.md`.

Where a request stands (its status) and how it ended (its outcome) are kept apart: a closed request is closed
whether everything or nothing was disclosed. An action that the table does not list for a status is refused, and the
refusal names the statuses from which it is possible.
"""


class Command(BaseCommand):
    help = "Print the states of a request: a Mermaid diagram, the transitions between them, and the outcomes."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("\n".join(workflow_document()))


def workflow_document() -> Iterator[str]:
    """Return the lines of docs/request-states.md."""
    yield _INTRODUCTION
    yield from _diagram()
    yield from _statuses()
    yield from _transitions()
    yield from _outcomes()


def _diagram() -> Iterator[str]:
    yield "## Diagram\n\n```mermaid\nstateDiagram-v2"
    for status in Status:
        yield f"    {status.value} : {STATUS_LABELS[status]}"
    yield f"    [*] --> {Status.RECEIVED.value} : log the request"
    for transition, targets in TRANSITIONS.items():
        for source, target in targets.items():
            if source != target:
                yield f"    {source.value} --> {target.value} : {TRANSITION_LABELS[transition]}"
    yield f"    {Status.CLOSED.value} --> [*]\n```\n"


def _statuses() -> Iterator[str]:
    yield "## Statuses\n\n| Status | Transitions possible | Content can be changed |\n|---|---|---|"
    for status in Status:
        possible = ", ".join(TRANSITION_LABELS[one] for one in Transition if status in TRANSITIONS[one])
        editable = "yes" if status in EDITABLE_STATUSES else "no"
        yield f"| {STATUS_LABELS[status]} | {possible} | {editable} |"
    yield ""


def _transitions() -> Iterator[str]:
    yield "## Transitions\n\n| Transition | From | To |\n|---|---|---|"
    for transition, targets in TRANSITIONS.items():
        for source, target in targets.items():
            yield f"| {TRANSITION_LABELS[transition]} | {STATUS_LABELS[source]} | {STATUS_LABELS[target]} |"
    yield ""


def _outcomes() -> Iterator[str]:
    yield "## Outcomes\n\n| Outcome | How it comes about |\n|---|---|"
    for outcome, label in OUTCOME_LABELS.items():
        how = TRANSITION_LABELS[
            Transition.CLOSE_UNANSWERED if outcome in UNANSWERED_OUTCOMES else Transition.ISSUE
        ]
        yield f"| {label} | {how} |"
