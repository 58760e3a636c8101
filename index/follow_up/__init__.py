"""A question that goes on from earlier ones, made to stand alone by rules, in Russian, Ukrainian and English."""

from __future__ import annotations

from index.follow_up.resolving import resolve
from index.follow_up.typed import spoken

__all__ = ["resolve", "spoken"]
