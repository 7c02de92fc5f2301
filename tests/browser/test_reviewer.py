"""A reviewer on a telephone: from the link to a form, a mistake, then sent and read again."""

import pytest

from tests.browser.areas import proposals

pytestmark = [pytest.mark.browser, pytest.mark.req("R126")]
FORM = "main form.sb-form"


def whole(visitor) -> None:
    assert visitor.sticks_out(390) == []
    visitor.look_at("light", 390)
    assert visitor.axe() == []


def test_a_reviewer_suggests_a_change_on_a_telephone(tour, scene):
    visitor = tour("", "de")
    visitor.open(proposals._door("Die Nachbarin"))
    page = visitor.page
    assert page.url.endswith("/rueckmeldung/")
    page.click("main a[href='/rueckmeldung/abschnitt/1/']")
    whole(visitor)
    page.fill(f"{FORM} [name=words]", "Abends ist es hell genug.")
    answer = visitor.submit_unchecked(FORM)
    assert answer.status == 200
    assert page.input_value(f"{FORM} [name=words]") == "Abends ist es hell genug."
    whole(visitor)
    page.fill(f"{FORM} [name=on_behalf_of]", "Für mich")
    page.wait_for_timeout(2100)  # nobody writes that quickly
    visitor.submit_unchecked(FORM)
    assert "Danke." in page.inner_text("main")
    whole(visitor)
    assert visitor.complaints == []
