"""When two requests ask nearly the same, and the words in which they differ.

Requests sent to many forces differ in their greeting, in how they are typed, and often in a name or a year.
What is compared is the set of words, without those that any request may have: of all the words in either, the
share that is in both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

#: A request sent round reaches the forces within days, and is referred within their twenty working days; a
#: campaign goes on for some weeks more. Farther apart, the same words are a repeat rather than one national case.
WINDOW_DAYS = 120
#: Of all words in either, this share is in both. Below it requests on one topic begin to look alike.
ALIKE_FROM = 0.6
#: Fewer words than these are too few to compare.
FEWEST_WORDS = 3
MOST_FOUND = 20

#: Words that any request may have: greetings, thanks, what the Act is called, and the numbers of its questions.
COURTESIES = (
    "dear sir madam hello good morning afternoon team officer for the attention of "
    "I am writing to request a request under the Freedom of Information Act 2000 foi foia "
    "please could you provide send supply tell me let me know I would like "
    "look forward to hearing from you reply thanks thank you very much in advance "
    "kind best warm regards yours faithfully sincerely truly "
    "1 2 3 4 5 6 7 8 9 10"
)

#: Words compared one by one: a page is not kept waiting by a request as long as a book.
WORDS_COMPARED = 600


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of one text, and whether the other has them at that place."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Differences:
    """Two texts in pieces. `is_cut` says that only their first words were compared."""

    ours: tuple[Piece, ...]
    theirs: tuple[Piece, ...]
    is_cut: bool

    @property
    def are_the_same(self) -> bool:
        return not any(piece.differs for piece in (*self.ours, *self.theirs))


def differences(ours: str, theirs: str) -> Differences:
    """Return the words in which two texts differ. Case, punctuation and spacing make no difference."""
    left, right = ours.split(), theirs.split()
    is_cut = max(len(left), len(right)) > WORDS_COMPARED
    left, right = left[:WORDS_COMPARED], right[:WORDS_COMPARED]
    matcher = SequenceMatcher(
        None, [_bare(word) for word in left], [_bare(word) for word in right], autojunk=False
    )
    steps = matcher.get_opcodes()
    return Differences(
        tuple(_piece(left[start:end], tag) for tag, start, end, _, _ in steps if start < end),
        tuple(_piece(right[start:end], tag) for tag, _, _, start, end in steps if start < end),
        is_cut,
    )


def _piece(words: Sequence[str], tag: str) -> Piece:
    """Pieces that differ in nothing but punctuation, such as a dash, do not differ."""
    return Piece(" ".join(words), differs=tag != "equal" and any(_bare(word) for word in words))


def _bare(word: str) -> str:
    return "".join(character for character in word.casefold() if character.isalnum())
