"""Django's own commands (makemigrations, shell). People use the `siji` command."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")
execute_from_command_line(sys.argv)
