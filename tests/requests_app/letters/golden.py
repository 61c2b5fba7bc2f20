"""The letters that are kept word for word: each kind's own test module names them, with the facts they are made of.

`GOLDEN` of `kinds/test_<kind>.py` has a line for each file in the folder of the kind.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from requests_app.letters import kinds
from requests_app.rules.letters.facts import LetterFacts

KINDS_FOLDER = Path(kinds.__file__).parent


def golden_of(code: str) -> dict[str, Callable[[], LetterFacts]]:
    """Return the golden letters of a kind: file name without ending, and what makes the facts."""
    found: dict[str, Callable[[], LetterFacts]] = import_module(
        f"tests.requests_app.letters.kinds.test_{code}"
    ).GOLDEN
    return found


CASES = {f"{kind.code}/{name}": make for kind in kinds.KINDS for name, make in golden_of(kind.code).items()}
