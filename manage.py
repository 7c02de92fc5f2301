#!/usr/bin/env python3
"""Django's command line for Stadtbrücke.

People start it through `python3 portal manage …`, which brings the engines along.
"""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
