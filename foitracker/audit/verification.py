"""What `manage.py verify_audit` checks besides the chain: what the apps vouch for by its entries."""

from collections.abc import Callable, Iterator

from foitracker.audit.chain import Break

#: Looks through what an app keeps; gives the first place where it is not what the trail says, or None.
Check = Callable[[], Break | None]

_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Have `verify_audit` run a check, which is named in what it prints."""
    _checks[name] = check


def checked() -> Iterator[tuple[str, Break | None]]:
    """Run every registered check; yield its name and what it found."""
    for name, check in _checks.items():
        yield name, check()
