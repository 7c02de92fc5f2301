"""The pages of mistakes that no address leads to: 500, 503, and a form that was open too long."""

import pytest
from django.db import OperationalError

pytestmark = pytest.mark.browser


def check(visitor, status: int, answer) -> None:
    assert answer.status == status
    assert visitor.page.locator("h1").count() == 1
    for theme, width in (("light", 1280), ("dark", 390), ("light", 320)):
        assert visitor.sticks_out(width) == []
        visitor.look_at(theme, width)
        assert visitor.axe() == [], (theme, width)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(("fault", "status"), [(ZeroDivisionError, 500), (OperationalError, 503)])
def test_a_fault_of_ours(visit, monkeypatch, language, fault, status):
    def fail(request):
        raise fault

    monkeypatch.setattr("config.pages.home.front", fail)
    visitor = visit("", language)
    check(visitor, status, visitor.open("/"))


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_form_without_its_token(visit, language):
    visitor = visit("", language)
    visitor.open("/barrierefreiheit/")
    visitor.page.evaluate("document.querySelector('main [name=csrfmiddlewaretoken]').remove()")
    check(visitor, 403, visitor.submit_unchecked("main form[method=post]"))
