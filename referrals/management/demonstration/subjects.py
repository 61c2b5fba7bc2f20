"""What forces refer in the demonstration: invented subjects, with the questions asked and the advice given."""

from dataclasses import dataclass

from referrals.rules.vocabulary import Flag


@dataclass(frozen=True)
class Subject:
    """A subject of requests. `topic` is the name of its topic; `criterion` the code of the illustrative criterion
    that requests about it meet, empty for a subject on which forces refer because they want advice."""

    name: str
    topic: str
    questions: tuple[str, ...]
    advice: str
    exemptions: tuple[str, ...] = ()
    criterion: str = ""
    flags: tuple[Flag, ...] = ()

    def wording(self, opening: str, closing: str = "") -> str:
        """The request as a force passes it on, without a word of who asks."""
        listed = "\n".join(f"{number}. {question}" for number, question in enumerate(self.questions, start=1))
        return "\n\n".join(part for part in (opening, listed, closing) if part)


SUBJECTS: tuple[Subject, ...] = (
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
        "Extraction of data from mobile telephones",
        "Cyber and digital forensics",
        (
            "Which products do you use to read data from mobile telephones?",
            "How many telephones of victims and witnesses were examined in each year since 2020?",
        ),
        "Numbers are disclosed. Products are refused: together with published reviews they show which devices cannot "
        "be read.",
        ("31(1)(a)", "31(1)(b)"),
    ),
    Subject(
        "Cyber attacks on the force",
        "Cyber and digital forensics",
        (
            "The number of attempted and successful attacks on your network in each year since 2017.",
            "How many led to a loss of data?",
            "Which products protect the network?",
        ),
        "Neither confirm nor deny successful attacks. Data losses reported to the Information Commissioner can be "
        "disclosed, without their cause. Refuse products.",
        ("24(2)", "31(1)(a)", "31(3)"),
        "national-round-robin",
        (Flag.ROUND_ROBIN,),
    ),
    Subject(
        "Officers dismissed for gross misconduct",
        "Complaints and conduct",
        (
            "The number of officers dismissed for gross misconduct since 2018, with a summary of each allegation.",
            "How many of them had been the subject of an earlier complaint?",
        ),
        "Hearings held in public can be disclosed with the outcome as published. Summaries are shortened where fewer "
        "than five officers of a rank are concerned.",
        ("40(2)+(3A)(a)",),
    ),
    Subject(
        "Vetting refusals and appeals",
        "Workforce and vetting",
        (
            "The number of applicants and serving officers refused vetting in each year since 2020.",
            "The number of appeals and of appeals allowed.",
        ),
        "Disclose the totals. Reasons are grouped so that nobody can be told from them.",
        ("40(2)+(3A)(a)",),
    ),
    Subject(
        "Complaints about stop and search",
        "Stop and search",
        (
            "The number of complaints about stop and search, by ethnicity of the complainant, since 2021.",
            "The outcome of each.",
        ),
        "Disclose. Use the counting rules of the published return, and say where ethnicity is self-defined.",
    ),
    Subject(
        "Sexual offences on trains",
        "Domestic abuse and sexual offences",
        ("The number of sexual offences recorded on trains and at stations in each year since 2018.",),
        "Another force records most of these. Disclose what is held and name that force for the rest.",
    ),
    Subject(
        "Knife crime near schools",
        "Crime figures",
        (
            "The number of offences with a knife recorded within a mile of a school since 2019.",
            "The names of the ten schools with the highest number.",
        ),
        "The search by distance is likely to exceed the limit; offer figures by ward. Names of schools are not "
        "withheld as a class: consider each, and ask the schools.",
        ("38(1)(a)",),
    ),
    Subject(
        "Speed enforcement thresholds",
        "Roads policing",
        (
            "At what speed does a camera set off on roads with a limit of 30, 40, 50, 60 and 70 miles an hour?",
            "Which cameras were out of order for more than a month in the last year?",
        ),
        "The national guidance on thresholds is published. Refuse thresholds that differ from it and the state of "
        "single cameras; give the total out of order.",
        ("31(1)(a)",),
        "national-round-robin",
        (Flag.ROUND_ROBIN,),
    ),
    Subject(
        "Marked and unmarked vehicles of the fleet",
        "Estates, fleet and equipment",
        (
            "The number of vehicles in the fleet, by make and model, and how many are unmarked.",
            "The registration numbers of marked vehicles.",
        ),
        "Marked vehicles by make and model are disclosed. Refuse unmarked vehicles by model, and registration numbers "
        "of either kind.",
        ("31(1)(a)", "38(1)(a)"),
        "national-round-robin",
        (Flag.ROUND_ROBIN,),
    ),
    Subject(
        "Policing of protests at energy sites",
        "Protests and public order",
        (
            "The cost of policing the protests since January 2019, split into overtime, travel and mutual aid.",
            "The plan of the operation and the minutes of meetings with the operator of the site.",
        ),
        "Costs are disclosed for operations that have ended. The plan is refused while a like operation may follow; "
        "minutes are considered paragraph by paragraph.",
        ("31(1)(a)", "43(2)"),
    ),
    Subject(
        "Policing of a football cup final",
        "Protests and public order",
        (
            "The number of officers on duty at the last three cup finals, and the sum charged to the club.",
            "The number of spotters at each match.",
        ),
        "Disclose officers and charges after the season. Refuse spotters.",
        ("31(1)(a)",),
    ),
    Subject(
        "Contracts for body-worn video",
        "Body-worn video",
        (
            "The contract for body-worn video, with its price, term and the bids that were not accepted.",
            "The number of cameras bought and the number lost or broken.",
        ),
        "Disclose the contract, price and losses. Unsuccessful bids are considered with their bidders; one that is "
        "older than the contract is seldom still sensitive.",
        ("43(2)",),
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
    Subject(
        "Deaths and injuries in custody",
        "Custody and detention",
        (
            "The number of people who died or were injured in custody since 2015, by station.",
            "The cause recorded and whether the death was referred to the oversight body.",
        ),
        "Disclose, by station where five or more; inquests that are still open are left to the coroner.",
        ("30(1)(a)(i)", "40(2)+(3A)(a)"),
    ),
    Subject(
        "Strip searches of children",
        "Custody and detention",
        (
            "The number of strip searches of people under 18 in each year since 2018, by age, sex and ethnicity.",
            "In how many was an appropriate adult present?",
        ),
        "Disclose with small numbers grouped. A regulator has published figures for some forces: check that the two "
        "agree and explain where they do not.",
        ("40(2)+(3A)(a)",),
        "national-round-robin",
        (Flag.ROUND_ROBIN,),
    ),
    Subject(
        "Requests for reviews and complaints to the Commissioner",
        "Complaints and conduct",
        (
            "The number of requests received, answered in time, reviewed and taken to the Commissioner since 2019.",
            "The decision notices that went against the force.",
        ),
        "Disclose. Decision notices are published; send their addresses.",
        ("21(1)",),
        "regulator-tribunal",
        (Flag.REGULATOR_INVOLVED,),
    ),
    Subject(
        "Search for a person missing since 2012",
        "Missing people",
        ("Everything held on the search for a person who went missing in 2012.",),
        "The Commissioner has asked for the material. Send it to the unit before it goes out; repeat the refusal of "
        "the first answer and do not add exemptions without advice.",
        ("30(1)(a)(i)", "40(2)+(3A)(a)"),
        "regulator-tribunal",
        (Flag.REGULATOR_INVOLVED,),
    ),
    Subject(
        "Cost of kennels for dogs seized",
        "Finance and contracts",
        ("The number of dogs seized since 2020, by breed, with the cost of kennels.",),
        "Disclose. Addresses of kennels are refused.",
        ("38(1)(a)",),
    ),
)

OPENINGS: tuple[str, ...] = (
    "Under the Freedom of Information Act please provide the following.",
    "I would like to know, for your force area:",
    "Please could you send the information below, as a spreadsheet where you can.",
    "This is a request for information held by your force.",
    "Please answer each of the questions below, by e-mail.",
)
CLOSINGS: tuple[str, ...] = (
    "",
    "If part of it is exempt, please send the rest.",
    "Should the cost exceed the limit, please answer as many questions as you can, in their order.",
    "Please tell me if anything is not clear.",
)
