"""Invented subjects on which forces want advice, or which many forces are asked about at once."""

from dashboard.demonstration.data.subject import Subject
from referrals.rules.vocabulary import Flag

EVERYDAY: tuple[Subject, ...] = (
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
        asked_since=2014,
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
        asked_since=2014,
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
        "Disclose with small numbers grouped. The ICO has published figures for some forces: check that the two "
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
