"""Tickets and the identity inside them (los1 section 1)."""

import hashlib

import pytest

from circles.drawing.tickets import normal_identity, ticket
from circles.lottery import LotteryFault


class TestTicket:
    @pytest.mark.parametrize(
        ("email", "identity"),
        [
            ("  Clara.Muster@Example.ORG ", "clara.muster@example.org"),
            ("a@bücher.example", "a@xn--bcher-kva.example"),
            ("a@BÜCHER.example", "a@xn--bcher-kva.example"),
            ("a@straße.example", "a@xn--strae-oqa.example"),
            ("a@XN--Bcher-KVA.example", "a@xn--bcher-kva.example"),
            ("a+b_c@sub.tampere.example", "a+b_c@sub.tampere.example"),
        ],
    )
    def test_normal_identity(self, email, identity):
        assert normal_identity(email) == identity

    @pytest.mark.parametrize(
        "email",
        [
            "jörg@example.org",
            "\u212a@example.org",  # the Kelvin sign, whose lower case is a k
            "no-at",
            "@example.org",
            "a@",
            "a@b@c.d",
            "a b@example.org",
            "a@example..org",
            "a@-x.org",
            "a@ς.gr",
            "a@x\u3002y",
            "\ta@b.c",
            "a@b.c.",
            "a@\u200d.org",
        ],
    )
    def test_no_identity(self, email):
        with pytest.raises(LotteryFault):
            normal_identity(email)

    @pytest.mark.parametrize(
        ("draw", "nonce", "identity", "line"),
        [
            ("A", "0" * 32, "a@example.org", 1),
            ("a", "0" * 31, "a@example.org", 2),
            ("a", "0" * 32, "A@example.org", 3),
            ("a", "0" * 32, "a@example.org\n", 3),
            ("a", "0" * 32, " a@example.org", 3),
            ("a", "0" * 32, "ref:", 3),
        ],
    )
    def test_no_ticket(self, draw, nonce, identity, line):
        with pytest.raises(LotteryFault) as caught:
            ticket(draw, nonce, identity)
        assert caught.value.line == line

    def test_of_a_paper_application(self):
        text = b"los1 ticket\na\n" + b"0" * 32 + b"\nref:IZ-7\n"
        assert ticket("a", "0" * 32, "ref:IZ-7") == hashlib.sha256(text).hexdigest()[:40]
