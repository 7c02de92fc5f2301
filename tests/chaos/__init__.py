"""Experiments that hurt the portal on purpose; `python3 portal chaos` runs them, pytest does not.

Importing the package sets Django up: its modules then read like any other test code.
"""

import django

django.setup()
