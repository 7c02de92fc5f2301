"""Notifications by e-mail: a subscriber with a link of their own, and one who has not said yes."""

import re

from foundation.mail.models import OutgoingMail
from foundation.subscriptions import asking, links
from foundation.subscriptions.models import Subscriber
from foundation.subscriptions.wishes import Wish
from partnerships.directory import checkups, directory
from tests.authorization import canaries

SUBSCRIBER, WAITING = canaries.SUBSCRIBER, "wartet-noch@example.org"


def places(world):
    ada = _ask(SUBSCRIBER)
    asking.confirm(_token())
    actor = directory.list_actor("Gartenhof Abo", kind="sme", sector="business", by=None)
    checkups.set_contact(actor, "gartenhof-abo@example.org", by=None)
    _ask(WAITING)
    return {
        "subscriber": {"token": links.token_of(ada)},
        "asked subscription": {"token": _token()},
        "actor with contact": {"slug": actor.slug},
    }


def tokens():
    """What the link holder has in the session."""
    own = links.token_of(Subscriber.objects.get(email=SUBSCRIBER))
    return {"subscription_link": _token(), "subscription_token": own}


def _ask(email):
    return asking.ask(email, [Wish("calls")], named=["Ausschreibungen"], language="de")


def _token():
    mail = OutgoingMail.objects.filter(kind="subscription_confirm").latest("pk")
    return re.search(r"/bestaetigen/([\w-]+)/", mail.body)[1]


PLAIN: dict[str, dict[str, object]] = {
    "subscribe": {"general": ["calls"], "email": "neu-dabei@example.org"},
    "subscription": {"general": ["sessions"], "language": "en"},
    "unsubscribe": {"List-Unsubscribe": "One-Click"},
}
DEPENDENT: dict[str, object] = {}
