"""What PDF/UA-1 asks of the tag tree and the printing library leaves to be done.

The printer knows tags by reference: an element's `K` names its children, whole numbers in it are the marked
pieces of its page's content (ISO 32000-1, 14.7 and 14.8).
"""

from collections.abc import Iterator
from typing import Any

_SCOPES = {"/THead": "/Column", "/TBody": "/Row"}


def complete_tags(_document: Any, pdf: Any) -> None:
    """Put in order the tags of a file that is about to be written.

    Table headers get their scope (PDF/UA-1 clause 7.5). What stands in the margins (page number, reference,
    draft mark) becomes an artifact, so that it is not read out in the middle of a sentence (clause 7.8).
    """
    by_reference: dict[bytes, Any] = {entry.reference: entry for entry in pdf.objects}
    root = by_reference[pdf.catalog["StructTreeRoot"]]
    read_out = set(_descendants(root, by_reference))
    margins = []
    for reference, entry in by_reference.items():
        if isinstance(entry, dict) and entry.get("Type") == "/StructElem":
            if reference not in read_out:
                margins.append(entry)
            elif entry["S"] == "/TH":
                group = by_reference[by_reference[entry["P"]]["P"]]
                entry["A"]["Scope"] = _SCOPES[group["S"]]
    _turn_into_artifacts(margins, pdf.page_references, by_reference[root["ParentTree"]]["Nums"], by_reference)


def _descendants(element: Any, by_reference: dict[bytes, Any]) -> Iterator[bytes]:
    for child in element.get("K", ()):
        if not isinstance(child, int):
            yield child
            yield from _descendants(by_reference[child], by_reference)


def _turn_into_artifacts(
    elements: list[Any], pages: list[bytes], parent_tree: list[Any], by_reference: dict[bytes, Any]
) -> None:
    """Take elements out of the tag tree, and mark what they held as pagination artifacts.

    `parent_tree` alternates page numbers and lists that lead from a piece of content to its element.
    """
    pieces: dict[bytes, set[int]] = {}
    for element in elements:
        pieces.setdefault(element["Pg"], set()).update(kid for kid in element["K"] if isinstance(kid, int))
        element.clear()
    for page, numbers in pieces.items():
        leads_to = parent_tree[2 * pages.index(page) + 1]
        for number in numbers:
            leads_to[number] = "null"
        stream = by_reference[by_reference[page]["Contents"]].stream
        for position, part in enumerate(stream):
            if isinstance(part, dict) and part.get("MCID") in numbers:
                stream[position - 1] = "/Artifact"
                stream[position] = "<</Type /Pagination>>"
