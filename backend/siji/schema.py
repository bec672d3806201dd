"""What the interface takes and gives is described by a ``Schema``."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Schema(BaseModel):
    """Plain pydantic, in place of Ninja's base, which has each field of each object looked up by Python again.

    That is for templates' paths and querysets in the objects it reads; ours are built field by field, or from plain attributes.
    """

    model_config = ConfigDict(from_attributes=True)
