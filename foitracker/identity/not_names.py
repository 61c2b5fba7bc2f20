"""Words by which a line is known not to give a person's name. All in small letters."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def _phrases(listed: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in listed.split("|"))


#: With one of these a line names a body, a rank, a matter or a time, not a person.
NOT_NAMES = _words(
    """
    access acro act administrator adviser advisers advisor agencies agency all anpr applicant april august
    authorities authority board borough both britain british btp bureau caseworker central centre chief chief's
    chiefs chiefs' city clerk co-ordinator colleague colleagues college commander commission commissioner
    commissioner's commissioners committee constable constables constabularies constabulary coordinator council
    council's councils county court cps cru data date dated december decision department departments desk
    detective detectives directorate disclosure division dpa drone drones eir england english european everybody
    everyone exemption exemptions faithfully february firearm firearms foi foia foisa force forces freedom friday
    gmp government hmicfrs hmrc ico inbox information inspector inspectorate iopc ireland irish january july june
    kingdom log london madam mailbox maker manager march masked met metropolitan minister ministry mod monday mps
    national nca november npas npcc number october office officer officer's officers officers' offices opcc
    operation parliament pcc please police policing protection psni re redacted ref reference referral referrals
    regards removed request requester requests rights saturday scotland scotland's scottish section sections sent
    september sergeant service services sincerely sir sirs subject sunday superintendent taser tasers team teams
    thank thanks thursday today tomorrow tribunal trust tuesday unit units university wales weapon weapons
    wednesday welsh whom wishes withheld wmp yesterday yours
    """
)

#: Words of ordinary sentences; with one of these in small letters a line is not a name.
COMMON_WORDS = _words(
    """
    a about above after again against also although always am an and any are as asked asking asks at attached
    available be because been before being below best between but by called can cannot claimed claims complained
    concerned confidential considering correct could currently did different do does doing done down during each
    either emailed enclosed entitled every few following for found from further given had happy has have having he
    held her here hers him his how however i i'm if in included incorrect interested into is it it's its just keen
    kindly know known like listed looking made make making many may me mentioned might missing more most much must
    my name named names neither no nor not now of off on once one only or other our out over own particularly
    person phoned please provided public rang recorded refuses removed replied requested requesting required
    requiring said same says seeking sends sent shall she should shown since so some spelled spelt stated still
    such sure than that the their them then there these they thinks this those three through to told too top
    trying two unable under unknown until up upon us use used using very via wanted wants was we well were what
    when where whether which while who whose why will willing wish wishes with within without would writes writing
    wrote yes yet you your yours
    """
)

#: What stands after “Name:” where no name is given, without its signs.
NO_NAME_GIVEN = _phrases(
    """
    a journalist | a member of the public | academic | anonymised | anonymous | as above | business | campaigner |
    charity | commercial | first name | full name | held | individual | journalist | known | masked | me | media |
    member of the public | members of the public | n a | na | name redacted | name removed | name supplied | name
    withheld | no name | none | not applicable | not disclosed | not given | not known | not provided | not stated
    | not supplied | other | press | private individual | public | redacted | removed | researcher | see above |
    self | student | supplied | surname | tba | tbc | the media | the press | unknown | unnamed | withheld | x |
    xx | xxx | xxxx
    """
)

#: Small words inside a name: van der Berg, ap Rhys.
PARTICLES = _words(
    """
    ab ad af al ap ben bin bint da dal de del della den der di dos du el ibn la le mac mc ni nic o st te ter van
    von y zu
    """
)

TITLES = _words("mr mrs ms miss mx dr prof professor rev revd reverend sir dame lord lady")

#: What ends the name of a body that begins like a title: MS Society.
NAMES_OF_BODIES = _words("association charity club company foundation group society")

#: What follows a title that is an office or a thing: Mr Justice, MS Word, DR Congo.
AFTER_TITLE = _words(
    """
    access ambassador azure chair chairman congo coroner dynamics excel judge justice mayor minister outlook
    powerpoint president project recorder secretary sharepoint speaker sql teams windows word
    """
)
