"""Images with the day they were taken and the place they show."""

from __future__ import annotations

from dateline.model import Evidence, Image
from dateline.resolution.scene import Scene

_FIELDS = {"image_kinds": "kind", "images": "shows", "credits": "person"}


def resolve_images(scene: Scene) -> tuple[Image, ...]:
    """The images of a report, ids ``i1`` on, in text order."""
    return tuple(
        Image(
            id=f"i{number}",
            kind=found.kind,
            person=found.person,
            agency=found.agency,
            taken=None if found.taken is None else scene.times[found.taken],
            shows=scene.span(*found.shows) if found.shows else None,
            where=None if found.place is None else scene.where((found.place,)),
            section=found.section,
        )
        for number, found in enumerate(scene.findings.images, 1)
    )


def explain_images(scene: Scene) -> dict[str, tuple[Evidence, ...]]:
    """Why each image is as it is: the rows of the lexicons that its caption and credit matched."""
    return {
        f"i{number}": tuple(Evidence(_FIELDS[rule.partition(":")[0]], rule, _told(rule)) for rule in found.rule.split("+"))
        for number, found in enumerate(scene.findings.images, 1)
    }


def _told(rule: str) -> str:
    source, _, name = rule.partition(":")
    if source == "image_kinds":
        return "no word of the caption tells another kind" if name == "none" else f"the caption's words match the row {name} of image_kinds.tsv"
    if source == "credits":
        return f"the credit is written in the manner {name} of credits.tsv"
    return {"shows": "what follows the verb of showing", "in_this": "what follows the lead-in of the caption"}.get(name, "the first sentence of the caption")
