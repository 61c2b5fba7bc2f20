#!/usr/bin/env python3
"""Complain of dates written by hand: how a day, a month or a moment reads stands in `foitracker/pages/words.py`.

`strftime` and its codes follow the machine's locale, which a letter must not, and a format of one's own is a second
place for one fact.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

BY_HAND = re.compile(r"strftime|\{[^{}\n]*:%[A-Za-z][^{}\n]*\}")
IN_TEMPLATES = re.compile(r"\|(?:date|time):(?!'c')")
ROOMS = ("foitracker", "requests_app", "referrals", "dashboard")
#: Where dates are put into words, and the box in which they are typed.
WORDS = {"foitracker/pages/words.py", "foitracker/pages/forms/fields.py"}


def places(root: Path) -> Iterator[tuple[Path, re.Pattern[str]]]:
    """Yield every module and template, with what it must not hold."""
    for room in ROOMS:
        yield from ((path, BY_HAND) for path in sorted((root / room).rglob("*.py")))
        yield from ((path, IN_TEMPLATES) for path in sorted((root / room).rglob("*.html")))
    yield from ((path, IN_TEMPLATES) for path in sorted((root / "templates").rglob("*.html")))


def main() -> int:
    root = Path(__file__).parent.parent
    found = [
        f"{path.relative_to(root)}:{number}: put the date into words with foitracker.pages.words\n"
        for path, pattern in places(root)
        if str(path.relative_to(root)) not in WORDS
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]
    sys.stderr.writelines(found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
