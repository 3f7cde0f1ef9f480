"""Captions and credits in the manners of agencies and broadcasters, read to images."""

from __future__ import annotations

import pytest

from dateline.extraction.images import find_images, kind_rules
from dateline.extraction.mentions import find_mentions
from dateline.extraction.places import find_places
from dateline.extraction.times import find_times
from dateline.intake import report_of
from dateline.language import analyse as read
from dateline.language.model import Model

BODY = "Talks went on in the capital on Friday, and officials said that a deal was near.\n\n"

# caption, kind, person, agency, the words of the day it was taken, what it shows
CAPTIONS = [
    (
        "(Ana Berg/AP) This March 3, 2018 frame grab made from drone video shows ruined houses in Homs, Syria two days after the army said it left.",
        "video_still", "Ana Berg", "AP", "March 3, 2018", "ruined houses in Homs, Syria",
    ),
    ("(Ana Berg/AP) A burned bridge in Mosul, Iraq, March 3, 2017.", "photograph", "Ana Berg", "AP", "March 3, 2017", "A burned bridge in Mosul, Iraq"),
    (
        "Smoke rises over Kharkiv, Ukraine, on July 3, 2022. (Photo by Ana Berg/Getty Images)",
        "photograph", "Ana Berg", "Getty Images", "July 3, 2022", "Smoke rises over Kharkiv, Ukraine",
    ),
    (
        "FILE PHOTO: A fighter stands guard in Benghazi, Libya, April 12, 2019. REUTERS/Tom Oduya",
        "photograph", "Tom Oduya", "REUTERS", "April 12, 2019", "A fighter stands guard in Benghazi, Libya",
    ),
    (
        "FILE - In this Friday, Feb. 5, 2016 file photo, a soldier walks past a burned tank near Aleppo, Syria. (AP Photo/Ana Berg, File)",
        "photograph", "Ana Berg", "AP", "Friday, Feb. 5, 2016", "a soldier walks past a burned tank near Aleppo, Syria",
    ),
    (
        "This photo released on Tuesday, Oct. 4, 2016 by the state news agency, shows soldiers firing a cannon in Aleppo. (SANA via AP)",
        "photograph", None, "AP", None, "soldiers firing a cannon in Aleppo",
    ),
    (
        "A satellite image shows burned trucks near Bucha. Maxar Technologies/Handout via REUTERS",
        "satellite", None, "REUTERS", None, "burned trucks near Bucha",
    ),
    ("Residents carry water in Aden | Credit: Ana Berg/AFP", "photograph", "Ana Berg", "AFP", None, "Residents carry water in Aden"),
    ("Families wait for food near Maiduguri [Ana Berg/Al Jazeera]", "photograph", "Ana Berg", "Al Jazeera", None, "Families wait for food near Maiduguri"),
    ("Fighters in Kobani, where dozens died in June 2015. Photograph: Ana Berg/AFP/Getty Images", "photograph", "Ana Berg", "AFP/Getty Images", None, None),
    (
        "(Image: a satellite picture of 3 March 2021 shows damage to the grain port. Credit: Farlight)",
        "satellite", None, "Farlight", "3 March 2021", "damage to the grain port",
    ),
    (
        "Smoke rises over the port of Aden. Credit: Ana Berg/Harbour Pictures",
        "photograph", "Ana Berg", "Harbour Pictures", None, "Smoke rises over the port of Aden",
    ),
    ("Image: Firefighters at work in Odesa", "photograph", None, None, None, "Firefighters at work in Odesa"),
]  # fmt: skip


@pytest.mark.parametrize(("caption", "kind", "person", "agency", "taken", "shows"), CAPTIONS)
def test_caption(model: Model, caption: str, kind: str, person: str | None, agency: str | None, taken: str | None, shows: str | None) -> None:
    report = report_of(BODY + caption + "\n\n" + BODY)
    document = read(report.text, [(s.start, s.end) for s in report.sections], model)
    times = find_times(document)
    images = find_images(document, report.sections, times, find_places(document, find_mentions(document)))
    assert len(images) == 1
    image = images[0]
    assert (image.kind, image.person, image.agency) == (kind, person, agency)
    assert (None if image.taken is None else report.text[times[image.taken].start : times[image.taken].end]) == taken
    if shows is not None:
        assert image.shows is not None
        assert report.text[slice(*image.shows)] == shows


def test_text_without_captions_has_no_images(model: Model) -> None:
    report = report_of(BODY + "The image of the army suffered, analysts said. A photo of the leader hung in the hall.")
    document = read(report.text, [(s.start, s.end) for s in report.sections], model)
    assert find_images(document, report.sections, (), ()) == ()


@pytest.mark.parametrize("rule", kind_rules(), ids=lambda r: r.name)
def test_kind_rows_prove_themselves(rule: object) -> None:
    assert rule.prove() is None  # type: ignore[attr-defined]
