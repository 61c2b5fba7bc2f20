"""Invented subjects of the kinds that forces must always refer: covert, armed, secret, national."""

from dashboard.demonstration.data.subject import Subject
from referrals.rules.vocabulary import Flag

GUARDED: tuple[Subject, ...] = (
    Subject(
        "Use of covert human intelligence sources under 18",
        "Informants and surveillance",
        (
            "How many people under the age of 18 have you authorised as sources in each of the last five years?",
            "How much was paid to them altogether?",
        ),
        "Neither confirm nor deny that the information is held. A figure, even none, would show where young sources "
        "are and are not used. Do not give a total for the region either.",
        ("23(5)", "30(3)", "31(3)"),
        "covert-tactics",
        (Flag.COVERT_TACTICS, Flag.NEITHER_CONSIDERED),
    ),
    Subject(
        "Mobile telephone surveillance equipment",
        "Covert policing",
        (
            "Do you own or hire equipment that imitates a mobile telephone mast?",
            "If so, how often was it used in each year since 2018?",
            "What did it cost to buy and to keep?",
        ),
        "Neither confirm nor deny, whether or not the force has such equipment; all forces answer alike. Published "
        "accounts of the region may be pointed to where they name no supplier.",
        ("23(5)", "24(2)", "31(3)"),
        "covert-tactics",
        (Flag.COVERT_TACTICS, Flag.SECURITY_BODIES, Flag.NEITHER_CONSIDERED),
    ),
    Subject(
        "Undercover officers online",
        "Covert policing",
        (
            "The number of officers trained to work undercover on the internet.",
            "The policy that governs invented profiles on social networks.",
        ),
        "The national guidance is published and can be disclosed. Numbers of officers by force are refused: compared "
        "from force to force they show where work of this kind is weak.",
        ("31(1)(a)", "31(1)(b)"),
        "covert-tactics",
        (Flag.COVERT_TACTICS,),
    ),
    Subject(
        "Number plate recognition camera sites",
        "Number plate recognition",
        (
            "A list of the places where number plate cameras are in use.",
            "The number of reads in each of the last twelve months.",
            "How long reads are kept.",
        ),
        "Give the number of reads and the retention period, both of which are published nationally. Refuse the "
        "places: a complete list lets offenders drive round the cameras.",
        ("24(1)", "31(1)(a)"),
        "anpr",
        (Flag.NATIONAL_SYSTEM,),
    ),
    Subject(
        "Live facial recognition deployments",
        "Facial recognition and biometrics",
        (
            "The dates and places at which live facial recognition was used since 2020.",
            "The size of each watch list and the number of alerts.",
            "The data protection impact assessment.",
        ),
        "Past overt deployments are disclosed, with places and alerts. Watch lists are described by size only. Take "
        "care that a deployment not announced at the time is not confirmed by accident.",
        ("31(1)(a)", "40(2)+(3A)(a)"),
        "facial-recognition",
        asked_since=2018,
    ),
    Subject(
        "Use of drones by the force",
        "Drones",
        (
            "How many drones do you have, and of which make and model?",
            "On how many occasions were they flown in each of the last three years?",
            "The log of flights, with the reason for each.",
        ),
        "Numbers and occasions can be disclosed. Refuse makes and models in use, which show range and endurance, and "
        "the entries of the log that concern operations.",
        ("31(1)(a)", "31(1)(b)"),
        "drones",
        asked_since=2015,
    ),
    Subject(
        "Conducted energy devices carried by officers",
        "Armed policing",
        (
            "The number of officers trained to carry a Taser on 31 March of each year since 2019.",
            "The number of times one was drawn, aimed and discharged, by age group and ethnicity.",
        ),
        "Use is published by the Home Office each year: refer to that. Trained officers are given for the force as a "
        "whole and never by station or shift.",
        ("31(1)(a)", "38(1)(a)"),
        "firearms-taser",
    ),
    Subject(
        "Authorised firearms officers",
        "Armed policing",
        (
            "How many authorised firearms officers are there, by rank?",
            "How many armed response vehicles are on duty at night?",
        ),
        "The total is published for each force. Refuse the number on duty at any time of day, which would show when "
        "the response is slowest.",
        ("24(1)", "31(1)(a)", "38(1)(a)"),
        "firearms-taser",
    ),
    Subject(
        "Protection of public figures",
        "Protection and royalty",
        (
            "What did the protection of visiting members of the royal family cost in each of the last five years?",
            "How many officers were deployed on each visit?",
        ),
        "Refuse costs and numbers for any one visit or person, and neither confirm nor deny where the question names "
        "somebody whose protection is not acknowledged.",
        ("24(1)", "31(1)(a)", "38(1)(a)"),
        "protection-royalty",
        (Flag.SECURITY_BODIES, Flag.NEITHER_CONSIDERED),
    ),
    Subject(
        "Referrals to Prevent",
        "Counter-terrorism",
        (
            "The number of people referred to Prevent in each year since 2016, by age and kind of concern.",
            "How many of the referrals came from schools?",
        ),
        "Regional figures are published every autumn: refer to them. Refuse figures by force below the region, "
        "because small numbers point to persons and places.",
        ("24(1)", "31(1)(a)", "40(2)+(3A)(a)"),
        "national-security",
        (Flag.SECURITY_BODIES,),
        asked_since=2012,
    ),
    Subject(
        "Counter terrorism officers and budget",
        "Counter-terrorism",
        (
            "The number of officers and staff who work on counter terrorism, each year since 2015.",
            "The share of the force's budget that is spent on it.",
        ),
        "Refuse by force. The national grant is published and can be pointed to; a breakdown would show where "
        "resources are few.",
        ("23(5)", "24(1)", "31(1)(a)"),
        "national-security",
        (Flag.SECURITY_BODIES,),
    ),
    Subject(
        "Contacts with the intelligence services",
        "Counter-terrorism",
        ("All correspondence with the security and intelligence services about protest groups since 2019.",),
        "Neither confirm nor deny, in one letter for all parts of the request. Search nothing before that is decided.",
        ("23(5)", "24(2)"),
        "national-security",
        (Flag.SECURITY_BODIES, Flag.NEITHER_CONSIDERED),
    ),
    Subject(
        "Searches of the Police National Computer",
        "National databases",
        (
            "The number of checks made on the Police National Computer in each of the last three years.",
            "How many members of staff were disciplined for improper searches?",
        ),
        "Disclose the number disciplined. The number of checks is held nationally and not by the force; say so and "
        "name the body that holds it.",
        ("31(1)(a)",),
        "national-systems",
        (Flag.NATIONAL_SYSTEM,),
    ),
    Subject(
        "Retention of custody images",
        "National databases",
        (
            "The number of custody images held, and how many are of people never convicted.",
            "How many requests for deletion were received and how many granted?",
        ),
        "Disclose both. Where the system cannot tell who was convicted, explain what a manual search would take and "
        "consider section 12 before any exemption.",
        (),
        "national-systems",
        (Flag.NATIONAL_SYSTEM,),
    ),
    Subject(
        "Payments to informants",
        "Informants and surveillance",
        ("The total paid to informants in each financial year since 2010.",),
        "Disclose the total for each year, as forces of every size do. Refuse "
        "any breakdown by number, kind of crime or month.",
        ("30(2)(b)", "31(1)(a)", "38(1)(a)"),
        "covert-tactics",
        (Flag.COVERT_TACTICS, Flag.ROUND_ROBIN),
    ),
)
