"""What kind of public authority answers: some exemptions are for one kind alone (FOIA ss.2(3)(e), 30, 33, 35)."""

from enum import StrEnum


class AuthorityKind(StrEnum):
    """A kind of public authority, as far as Part II of the Act tells them apart."""

    NATIONAL_BODY = "national_body"
    POLICE_FORCE = "police_force"
    GOVERNMENT = "government"
    AUDIT_BODY = "audit_body"
    PARLIAMENT = "parliament"
    OTHER = "other"


AUTHORITY_KIND_LABELS: dict[AuthorityKind, str] = {
    AuthorityKind.NATIONAL_BODY: "National policing body designated under section 5",
    AuthorityKind.POLICE_FORCE: "Police force",
    AuthorityKind.GOVERNMENT: "Government department or the Welsh Government",
    AuthorityKind.AUDIT_BODY: "Body that audits or inspects other authorities",
    AuthorityKind.PARLIAMENT: "House of Commons or House of Lords",
    AuthorityKind.OTHER: "Other public authority",
}
