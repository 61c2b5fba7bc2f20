"""Invented senders, addressees and exemption claims that the letters of the tests share."""

from requests_app.rules.exemptions.claim_facts import ClaimFacts, LimbFacts
from requests_app.rules.exemptions.prejudice import Prejudice
from requests_app.rules.letters.facts import AddresseeFacts, AuthorityFacts, RegulatorFacts

AUTHORITY = AuthorityFacts(
    name="National Police Chiefs’ Council",
    short_name="NPCC",
    office="Freedom of Information Team",
    address="PO Box 9000\nExampleton\nHampshire\nEX1 4PL",
    telephone="01632 960 123",
    email="foi@example.org",
    website="www.example.org",
    signature_line="Freedom of Information Officer and Decision Maker",
    review_address="Internal Reviews\nPO Box 9000\nExampleton\nHampshire\nEX1 4PL",
    review_email="reviews@example.org",
)
REGULATOR = RegulatorFacts(
    name="Information Commissioner",
    address="Wycliffe House\nWater Lane\nWilmslow\nCheshire\nSK9 5AF",
    telephone="0303 123 1113",
    website="www.ico.org.uk",
)
ADDRESSEE = AddresseeFacts(
    name="Rowan Ashdown",
    organisation="",
    address="14 Larch Terrace\nSampleford\nSA1 9ZZ",
    email="rowan.ashdown@example.org",
    salutation="Dear Rowan Ashdown",
)

BUNDLES = tuple(f"{position}." for position in range(1, 13))

SECURITY = ClaimFacts(
    section="23",
    title="Information supplied by, or about, security bodies",
    absolute=True,
    neither_confirm_nor_deny=False,
    limbs=(
        LimbFacts(
            "23(1)",
            "Information is exempt if one of the security bodies in section 23(3) supplied it, or if it is "
            "about one.",
        ),
    ),
    item_labels=("4.", "7.", "8."),
    harm_required=False,
    public_interest_required=False,
    why_applies="Some passages came from one of the bodies listed in section 23(3), or concern one.",
)
LAW_ENFORCEMENT = ClaimFacts(
    section="31",
    title="Law enforcement",
    absolute=False,
    neither_confirm_nor_deny=False,
    limbs=(
        LimbFacts("31(1)(a)", "Disclosure would, or would be likely to, harm the prevention of crime."),
        LimbFacts(
            "31(1)(b)",
            "Disclosure would, or would be likely to, harm the prosecution of offenders.",
        ),
    ),
    item_labels=BUNDLES,
    harm_required=True,
    public_interest_required=True,
    why_applies=(
        "The redacted passages say which requests for information forces regard as risky, and describe "
        "methods and equipment that are not publicly known."
    ),
    prejudice=Prejudice.WOULD_BE_LIKELY,
    harm=(
        "Read together, the passages show what forces can and cannot do, and where. A person planning crime "
        "could use them to avoid being detected.\n\n"
        "In two of the cases investigations are still open, and the passages would show how far they have got."
    ),
    factors_for=(
        "The public should be able to see how forces are advised to answer requests, and that the advice is "
        "consistent and lawful.\n\nDisclosure would add to the debate on openness in policing."
    ),
    factors_against=(
        "Methods that become known lose their use, and others have to be found at public cost.\n\n"
        "Crime that is not prevented or detected harms the people it is done to."
    ),
    balance=(
        "The advice itself is disclosed, which meets most of the interest in seeing how forces are guided. "
        "What the redacted passages would add to that is small beside the harm, so we withhold them."
    ),
)
PERSONAL_DATA = ClaimFacts(
    section="40",
    title="Personal information",
    absolute=True,
    neither_confirm_nor_deny=False,
    limbs=(
        LimbFacts(
            "40(2)+(3A)(a)",
            "Information is exempt if it is personal data about somebody else and making it public would go "
            "against the data protection principles.",
        ),
    ),
    item_labels=BUNDLES,
    harm_required=False,
    public_interest_required=False,
    why_applies=(
        "The redactions cover names and contact details of junior staff and of people who made requests. "
        "They would not expect to be named to the world, and your interest in how forces are advised can be "
        "met without it. Disclosure would therefore not be lawful or fair, as Article 5(1)(a) of the UK GDPR "
        "asks."
    ),
)
