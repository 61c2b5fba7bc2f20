from django.http import HttpRequest

from .models import User


class SignedInRequest(HttpRequest):
    """A request that LoginRequiredMiddleware let through: for the type of a view's argument."""

    user: User
