"""Which roles an operation refuses before it looks at anything else, and which operations there are."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role

Operation = Callable[..., object]


def operations_of(package: ModuleType) -> Iterator[Operation]:
    """Give the public functions of a package's modules that somebody does: those that take `by`."""
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(found.name)
        for name, function in vars(module).items():
            if name.startswith("_") or not inspect.isfunction(function):
                continue
            if function.__module__ == module.__name__ and "by" in inspect.signature(function).parameters:
                yield function


def holder(*roles: Role, **fields: Any) -> User:
    """Give somebody who holds these roles and is in no database."""
    return User(name="Ada Marlow", roles=list(roles), **fields)


def refuses(operation: Operation, role: Role, **given: Any) -> bool:
    """Say whether an operation refuses who holds a role. What is not given is None, so that it cannot succeed."""
    parameters = inspect.signature(operation).parameters
    needed = {name for name, one in parameters.items() if one.default is inspect.Parameter.empty}
    arguments = dict.fromkeys(needed) | given | {"by": holder(role)}
    try:
        operation(**arguments)
    except NotPermitted:
        return True
    except Exception:  # whatever comes after the permission
        return False
    return False
