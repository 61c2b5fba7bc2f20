"""An issued letter names the version of its wording; two wordings of a kind may not share one.

`wording.json` in the folder of a kind records what its letters read in each version. After a wanted change of wording:
raise TEMPLATE_VERSION and run GOLDEN=write pytest tests/requests_app/letters.
"""

import hashlib
import json
import os
from pathlib import Path

import pytest

from requests_app.letters.kinds import BY_CODE
from requests_app.letters.render import TEMPLATE_VERSION
from tests.requests_app.letters.golden import KINDS_FOLDER

ROOT = Path(__file__).resolve().parents[3]


def fingerprint(code: str) -> str:
    """Return a hash of what all letters share, and of a kind's template and golden letters.

    The golden letters show what Python adds.
    """
    shared = [
        path for folder in ("templates/letters", "static/letters") for path in (ROOT / folder).rglob("*.*")
    ]
    digest = hashlib.sha256()
    for path in sorted([*shared, *(KINDS_FOLDER / code).glob("*.html")]):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@pytest.mark.parametrize("code", BY_CODE)
def test_a_change_of_wording_raises_the_template_version(code: str) -> None:
    record = KINDS_FOLDER / code / "wording.json"
    versions = json.loads(record.read_text()) if record.exists() else {}
    if os.environ.get("GOLDEN") == "write":
        versions.setdefault(TEMPLATE_VERSION, fingerprint(code))
        record.write_text(json.dumps(versions, indent=2) + "\n")
    assert versions.get(TEMPLATE_VERSION) == fingerprint(code), (
        "The letters' wording or look has changed. Raise TEMPLATE_VERSION in requests_app/letters/render.py, then "
        "GOLDEN=write pytest tests/requests_app/letters; the older versions stay recorded as they are."
    )
    assert len(set(versions.values())) == len(versions)
