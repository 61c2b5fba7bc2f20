"""The registry of recorded events: what each is called, what its detail holds, and how that reads.

An app declares its events in a `Vocabulary`, by which the timeline, the auditor's page, its filter and its download
name them, and registers it when it starts.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter
from typing import Any

from foitracker.audit.fields import Change, Changes, Field, Number, WrongDetail, stored_by, words_by

#: Under this name the detail holds the hash of each free text that is kept beside it.
WORDS = "words"
#: What every event on a case holds besides what it declares.
_OF_EVERY_CASE: Mapping[str, Field] = {"version": Number("Version")}
#: What is read where free text was.
ERASED = "(erased)"


class UndeclaredEvent(ValueError):
    """What was to be recorded is no declared value, or is in no registered vocabulary."""


class Said(Mapping[str, str]):
    """The facts of one event in words, by the name of their field: empty where there is none."""

    def __init__(self, declared: Iterable[str], words: Mapping[str, str], detail: Mapping[str, Any]) -> None:
        self._words = {name: words.get(name, "") for name in declared}
        self.detail = detail

    def __getitem__(self, name: str) -> str:
        return self._words[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


#: A sentence with the names of fields in braces, left out where one of them is empty; a sentence said where the
#: field named before it holds something; or a function that gives sentences.
Sentence = str | tuple[str, str] | Callable[[Said], Iterable[str]]


@dataclass(frozen=True, eq=False)
class Event:
    """Something that is done and recorded, such as a letter returned.

    `code` stands in the trail, `title` on every page. `fields` are the facts of its detail; `words` the labels
    of the free text that is kept beside it; `says` makes the sentences under the title. Whoever did one that
    `decides` took part in deciding the case; one that `approves` is the second person's.
    """

    code: str
    title: str
    fields: Mapping[str, Field] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    says: Sequence[Sentence] = ()
    decides: bool = False
    approves: bool = False

    def checked(
        self, detail: Mapping[str, Any], words: Mapping[str, str]
    ) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the detail as the trail keeps it, and the free text to keep beside it.

        Raise WrongDetail for what the event does not declare, or declares of another kind.
        """
        try:
            stored = stored_by(self._all_fields, detail)
            if undeclared := words.keys() - self.words.keys():
                raise WrongDetail(f"not declared: {', '.join(sorted(undeclared))}")
        except WrongDetail as error:
            raise WrongDetail(f"{self.code}: {error}") from error
        kept = {name: text for name, text in words.items() if text.strip()}
        for name, changes in self._changes.items():
            kept |= changes.words_in(detail.get(name) or {})
        return stored, kept

    def changes(self, detail: Mapping[str, Any], words: Mapping[str, str]) -> list[Change]:
        """Return the columns that an event of this kind changed."""
        return [
            change
            for name, changes in self._changes.items()
            for change in changes.read(detail.get(name) or {}, words)
        ]

    def sentence(self, detail: Mapping[str, Any], words: Mapping[str, str]) -> str:
        """Return what the detail says, in sentences; empty where the title says all."""
        said = Said(self._all_fields, self._in_words(detail, words), detail)
        return " ".join(part for sentence in self.says for part in _sentences(sentence, said) if part)

    def quoted(self, detail: Mapping[str, Any], words: Mapping[str, str]) -> list[tuple[str, str]]:
        """Return the label and the text of what was written in free words, or ERASED in its place."""
        return [
            (label, words.get(name, ERASED))
            for name, label in self.words.items()
            if name in detail.get(WORDS, {})
        ]

    def facts(self, detail: Mapping[str, Any], words: Mapping[str, str]) -> list[tuple[str, str]]:
        """Return everything that is kept of an event of this kind, as labels and values to read."""
        told = self._in_words(detail, words)
        facts = [(one.label, told[name]) for name, one in self._all_fields.items() if name in told]
        return facts + self.quoted(detail, words)

    @property
    def _all_fields(self) -> Mapping[str, Field]:
        return {**self.fields, **_OF_EVERY_CASE}

    @property
    def _changes(self) -> Mapping[str, Changes]:
        return {name: one for name, one in self.fields.items() if isinstance(one, Changes)}

    def _in_words(self, detail: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, str]:
        told = words_by(self._all_fields, detail)
        for name, changes in self._changes.items():
            if name in told:
                told[name] = " ".join(map(str, changes.read(detail[name], words)))
        return told


@dataclass(frozen=True, eq=False)
class Access(Event):
    """The opening of what not everybody may see; not part of a case's timeline.

    What `is_guarded` is given to nobody unless the access could be recorded.
    """

    is_guarded: bool = False


class _Unknown(Event):
    """An event that is declared no more: shown by its code, with the facts as they are kept."""

    def __init__(self, code: str) -> None:
        super().__init__(code, code.replace("_", " ").capitalize())

    def facts(self, detail: Mapping[str, Any], words: Mapping[str, str]) -> list[tuple[str, str]]:
        return [(name.replace("_", " ").capitalize(), str(value)) for name, value in detail.items()]


class Vocabulary:
    """The events of one app, under the name that the auditor's filter groups them by."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.events: list[Event] = []

    def event(
        self,
        code: str,
        title: str,
        *,
        fields: Mapping[str, Field] | None = None,
        words: Mapping[str, str] | None = None,
        says: Sequence[Sentence] = (),
        decides: bool = False,
        approves: bool = False,
    ) -> Event:
        """Declare an event; arguments as for `Event`."""
        event = Event(code, title, fields or {}, words or {}, says, decides, approves)
        self.events.append(event)
        return event

    def access(
        self,
        code: str,
        title: str,
        *,
        fields: Mapping[str, Field] | None = None,
        says: Sequence[Sentence] = (),
        is_guarded: bool = False,
    ) -> Access:
        """Declare an access; arguments as for `Access`."""
        access = Access(code, title, fields or {}, says=says, is_guarded=is_guarded)
        self.events.append(access)
        return access


_VOCABULARIES: dict[str, Vocabulary] = {}
_DECLARED: dict[str, Event] = {}


def register(vocabulary: Vocabulary) -> None:
    """Let the events of a vocabulary be recorded and named.

    Raise ValueError for a code or a title given twice, a field of the name that hashes stand under, or a sentence
    with a field that the event does not declare.
    """
    titles = {event.title for event in _DECLARED.values()}
    for event in vocabulary.events:
        if event.code in _DECLARED or event.title in titles:
            raise ValueError(f"There is an event “{event.title}” ({event.code}) already")
        if WORDS in event.fields:
            raise ValueError(f"{event.code}: “{WORDS}” is the name that the hashes of free text stand under")
        if strange := {name for one in event.says for name in _named(one)} - event.fields.keys():
            raise ValueError(f"{event.code} says {', '.join(strange)}, which it does not declare")
        _DECLARED[event.code] = event
        titles.add(event.title)
    _VOCABULARIES[vocabulary.name] = vocabulary


def vocabularies() -> list[Vocabulary]:
    """Return the registered vocabularies, by name."""
    return [_VOCABULARIES[name] for name in sorted(_VOCABULARIES)]


def check_declared(event: Event) -> None:
    """Raise UndeclaredEvent unless `event` is a declared value of a registered vocabulary."""
    code = getattr(event, "code", None)
    if code is None or _DECLARED.get(code) is not event:
        raise UndeclaredEvent(f"no event is declared as {event!r:.80}")


def event_of(code: str) -> Event:
    """Return the event that the trail calls `code`; for one that is declared no more, its code in words."""
    return _DECLARED.get(code) or _Unknown(code)


def deciding_events() -> list[str]:
    """Return the codes of the events by which somebody takes part in deciding a case."""
    return [code for code, event in _DECLARED.items() if event.decides]


def approving_events() -> list[str]:
    """Return the codes of the events by which a second person approves what was decided."""
    return [code for code, event in _DECLARED.items() if event.approves]


def _named(sentence: Sentence) -> list[str]:
    """The fields that a sentence names."""
    if isinstance(sentence, tuple):
        return [sentence[0], *_named(sentence[1])]
    if callable(sentence):
        return []
    return [name for _, name, _, _ in Formatter().parse(sentence) if name]


def _sentences(sentence: Sentence, said: Said) -> Iterable[str]:
    if callable(sentence):
        return sentence(said)
    if isinstance(sentence, tuple):
        name, sentence = sentence
        if not said.detail.get(name):
            return []
    return [sentence.format_map(said)] if all(said[name] for name in _named(sentence)) else []
