#!/usr/bin/env python3
"""Django's own command line, for developers; the product's is `sp2k`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sp2k.config.settings")
    execute_from_command_line(sys.argv)
