"""A student and a teacher of the demo school or the seed, as JSON: run in the environment of a product."""

from __future__ import annotations

import json
import sys

from measure.school import card


def main(kind: str) -> None:
    import django

    django.setup()
    from django.conf import settings

    from siji.accounts.models import User
    from siji.courses.models import Course
    from siji.embedded.seed.loading import PASSWORD

    if kind == "demo":
        accounts = json.loads((settings.SIJI_HOME / "demo-accounts.json").read_text())
        names, passwords = zip(
            *((accounts[role]["username"], accounts[role]["password"]) for role in ("student", "teacher")), strict=True
        )
    else:
        names, passwords = ("seed-s000000", "seed-t00000"), (PASSWORD, PASSWORD)
    people = [User.objects.get(username=name) for name in names]
    if not all(Course.objects.visible_to(person).exists() for person in people):
        raise SystemExit("somebody has no course")
    cards = [
        {"role": role, **card(person), "password": password}
        for role, person, password in zip(("browsing", "teaching"), people, passwords, strict=True)
    ]
    json.dump({"password": "", "people": cards, "rooms": []}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
