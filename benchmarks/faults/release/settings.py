from siji.settings import *  # noqa: F403
from siji.settings import INSTALLED_APPS as BEFORE

INSTALLED_APPS = [*BEFORE, "faults.release"]
