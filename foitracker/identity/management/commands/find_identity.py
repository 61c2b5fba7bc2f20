"""Find in a text file what may tell who somebody is."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foitracker.identity.traces import TRACE_LABELS, IdentityTrace, closing_block, find_identity_traces


class Command(BaseCommand):
    help = (
        "Prints what in a text may tell who somebody is, in the order of the text, each with its first character "
        "and the one after its last (counted from 0), its words and its kind. The kind “closing_block” is everything "
        "from where the text is signed, and overlaps what it holds. The details of a known person are looked for, "
        "too, however they are spelt. Exit status: 0 whether or not something is found, 2 when a file cannot be read."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("text", metavar="TEXT", type=Path, help="text file, in UTF-8")
        parser.add_argument("--name", default="", help="name of a known person or body")
        parser.add_argument("--email", default="", metavar="ADDRESS", help="their e-mail address")
        parser.add_argument("--address", type=Path, metavar="FILE", help="text file of their postal address")
        parser.add_argument(
            "--json", action="store_true", help="print JSON: a list of start, end, words, kind"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        text = _read(options["text"])
        known = _known(options["name"], options["email"], options["address"])
        block = closing_block(text, known)
        found = sorted([*find_identity_traces(text, known), *([block] if block else [])], key=_place)
        if options["json"]:
            self.stdout.write(json.dumps([_as_json(trace) for trace in found], indent=2))
        elif found:
            self.stdout.write("\n".join(map(_as_line, found)))
        else:
            self.stdout.write(
                "Nothing was found. Read the text through all the same: no rule finds every name."
            )


def _read(path: Path) -> str:
    """The text with its line ends as they are, so that characters are counted as in the file."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return file.read()
    except UnicodeDecodeError as error:
        raise CommandError(
            f"{path} is not UTF-8 text. Save it as plain text in UTF-8.", returncode=2
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CommandError(f"{path} cannot be read: {reason}. Give a text file.", returncode=2) from error


def _known(name: str, email: str, address: Path | None) -> tuple[str, ...]:
    if email and "@" not in email.strip("@ "):
        raise CommandError(f"“{email}” is not an e-mail address. Write it as name@example.org.", returncode=2)
    return tuple(detail for detail in (name, email, _read(address) if address else "") if detail.strip())


def _place(trace: IdentityTrace) -> tuple[int, int]:
    return trace.start, -trace.end


def _as_json(trace: IdentityTrace) -> dict[str, Any]:
    return {"start": trace.start, "end": trace.end, "words": trace.found, "kind": trace.kind.value}


def _as_line(trace: IdentityTrace) -> str:
    return f"{trace.start}-{trace.end}  {TRACE_LABELS[trace.kind]}: {' '.join(trace.found.split())}"
