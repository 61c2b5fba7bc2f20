"""How much of a labelled sample is found, and how often something is found that tells nobody who anybody is.

`python -m benchmarks.identity` prints recall for each kind, false alarms for each thousand words, and with
`--misses` what was not found and what was found wrongly. The sample is `labelled_sample.txt` beside the tests of
the finder; how it is written stands at its head.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from foitracker.identity.traces import find_identity_traces

SAMPLE = Path(__file__).parent.parent / "tests/foitracker/identity/labelled_sample.txt"
KINDS = {
    "n": "names",
    "e": "e-mail addresses",
    "h": "accounts and profiles",
    "t": "telephone numbers",
    "s": "postal addresses",
    "p": "postcodes",
    "d": "dates of birth",
    "k": "details of the known person",
}
_MARKED = re.compile(r"\{([a-z]):([^}]*)\}")


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text, what is known of its applicant, and what tells who somebody is: kind, beginning and end."""

    text: str
    known: tuple[str, ...]
    labels: tuple[tuple[str, int, int], ...]


@dataclass(slots=True)
class Measured:
    """What was found of each kind, out of how much, and the words found for nothing."""

    texts: int = 0
    texts_without_labels: int = 0
    words: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    false_alarms: list[str] = field(default_factory=list)

    def recall(self, kind: str) -> float:
        """Return which part of the labels of a kind was found whole."""
        return self.found[kind] / self.labels[kind]

    @property
    def recall_of_all(self) -> float:
        return self.found.total() / self.labels.total()

    @property
    def false_alarms_per_thousand_words(self) -> float:
        return 1000 * len(self.false_alarms) / self.words


def labelled_texts() -> Iterator[LabelledText]:
    """Return the texts of the sample."""
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    body = "\n".join(line for line in lines if not line.startswith("#"))
    for entry in re.split(r"\n?^=====\n", body, flags=re.MULTILINE):
        known: tuple[str, ...] = ()
        if entry.startswith("known: "):
            first, _, entry = entry.partition("\n")
            known = tuple(first.removeprefix("known: ").split(" | "))
        yield _without_marks(entry, known)


def _without_marks(entry: str, known: tuple[str, ...]) -> LabelledText:
    text, position = "", 0
    labels = []
    for marked in _MARKED.finditer(entry):
        text += entry[position : marked.start()]
        labels.append((marked[1], len(text), len(text) + len(marked[2])))
        text += marked[2]
        position = marked.end()
    return LabelledText(text + entry[position:], known, tuple(labels))


def measure() -> Measured:
    """Look for everything in the sample. What is labelled counts as found when all its letters and digits are."""
    measured = Measured()
    for one in labelled_texts():
        traces = find_identity_traces(one.text, one.known)
        measured.texts += 1
        measured.texts_without_labels += not one.labels
        measured.words += len(one.text.split())
        covered = {at for trace in traces for at in range(trace.start, trace.end)}
        for kind, start, end in one.labels:
            measured.labels[kind] += 1
            if all(at in covered or not one.text[at].isalnum() for at in range(start, end)):
                measured.found[kind] += 1
            else:
                measured.missed.append(f"{KINDS[kind]}: {one.text[start:end]!r}")
        measured.false_alarms += [
            f"{trace.kind.value}: {trace.found!r}"
            for trace in traces
            if not any(start < trace.end and trace.start < end for _, start, end in one.labels)
        ]
    return measured


def report(measured: Measured) -> str:
    """Return the figures as lines of text."""
    lines = [
        f"{measured.texts} texts, {measured.texts_without_labels} of them with nothing to find; "
        f"{measured.words} words"
    ]
    for kind, name in KINDS.items():
        found, labels = measured.found[kind], measured.labels[kind]
        lines.append(f"  {name:28} {found:3} of {labels:3}  {100 * measured.recall(kind):5.1f} %")
    found, labels = measured.found.total(), measured.labels.total()
    lines.append(f"  {'all':28} {found:3} of {labels:3}  {100 * measured.recall_of_all:5.1f} %")
    alarms = len(measured.false_alarms)
    rate = measured.false_alarms_per_thousand_words
    lines.append(f"  false alarms: {alarms}, {rate:.1f} for each 1,000 words")
    return "\n".join(lines)


def main() -> None:
    measured = measure()
    lines = [report(measured)]
    if "--misses" in sys.argv[1:]:
        lines += ["not found:", *measured.missed, "found for nothing:", *measured.false_alarms]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
