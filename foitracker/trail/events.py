"""What is recorded of those who open pages and read the trail, and of the trail itself."""

from foitracker.audit.events import Vocabulary
from foitracker.audit.fields import Code, Day, Flag, Many, Number, Person, Reference

EVENTS = Vocabulary("Audit trail")

#: Both are shown on one page, by this name.
KINDS = {"event": "Events", "access": "Accesses"}

_FILTERS = {
    "subject": Reference("About"),
    "actor": Person("Who"),
    "event": Reference("What"),
    "kind": Code("Events or accesses", KINDS),
    "recorded_from": Day("Recorded from"),
    "recorded_to": Day("Recorded to"),
}

TRAIL_READ = EVENTS.access("trail_read", "Audit trail read", fields=_FILTERS)
TRAIL_DOWNLOADED = EVENTS.access(
    "trail_downloaded", "Audit trail downloaded", fields=_FILTERS, is_guarded=True
)


class _PageName(Reference):
    """The name of a page's route, read without its app: “requests_app:clock_event” is “Clock event”."""

    def in_words(self, stored: str) -> str:
        return stored.rpartition(":")[2].replace("_", " ").capitalize()


_PAGE = _PageName("Page")
PAGE_OPENED = EVENTS.access("page_opened", "Page opened", fields={"page": _PAGE}, says=("{page}.",))
DOCUMENT_OPENED = EVENTS.access(
    "document_opened", "Document opened", fields={"page": _PAGE}, says=("{page}.",), is_guarded=True
)
PAGE_REFUSED = EVENTS.access(
    "page_refused",
    "Page refused",
    fields={"page": _PAGE, "status": Number("Status")},
    says=("{page}.",),
)

_LIST = {
    "page": _PAGE,
    "filters": Many("Filters", Reference("Filter")),
    "searched": Flag("Words searched for"),
    "hits": Number("Hits"),
}
LIST_OPENED = EVENTS.access("list_opened", "List opened", fields=_LIST, says=("{page}.",))
LIST_DOWNLOADED = EVENTS.access(
    "list_downloaded", "List downloaded", fields=_LIST, says=("{page}.",), is_guarded=True
)

WORDS_ERASED = EVENTS.event(
    "words_erased",
    "Words of events erased",
    fields={"texts": Number("Texts")},
    words={"reason": "Reason"},
    says=("Texts erased: {texts}.",),
)

ACCESSES_SEALED = EVENTS.event(
    "accesses_sealed",
    "Accesses sealed",
    fields={
        "count": Number("Accesses"),
        "last": Number("Up to number"),
        "sha256": Reference("SHA-256 over them"),
    },
)
