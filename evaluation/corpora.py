"""Which scorers fit which corpus, and how each is fed: an adapter a corpus and scorer."""

from __future__ import annotations

from evaluation import across, arguments, entities, events, figures, muc_status, places, relations, statements, times
from evaluation.classes import labels_of, quad_class
from evaluation.harness import Adapter, Body, Predict
from evaluation.names import predict_names

_TIES = "FightingAgainst,AlliesOf,InChargeOf,BelongsTo,IsSynonymOf"
"""The ties that a reading has a word for."""

_COARSE_POLITICS = "person=PER,politician=PER,organisation=ORG,politicalparty=ORG,location=LOC,country=LOC,*=-"
_COARSE_GMB = "geo=LOC,gpe=-,per=PER,org=ORG,*=-"
_COARSE_WIKIGOLD = "MISC=-"


def _both(*predicts: Predict) -> Predict:
    """The predictions of several adapters in one row, for a scorer that takes several parts."""

    def predict(reading: Body, record: Body) -> Body:
        return {key: value for one in predicts for key, value in one(reading, record).items()}

    return predict


_GEO = [
    Adapter("geo", places.predict_toponyms),
    Adapter("geo", places.predict_places_of_reading, name="geo_as_read"),
    Adapter("geo", places.predict_most_populous, name="geo_baseline_most_populous"),
]


def _names(scheme: str) -> list[Adapter]:
    """The names of the language model, and those that a reading keeps."""
    options = ("--map-gold", scheme)
    return [Adapter("ner", predict_names, options), Adapter("ner", entities.names_of(), options, "ner_as_read")]


def _events(predict: Predict) -> list[Adapter]:
    """Events of all types, and those of conflict and life at the second level of their types."""
    return [Adapter("events", predict), Adapter("events", predict, ("--types", "conflict,life", "--level", "2"), "events_conflict_life")]


ADAPTERS: dict[str, list[Adapter]] = {
    "re3d": [
        Adapter("ner", entities.predict_re3d),
        Adapter("relations", relations.predict),
        Adapter("relations", relations.predict, ("--types", _TIES), "relations_ties"),
    ],
    "conflibert_re3d": [Adapter("ner", entities.predict_re3d)],
    "cameo_ner": [Adapter("ner", entities.predict_cameo)],
    "case2021_task2": [Adapter("classify", events.predict_case2021)],
    "plover_gsr": [Adapter("plover", _both(events.predict_plover, figures.predict))],
    "muc4": [
        Adapter("muc", _both(events.predict_muc, figures.predict_muc)),
        Adapter("muc", _both(events.predict_muc, figures.predict_all), name="muc_all_figures"),
        Adapter("status", None, measure=muc_status.measure),
    ],
    "geo_geowebnews": _GEO,
    "geo_trnews": _GEO,
    "geo_lgl": _GEO,
    "geo_geovirus": _GEO,
    "polnear": [
        Adapter("attribution", statements.predict_with_beliefs),
        Adapter("attribution", statements.predict, name="attribution_speech", gold=statements.spoken),
    ],
    "timex_te3": [
        Adapter("timex", times.predict_timexes),
        Adapter("timex", times.predict_publication_day, name="timex_baseline_publication_day"),
        Adapter("timex", times.predict_dateparser, name="timex_baseline_dateparser"),
    ],
    "meantime": [Adapter("timex", times.predict_timexes_meantime)],
    "gum_news": [
        Adapter("timex", times.predict_timexes_gum),
        Adapter("coref", entities.predict_coref, ("--field", "entities", "--within")),
        Adapter("coref", entities.predict_coref_of_reading, ("--field", "entities", "--within"), "coref_as_read"),
    ],
    "ner_gmb": _names(_COARSE_GMB),
    "ner_wikigold": _names(_COARSE_WIKIGOLD),
    "ner_crossner_politics": _names(_COARSE_POLITICS),
    "class_ipe_docs": [Adapter("classify", labels_of("ipe"))],
    "class_ipe_sents": [Adapter("classify", labels_of("ipe"))],
    "class_satp_relevant": [Adapter("classify", labels_of("satp"))],
    "class_cameo_class": [Adapter("classify", quad_class)],
    "coref_ecbplus": [
        Adapter("coref", None, across=across.predict_stories),
        Adapter("coref", None, name="coref_baseline_same_word", across=across.predict_same_word),
        Adapter("coref", None, ("--documents", "subtopic"), "documents", across.predict_stories),
        Adapter("coref", None, ("--documents", "subtopic"), "documents_baseline_all_apart", across.predict_same_word),
    ],
    "events_wikievents": _events(arguments.predict_wikievents),
    "events_rams": [
        *_events(arguments.predict_rams),
        Adapter("events", arguments.predict_rams_at_trigger, ("--types", "conflict,life", "--level", "2"), "events_at_trigger", asked=arguments.rams_trigger),
    ],
}
"""Left out: insightCrime, whose subjects (drugs, corruption ...) are no words of a reading."""
