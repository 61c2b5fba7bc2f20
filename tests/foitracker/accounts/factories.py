import factory
from factory.django import DjangoModelFactory

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role

PASSWORD = "three words together"


class UserFactory(DjangoModelFactory[User]):
    """A person who can sign in with PASSWORD; `UserFactory(roles=[Role.OFFICER])`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    roles: list[Role] = []

    @classmethod
    def _create(cls, model_class: type[User], *args: object, **fields: object) -> User:
        return User.objects.create_user(**{"password": PASSWORD, **fields})
