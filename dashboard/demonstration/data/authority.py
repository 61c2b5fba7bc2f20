"""The authority of the demonstration, and who advised forces in earlier years."""

AUTHORITY: dict[str, str] = {
    "name": "National Police Chiefs’ Council",
    "short_name": "NPCC",
    "office": "Freedom of Information and Central Referral Unit",
    "address": "Example House\n1 Example Street\nFernhollow\nZZ99 1AA",
    "telephone": "01632 960100",
    "email": "foi@example.org",
    "website": "www.example.org",
    "signature_line": "Freedom of Information Officer and Decision Maker",
    "review_address": "Freedom of Information Reviews\nExample House\n1 Example Street\nFernhollow\nZZ99 1AA",
    "review_email": "foi.review@example.org",
}

#: They cannot sign in: the log names them.
EARLIER_ADVISERS: dict[str, str] = {
    "adviser.one@example.org": "Selwyn Harrowgate",
    "adviser.two@example.org": "Ffion Tamblyn",
}

#: Left three weeks ago, with two requests that nobody has taken over; cannot sign in.
EARLIER_OFFICERS: dict[str, str] = {"officer.seven@example.org": "Crispin Dalloway"}
