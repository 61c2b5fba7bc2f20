from django.conf import settings
from django.core.management.base import CommandError

_SHORTEST = 32


def backup_key() -> str:
    """Return BACKUP_KEY. Raises CommandError where it is missing, short, or has another use."""
    key: str = settings.BACKUP_KEY
    if len(key) < _SHORTEST:
        raise CommandError(
            f"Set BACKUP_KEY to at least {_SHORTEST} random characters, and keep it apart from the back-ups."
        )
    if key in {settings.SECRET_KEY, *settings.AUDIT_KEYS, *settings.REFERRAL_PSEUDONYM_KEYS}:
        raise CommandError("BACKUP_KEY has another use, too. Set one of its own.")
    return key
