"""Compare the references named in two text files: what was asked and what was answered."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from requests_app.rules.words.reference_comparison import Comparison, FoundReference, compare, find_references


class Command(BaseCommand):
    help = (
        "Compares the request references (2253/2025) and CRU log numbers (636/18, 000636/18) named in two text "
        "files, as sets. Exit status: 0 when the same are named, 1 when they differ, 2 when a file cannot be read."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("asked", metavar="ASKED", type=Path, help="text file of the request, in UTF-8")
        parser.add_argument(
            "answered", metavar="ANSWERED", type=Path, help="text file of the answer, in UTF-8"
        )
        parser.add_argument(
            "--json", action="store_true", help="print JSON: missing, unexpected, duplicates, near"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        asked, answered = _read(options["asked"]), _read(options["answered"])
        comparison = compare(asked, answered)
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(comparison), indent=2))
        elif find_references(asked) or find_references(answered):
            self.stdout.write("\n".join(_as_lines(comparison)))
        else:
            self.stdout.write("Neither file names a reference.")
        if not comparison.is_clean:
            sys.exit(1)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(
            f"{path} is not UTF-8 text. Save it as plain text in UTF-8.", returncode=2
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CommandError(f"{path} cannot be read: {reason}. Give a text file.", returncode=2) from error


def _as_lines(comparison: Comparison) -> Iterator[str]:
    for place in comparison.missing:
        yield f"Missing: {place.reference} is asked for ({place.where}) and not answered."
    for place in comparison.unexpected:
        yield f"Unexpected: {place.reference} is answered ({place.where}) and not asked for."
    for pair in comparison.near_misses:
        yield f"Near: {pair.missing.reference} and {pair.unexpected.reference} ({pair.kind})."
    for duplicate in comparison.duplicates:
        for where, places in (("asked for", duplicate.asked), ("answered", duplicate.answered)):
            if len(places) > 1:
                yield f"Duplicate: {duplicate.reference} is {where} {len(places)} times ({_listed(places)})."
    if comparison.is_clean:
        yield "The same references are asked for and answered."


def _listed(places: tuple[FoundReference, ...]) -> str:
    return "; ".join(place.where for place in places)


def _as_json(comparison: Comparison) -> dict[str, Any]:
    """References as they are printed; positions count the references of each text from 1."""
    return {
        "missing": [str(place.reference) for place in comparison.missing],
        "unexpected": [str(place.reference) for place in comparison.unexpected],
        "duplicates": [
            {
                "reference": str(duplicate.reference),
                "asked": [place.ordinal for place in duplicate.asked],
                "answered": [place.ordinal for place in duplicate.answered],
            }
            for duplicate in comparison.duplicates
        ],
        "near": [
            {
                "missing": str(pair.missing.reference),
                "unexpected": str(pair.unexpected.reference),
                "kind": pair.kind.value,
            }
            for pair in comparison.near_misses
        ],
    }
