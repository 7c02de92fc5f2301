"""One page to log in, two ways: a code by mail for everybody, a password for those who have one.

Who has a second factor is asked for it on the next page: a code of the app, or a passkey.
"""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView, RequestLoginCodeView
from allauth.mfa.base.views import AuthenticateView
from django.http import HttpRequest, HttpResponse

from foundation.accounts import letters, passkeys
from foundation.accounts.forms import AskForCodeForm, LoginForm


def _begin_session(request: HttpRequest) -> None:
    """The form is sent from a session that exists already.

    The first of two clicks is thrown away by the browser with all its cookies; the second finds
    the login that the first one began only if both belong to the same session.
    """
    if request.session.session_key is None:
        request.session.create()


class Login(LoginView):
    """The page itself; its form is the one with the password."""

    template_name = "account/entrance.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _begin_session(request)
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        data = super().get_context_data(**kwargs)
        return {**data, "password_form": data["form"], "code_form": AskForCodeForm()}


class AskForCode(RequestLoginCodeView):
    """The same page, answered by its other form. One mail either way, known address or not."""

    template_name = "account/entrance.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _begin_session(request)
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer

    def form_valid(self, form: AskForCodeForm) -> HttpResponse:
        if form._user is None:
            letters.tell_unknown(form.cleaned_data["email"])
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        data = super().get_context_data(**kwargs)
        return {**data, "code_form": data["form"], "password_form": LoginForm()}


class SecondStep(AuthenticateView):
    """The second factor after the first; the passkey's question names this portal's own address."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        data: dict[str, Any] = super().get_context_data(**kwargs)
        options = passkeys.ask_to_confirm(self.request, self.stage.login.user)
        return {**data, "passkey_options": options}
