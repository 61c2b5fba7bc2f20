"""Reading the data file of exemptions: values for one kind of authority, and errors that say where the file is wrong.

To add a limb, add it to the file: what is left out of a limb is taken from its section. What a whole section says of
itself for one kind of authority only (`only_for`, `rare_for`, `doubtful_for`, `absolute_for`) is resolved here.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from requests_app.rules.casework.authority_kind import AuthorityKind
from requests_app.rules.exemptions.catalogue import Catalogue, Exemption, ExemptionKind, Limb, Usable
from requests_app.rules.exemptions.questions import Question, parse_questions
from requests_app.rules.exemptions.security_bodies import SecurityBody


class CatalogueError(ValueError):
    """The data file of exemptions is incomplete or contradicts itself; the message says where."""


_USES = {"only_for": Usable.NO, "rare_for": Usable.RARELY, "doubtful_for": Usable.DOUBTFUL}
_SECTION_KEYS = frozenset(
    {
        "section", "title", "kind", "source", "limbs", "neither_confirm_nor_deny", *_USES, "usable_reason",
        "absolute_for", "class_based", "harm_required", "likelihood_required", "asks", "may_ask", "falls_away_after",
    }
)  # fmt: skip
_LIMB_KEYS = frozenset(
    {
        "ref", "summary", "summary_for_statistics", "kind", "class_based", "asks_why", "harm_required",
        "likelihood_required", "public_interest_disputed", "asks", "may_ask", "falls_away_after", "needs",
        "also_written",
    }
)  # fmt: skip


def parse_catalogue(
    data: Mapping[str, Any], kind: AuthorityKind, security_bodies: Iterable[Mapping[str, Any]] = ()
) -> Catalogue:
    """Turn the data files into the catalogue as it is for a kind of authority; the bodies are those of s.23(3).

    Raises CatalogueError when an entry is incomplete, or names a limb, a question or a kind that is not there.
    """
    try:
        questions = parse_questions(data.get("questions", ()))
    except (TypeError, ValueError) as error:
        raise CatalogueError(str(error)) from error
    reader = _Reader(kind, questions, data.get("may_ask_of", {}))
    exemptions = [reader.exemption(entry) for entry in data["exemptions"]]
    if len({one.section for one in exemptions}) != len(exemptions):
        raise CatalogueError("A section is listed twice.")
    return Catalogue(exemptions, map(_security_body, security_bodies))


class _Reader:
    """Reads entries for one kind of authority. `of_every` are questions that every limb of a sort may ask."""

    def __init__(
        self,
        kind: AuthorityKind,
        questions: Mapping[str, Question],
        of_every: Mapping[str, Iterable[str]],
    ) -> None:
        self.kind, self.questions, self.of_every = kind, questions, of_every

    def exemption(self, entry: Mapping[str, Any]) -> Exemption:
        """Turn one entry into a value, limbs resolved from their section."""
        name = f"Section {entry.get('section', '?')}"
        _check_keys(name, entry, _SECTION_KEYS, ("section", "title", "kind", "source", "limbs"))
        if any(key in entry for key in _USES) != bool(entry.get("usable_reason")):
            raise CatalogueError(f"{name}: who can use it and “usable_reason” do not go together.")
        usable = self._usable(entry)
        exemption = Exemption(
            section=entry["section"],
            title=entry["title"],
            kind=ExemptionKind(entry["kind"]),
            source=entry["source"],
            limbs=tuple(self._limb(entry, limb, ncnd=False) for limb in entry["limbs"]),
            neither_confirm_nor_deny=tuple(
                self._limb(entry, limb, ncnd=True) for limb in entry.get("neither_confirm_nor_deny", ())
            ),
            usable=usable,
            usable_reason="" if usable is Usable.YES else entry["usable_reason"],
            questions=self.questions,
        )
        self._check(name, exemption)
        return exemption

    def _usable(self, entry: Mapping[str, Any]) -> Usable:
        for key, use in _USES.items():
            if key in entry and (self.kind in entry[key]) != (key == "only_for"):
                return use
        return Usable.YES

    def _limb(self, entry: Mapping[str, Any], limb: Mapping[str, Any], *, ncnd: bool) -> Limb:
        name = f"Limb {limb.get('ref', '?')}"
        _check_keys(name, limb, _LIMB_KEYS, ("ref", "summary"))
        whole = {**entry, **limb}
        kind = ExemptionKind(whole["kind"])
        if self.kind in entry.get("absolute_for", ()):
            kind = ExemptionKind.ABSOLUTE
        elif kind is ExemptionKind.MIXED and "absolute_for" in entry:
            kind = ExemptionKind.QUALIFIED
        elif kind is ExemptionKind.MIXED:
            raise CatalogueError(f"{name}: its section is mixed, so it has to say absolute or qualified.")
        harm = whole.get("harm_required", False)
        return Limb(
            ref=limb["ref"],
            section=entry["section"],
            summary=limb["summary"],
            summary_for_statistics=limb.get("summary_for_statistics", limb["summary"]),
            absolute=kind is ExemptionKind.ABSOLUTE,
            asks_why=limb.get("asks_why", True),
            class_based=whole.get("class_based", False),
            harm_required=harm,
            likelihood_required=whole.get("likelihood_required", harm) and harm,
            public_interest_required=kind is ExemptionKind.QUALIFIED,
            public_interest_disputed=limb.get("public_interest_disputed", False),
            neither_confirm_nor_deny=ncnd,
            falls_away_after=whole.get("falls_away_after"),
            asks=tuple(whole.get("asks", ())),
            may_ask=(*whole.get("may_ask", ()), *self._of_every(whole, kind, ncnd=ncnd)),
            needs=tuple(tuple(group) for group in limb.get("needs", ())),
            also_written=tuple(limb.get("also_written", ())),
        )

    def _of_every(self, limb: Mapping[str, Any], kind: ExemptionKind, *, ncnd: bool) -> list[str]:
        sorts = {
            "neither_confirm_nor_deny": ncnd,
            "qualified": kind is ExemptionKind.QUALIFIED,
            "falling_away": "falls_away_after" in limb,
        }
        return [name for sort, names in self.of_every.items() if sorts[sort] for name in names]

    def _check(self, name: str, exemption: Exemption) -> None:
        refs = [limb.ref for limb in exemption.all_limbs]
        if len(set(refs)) != len(refs):
            raise CatalogueError(f"{name} lists a limb twice.")
        named = {ref for limb in exemption.all_limbs for group in limb.needs for ref in group}
        if unknown := named - set(refs):
            raise CatalogueError(f"{name} names an unknown limb {min(unknown)}.")
        asked = {question for limb in exemption.all_limbs for question in (*limb.asks, *limb.may_ask)}
        if unknown := asked - set(self.questions):
            raise CatalogueError(f"{name} asks an unknown question “{min(unknown)}”.")


def _security_body(entry: Mapping[str, Any]) -> SecurityBody:
    since = date.fromisoformat(entry["since"]) if "since" in entry else None
    return SecurityBody(entry["ref"], entry["body"], tuple(entry["names"]), since)


def _check_keys(name: str, entry: Mapping[str, Any], known: frozenset[str], required: Iterable[str]) -> None:
    if missing := [key for key in required if not entry.get(key)]:
        raise CatalogueError(f"{name} lacks “{missing[0]}”.")
    if unknown := set(entry) - known:
        raise CatalogueError(f"{name} has an unknown key “{min(unknown)}”.")
