"""The registry of recorded events, with those that are declared for tests alone."""

import pytest

from foitracker.audit import events
from tests.foitracker.declared import EVENTS


@pytest.fixture(autouse=True)
def _declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_DECLARED", dict(events._DECLARED))
    monkeypatch.setattr(events, "_VOCABULARIES", dict(events._VOCABULARIES))
    events.register(EVENTS)
