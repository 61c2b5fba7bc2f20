"""docs/request-states.md says what the rules say."""

from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from requests_app.rules.casework.workflow import OUTCOME_LABELS, STATUS_LABELS, TRANSITION_LABELS


def _printed() -> str:
    out = StringIO()
    call_command("print_workflow", stdout=out)
    return out.getvalue()


def test_the_document_is_current() -> None:
    kept = Path(settings.BASE_DIR, "docs", "request-states.md").read_text(encoding="utf-8")

    assert kept == _printed(), "Run: python manage.py print_workflow > docs/request-states.md"


def test_every_status_act_and_outcome_is_in_it() -> None:
    printed = _printed()

    for label in (*STATUS_LABELS.values(), *TRANSITION_LABELS.values(), *OUTCOME_LABELS.values()):
        assert label in printed
