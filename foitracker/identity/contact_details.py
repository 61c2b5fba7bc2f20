"""Where a plain text holds an e-mail address, a telephone number, a postcode, a date of birth or a profile.

Officers' texts are full of numbers that are none of these: log numbers (636/18), sections (s.31(1)(a)), roads (M25),
force codes and dates. What is looked for is therefore the whole shape, not digits alone.
"""

import re
from collections.abc import Iterator

Span = tuple[int, int]

# --- e-mail addresses -----------------------------------------------------------------------------

_AT = r"(?:[ \t]?@[ \t]?|[ \t]?[(\[{<][ \t]?at[ \t]?[)\]}>][ \t]?)"
_DOT = r"(?:\.|[ \t]?[(\[{<][ \t]?dot[ \t]?[)\]}>][ \t]?)"
_ENDING = r"(?:com|org|net|uk|co|eu|ie|info|police|gov|ac|me|io|scot|wales|cymru)"
#: From where such a run begins, so that a long one is gone through once.
_LOCAL = r"(?<![\w.%+'-])[\w.%+'-]++"
_EMAIL = re.compile(
    rf"""
    {_LOCAL} {_AT} [\w-]++ (?:{_DOT} [\w-]++)+
    | (?<![\w.%+'-])(?=[\w%+'-]++\.\w)[\w.%+'-]++ [ \t]+at[ \t]+ (?:[\w-]++\.)+ {_ENDING}\b(?!\.\w)
    | {_LOCAL} [ \t]+at[ \t]+ [\w-]++ (?:[ \t]+dot[ \t]+ [\w-]++)*? [ \t]+dot[ \t]+ {_ENDING}\b
    | {_LOCAL} {_AT} [\w-]++ (?:[ \t]?\.[ \t]? [\w-]++)*? [ \t]?\.[ \t]? {_ENDING}\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DOTTED_REACH = 80
_DOTTED_BEFORE = re.compile(
    r"(?<![\w.%+'-])(?:[\w%+'-]++(?:[ \t]{1,3}dot[ \t]{1,3}|[ \t]?[(\[{<][ \t]?dot[ \t]?[)\]}>][ \t]?)){1,4}$",
    re.IGNORECASE,
)
#: Mailboxes of teams in public bodies name no person.
_TEAM_MAILBOX = re.compile(
    r"(?:foi|foia|cru|npcc|eir|dpa|data|freedom|information|info|disclosure|enquir(?:y|ies)|contact|office|team|unit|"
    r"requests?|access|rights|act|of|public|protection|central|referral|national|police|force|admin|mailbox|"
    r"[._-])+@(?:[\w-]+\.)*(?:police|gov|mod)\.uk",
    re.IGNORECASE,
)


def find_emails(text: str) -> Iterator[Span]:
    """Return where e-mail addresses are, written out ones among them, as in “name (at) example (dot) org”."""
    for match in _EMAIL.finditer(text):
        found = match[0].lstrip(".'-")
        if (found[0].isalnum() or found[0] in "_%+") and not _TEAM_MAILBOX.fullmatch(found):
            yield _with_words_before(text, match.end() - len(found)), match.end()


def _with_words_before(text: str, start: int) -> int:
    """Where an address begins whose dots before the @ are written out: “jo dot ash at …”."""
    before = _DOTTED_BEFORE.search(text, max(0, start - _DOTTED_REACH), start)
    return before.start() if before else start


# --- profiles -------------------------------------------------------------------------------------

_PROFILE = re.compile(
    r"(?:https?://)?(?<![\w.-])(?:[a-z]{1,8}\.)?(?:whatdotheyknow\.com/(?:request|user|alaveteli)|linkedin\.com/in|"
    r"facebook\.com|instagram\.com|twitter\.com|x\.com|tiktok\.com|bsky\.app/profile)/[^\s<>\"')\]]+",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w.@/+-])@(?=\w*[A-Za-z])\w{3,30}(?![\w@]|\.\w)")
_OFFICIAL_HANDLE = re.compile(r"police|polis|constab|heddlu|npcc|foi|gov|council", re.IGNORECASE)


def find_profiles(text: str) -> Iterator[Span]:
    """Return where web addresses are that lead to a person or to a request published under a name, and @names."""
    yield from (match.span() for match in _PROFILE.finditer(text))
    yield from (match.span() for match in _HANDLE.finditer(text) if not _OFFICIAL_HANDLE.search(match[0]))


# --- dates of birth -------------------------------------------------------------------------------

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_BORN = re.compile(
    rf"""
    \b(?:d\.?o\.?b\b\.?|date[ \t]+of[ \t]+birth|birth[ \t]?da(?:y|te)|born)[ \t]*+
    (?:\([^()\n]{{0,20}}\)[ \t]*+)? (?:(?:is|was|on|:|=|-|,)[ \t]*+){{0,3}}(?:the[ \t]+)?
    (?P<day> \d{{1,2}}(?:st|nd|rd|th)?[ \t./-]{{0,3}}(?:of[ \t])?(?:\d{{1,2}}|{_MONTH})[ \t./,-]{{1,3}}\d{{2,4}}
      | \d{{4}}[./-]\d{{1,2}}[./-]\d{{1,2}} | {_MONTH}[ \t]\d{{1,2}}(?:st|nd|rd|th)?,?[ \t]\d{{4}} )(?!\d)
    """,
    re.IGNORECASE | re.VERBOSE,
)


def find_dates_of_birth(text: str) -> Iterator[Span]:
    """Return where dates are that are said to be those of somebody's birth."""
    yield from (match.span("day") for match in _BORN.finditer(text))


# --- telephone numbers ----------------------------------------------------------------------------

_GAP = r"[ \t.()-]{0,3}"
_TELEPHONE = re.compile(
    rf"""
    (?P<abroad> (?<![\w+]) (?: \+[ \t]? | 00(?=44) ) [1-9] (?:{_GAP}\d){{7,14}} (?!\d) )
    | (?P<here> (?<![\w/+]) (?<![\d][.-]) \(? 0 \)? [ \t]? [1-35789] (?:{_GAP}\d){{8,9}} (?!\d) )
    | \b(?:tel(?:ephone)?|phone|mob(?:ile)?|fax)\b
      (?: \.?[ \t]*+[:=] | [ \t]++(?:no|num|number)\b\.?[ \t]*+[:=]? | \. ) [ \t]*+
      (?P<labelled> \+?\(?\d (?:{_GAP}\d){{5,14}} (?!\d) )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_STROKE = re.compile(r"/\d")
#: What turns a row of digits into someone's reference.
_REFERENCE_BEFORE = re.compile(
    r"\b(?:ref|reference|log|case|crime|incident|occurrence|urn|cru|foi|serial|id|file|invoice|order)\b\.?"
    r"(?:[ \t]+(?:no|num|number|ref|reference))?\.?[ \t]*[:#=]?[ \t]*$",
    re.IGNORECASE,
)


def find_telephone_numbers(text: str) -> Iterator[Span]:
    """Return where telephone numbers are: of the United Kingdom, of other countries after a plus,
    and any number of six digits or more after “Tel:” or the like."""
    for match in _TELEPHONE.finditer(text):
        kind = str(match.lastgroup)
        start, end = match.span(kind)
        if kind != "here" or _could_be_dialled(text, start, end):
            yield start, end


def _could_be_dialled(text: str, start: int, end: int) -> bool:
    """Whether digits that begin with 0 are grouped as numbers are, and are not a reference."""
    number = text[start:end]
    groups = re.findall(r"\d+", number)
    if len(groups) == 1:
        is_reference = _REFERENCE_BEFORE.search(text[max(0, start - 40) : start]) or _STROKE.match(text, end)
        return not is_reference
    if groups[0] == "0":
        groups = ["0" + groups[1], *groups[2:]]
    return 3 <= len(groups[0]) <= 6 and len(groups) <= 5 and all(len(group) > 1 for group in groups)


# --- postcodes ------------------------------------------------------------------------------------

#: The areas of the Royal Mail, British Forces (BF), and ZZ, which stands for places that do not exist.
_AREAS = (
    "AB|AL|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|BX|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|EC|EH|EN|EX|FK|"
    "FY|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|LA|LD|LE|LL|LN|LS|LU|ME|MK|ML|NE|NG|NN|NP|NR|NW|"
    "OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|WA|WC|WD|"
    "WF|WN|WR|WS|WV|YO|ZE|ZZ|B|E|G|L|M|N|S|W"
)
_POSTCODE = re.compile(
    rf"(?<![\w/-])(?=[A-Z]{{1,2}}\d|GIR)(?:(?P<outward>(?:{_AREAS})\d[\dA-Z]?)"
    r"(?P<gap>[ \t]{0,3})(?P<inward>\d[ABD-HJLNP-UW-Z]{2})|GIR[ \t]?0AA)(?![\w/])",
    re.IGNORECASE,
)
#: In small letters after a digit these are ordinals and units: the M25 3rd lane, the E10 5gb.
_NO_INWARD = frozenset({"st", "nd", "rd", "th", "hr", "gb", "tb", "ft", "lb", "bn", "pt", "pp", "yr", "wd"})


def find_postcodes(text: str) -> Iterator[Span]:
    """Return where postcodes of the United Kingdom are, with or without their space."""
    for match in _POSTCODE.finditer(text):
        inward = match["inward"] or ""
        if match["gap"] and inward[1:] in _NO_INWARD:
            continue
        if not match["gap"] and match[0][:1] == "s" and match[0][1:2].isdigit():
            continue  # s27aa: a section
        yield match.span()
