"""How far a name reaches that begins at a place where names stand."""

import re

from foitracker.identity.not_names import COMMON_WORDS, NOT_NAMES, PARTICLES

Span = tuple[int, int]

#: No name is longer than this.
MOST_WORDS = 5
WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|'(?=[^\W\d_])|-(?=[^\W\d_]))*+\.?")
_BLANKS = re.compile(r"[ \t]*+")


def read_name(text: str, start: int, *, least: int = 1) -> int | None:
    """Return where the name that begins at `start` ends: words with capitals, “van”, “de” and the like between them.

    None when none begins there: too few words, only initials, or one of them is a word no name has. Letters of
    scripts without capitals count as capitals.
    """
    position, end, words, full_words = start, start, 0, 0
    for number in range(MOST_WORDS):
        word = WORD.match(text, position)
        if not word or not _could_be_name_word(word[0]):
            if word and word[0].rstrip(".").casefold() in NOT_NAMES:
                return None
            break
        is_initial = len(word[0].rstrip(".")) == 1
        is_sentence_end = word[0].endswith(".") and not is_initial
        if _is_capital(word[0][0]):
            end = word.end() - is_sentence_end
            words = number + 1
            full_words += not is_initial
        position = after_blanks(text, word.end())
        if is_sentence_end or (number == 0 and word[0].islower() and word[0] not in PARTICLES):
            break
    return end if full_words and words >= least else None


def read_small_name(text: str, start: int) -> int | None:
    """Return where a name in small letters ends: one to three words that are none of the usual ones; or None."""
    position, end = start, None
    for _ in range(3):
        word = WORD.match(text, position)
        bare = word[0].rstrip(".").casefold() if word else ""
        if not word or bare in COMMON_WORDS:
            break
        if bare in NOT_NAMES:
            return None
        end = word.start() + len(bare)
        position = after_blanks(text, word.end())
        if word[0].endswith("."):
            break
    return end


def first_word(text: str, start: int) -> str:
    """Return the word at `start` in small letters; empty if there is none."""
    word = WORD.match(text, start)
    return word[0].casefold() if word else ""


def all_could_be_names(words: str) -> bool:
    """Return whether none of these words is one that no name has."""
    return all(
        word.casefold() not in NOT_NAMES and word.casefold() not in COMMON_WORDS
        for word in re.findall(r"[^\W\d_]+", words)
    )


def after_blanks(text: str, start: int) -> int:
    """Return where the first character after spaces and tabs is."""
    return _BLANKS.match(text, start).end()  # type: ignore[union-attr]  # matches nothing, too


def _could_be_name_word(word: str) -> bool:
    bare = word.rstrip(".")
    if bare in PARTICLES:
        return True
    return _is_capital(bare[0]) and bare.casefold() not in NOT_NAMES and bare.casefold() not in COMMON_WORDS


def _is_capital(letter: str) -> bool:
    return letter.isupper() or letter.lower() == letter.upper()
