#!/usr/bin/env python3
"""Complain of pages and of the roof that reach cases past `visible_to(user)`.

They read through the queries of each app, which begin with the cases the person may know of. So a view, a form, a
template tag or anything in the dashboard names neither the manager of a kind of case nor fetches one by its class.
The demonstration, which plays cases in and shows none, may.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

KINDS = {"FoiRequest", "Referral"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}
PLACES = (
    *(
        f"{app}/{floor}/**/*.py"
        for app in ("requests_app", "referrals")
        for floor in ("views", "forms", "templatetags")
    ),
    "dashboard/*.py",
    "dashboard/management/**/*.py",
)


def leaks(source: str) -> Iterator[int]:
    """Yield the lines of a module that reach cases past `visible_to`."""
    for node in ast.walk(ast.parse(source)):
        reached: ast.expr | None = None
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            reached = node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SHORTCUTS:
            reached = node.args[0]
        if isinstance(reached, ast.Name) and reached.id in KINDS:
            yield node.lineno


def main() -> int:
    root = Path(__file__).parent.parent
    found = [
        f"{path.relative_to(root)}:{line}: reach cases through visible_to(user), in the app's queries\n"
        for place in PLACES
        for path in sorted(root.glob(place))
        for line in leaks(path.read_text(encoding="utf-8"))
    ]
    sys.stderr.writelines(found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
