from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN, PasswordResetConfirmView
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from foitracker.accounts.permission_names import Permission
from foitracker.pages.lists.columns import NOWRAP, Column
from foitracker.pages.lists.views import EmptyState, ListPage

from . import operations, queries
from .forms import ChoosePasswordForm, NewUserForm, UserForm
from .http import SignedInRequest
from .models import User
from .permissions import check_can, check_can_change_roles_of, check_can_deactivate, why_not


class Users(ListPage[User]):
    """Everybody who can sign in, or could. The file is in order of names, however the page is sorted."""

    template_name = "accounts/users.html"
    address, file_address, file_name = "accounts:users", "accounts:download_users", "users.csv"
    heading, caption, noun = "Users", "Everybody who can sign in, or could", ("user", "users")
    nothing = EmptyState("There is no user")
    columns: tuple[Column[User], ...] = (
        Column("name", "Name", lambda person: person.name, is_row_header=True),
        Column("email", "E-mail address", lambda person: person.email),
        Column("roles", "Roles", lambda person: " ".join(person.roles)),
        Column(
            "last_login", "Last sign-in", lambda person: person.last_login, first="descending", look=NOWRAP
        ),
        Column("is_active", "State", lambda person: str(person.is_active), header="active", look=NOWRAP),
    )
    orders = {sign + column for column in queries.SORTABLE for sign in ("", "-")}
    default_order = "name"

    def check(self) -> None:
        check_can(Permission.MANAGE_USERS, self.request.user)

    def find(self) -> QuerySet[User]:
        return queries.users(sort=self.order())

    def find_for_file(self) -> QuerySet[User]:
        return queries.users()


@require_http_methods(["GET", "HEAD", "POST"])
def add_user(request: SignedInRequest) -> HttpResponse:
    check_can(Permission.MANAGE_USERS, request.user)
    form = NewUserForm(request.POST or None)
    if form.is_valid():
        try:
            person = operations.add_user(
                **form.cleaned_data, site=_site(request), by=request.user, at=timezone.now()
            )
        except operations.EmailTaken as error:  # someone added them in the same moment
            form.add_error("email", str(error))
        else:
            messages.success(request, f"{person.name} has been added and sent a link to choose a password.")
            return redirect("accounts:users")
    return render(request, "accounts/add_user.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def user(request: SignedInRequest, pk: int) -> HttpResponse:
    check_can(Permission.MANAGE_USERS, request.user)
    person = get_object_or_404(User, pk=pk)
    roles_locked = why_not(check_can_change_roles_of, request.user, person)
    form = UserForm(
        request.POST or None,
        initial={"name": person.name, "roles": person.roles},
        roles_locked=bool(roles_locked),
    )
    if form.is_valid():
        operations.change_user(
            user=person,
            name=form.cleaned_data["name"],
            roles=form.cleaned_data.get("roles", person.roles),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, f"{form.cleaned_data['name']} has been saved.")
        return redirect("accounts:users")
    context = {
        "form": form,
        "person": person,
        "roles_locked": roles_locked,
        "cannot_deactivate": why_not(check_can_deactivate, request.user, person),
    }
    return render(request, "accounts/user.html", context)


@require_POST
def deactivate_user(request: SignedInRequest, pk: int) -> HttpResponse:
    check_can(Permission.MANAGE_USERS, request.user)
    person = get_object_or_404(User, pk=pk)
    operations.deactivate_user(user=person, by=request.user, at=timezone.now())
    messages.success(request, f"{person.name} can no longer sign in.")
    return redirect("accounts:user", pk=pk)


@require_POST
def reactivate_user(request: SignedInRequest, pk: int) -> HttpResponse:
    check_can(Permission.MANAGE_USERS, request.user)
    person = get_object_or_404(User, pk=pk)
    operations.reactivate_user(user=person, by=request.user, at=timezone.now())
    messages.success(request, f"{person.name} can sign in again.")
    return redirect("accounts:user", pk=pk)


@require_POST
def send_password_link(request: SignedInRequest, pk: int) -> HttpResponse:
    check_can(Permission.MANAGE_USERS, request.user)
    person = get_object_or_404(User, pk=pk)
    operations.send_password_link(user=person, site=_site(request), by=request.user, at=timezone.now())
    messages.success(request, f"A link to choose a password is on its way to {person.name}.")
    return redirect("accounts:user", pk=pk)


class ChoosePassword(PasswordResetConfirmView):
    """Where the link leads that a new user is sent. The link itself is the permission."""

    form_class = ChoosePasswordForm
    template_name = "accounts/choose_password.html"
    success_url = reverse_lazy("account_login")

    def get_user(self, uidb64: str) -> User | None:
        person = super().get_user(uidb64)
        return person if isinstance(person, User) and person.is_active else None

    def form_valid(self, form: "SetPasswordForm[User]") -> HttpResponse:
        operations.set_password(
            user=form.user, password=form.cleaned_data["new_password1"], at=timezone.now()
        )
        del self.request.session[INTERNAL_RESET_SESSION_TOKEN]
        messages.success(self.request, "Your password is set. You can sign in with it now.")
        return redirect(self.success_url)


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")
