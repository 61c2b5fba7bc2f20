"""An issued letter names the version of its wording; two wordings may not share one."""

import hashlib
import json
from pathlib import Path

from requests_app.letters.render import TEMPLATE_VERSION

ROOT = Path(__file__).resolve().parents[3]
VERSIONS = Path(__file__).parent / "template_versions.json"


def fingerprint() -> str:
    """Return a hash of the templates, the style sheet and the golden letters, which show what Python adds."""
    folders = ["templates/letters", "static/letters", "tests/requests_app/letters/golden"]
    digest = hashlib.sha256()
    for path in sorted(path for folder in folders for path in (ROOT / folder).rglob("*.*")):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def test_a_change_of_wording_raises_the_template_version() -> None:
    versions = json.loads(VERSIONS.read_text())
    assert versions.get(TEMPLATE_VERSION) == fingerprint(), (
        "The letters' wording or look has changed. Raise TEMPLATE_VERSION in requests_app/letters/render.py "
        f'and add "{fingerprint()}" for it to {VERSIONS.name}; leave the older versions as they are.'
    )


def test_each_version_is_one_wording() -> None:
    versions = json.loads(VERSIONS.read_text())
    assert len(set(versions.values())) == len(versions)
