"""Coordinates made coarse, wherever they stand in an answer."""

from __future__ import annotations

import math
from typing import Any

_KM = 111.2
"""Kilometres in a degree of latitude."""


def rounded(value: Any, degrees: float) -> Any:
    """The value with all coordinates at the nearest multiple of so many degrees, and no radius smaller than what that hides."""
    if isinstance(value, list):
        return [rounded(v, degrees) for v in value]
    if not isinstance(value, dict):
        return value
    found = {k: rounded(v, degrees) for k, v in value.items()}
    for key in ("lat", "lon"):
        if key in found:
            found[key] = [_near(v, degrees) for v in found[key]] if isinstance(found[key], list) else _near(found[key], degrees)
    least = round(degrees * _KM * math.sqrt(0.5), 1)
    if "lat" in found and "radius_km" in found:
        radius, lat = found["radius_km"], found["lat"]
        if isinstance(radius, list):
            found["radius_km"] = [None if at is None else max(r or 0.0, least) for r, at in zip(radius, lat, strict=True)]
        elif lat is not None:
            found["radius_km"] = max(radius or 0.0, least)
    return found


def _near(value: Any, degrees: float) -> Any:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return value
    return round(round(value / degrees) * degrees, 6)
