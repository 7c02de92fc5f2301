"""What the second person was shown: the key of a proposal, hidden in the form that confirms it."""

from __future__ import annotations

from django import forms

LARGEST_KEY = 2**63 - 1


def key_field() -> forms.IntegerField:
    """A proposal's primary key; nothing was shown where it is missing."""
    return forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=LARGEST_KEY
    )
