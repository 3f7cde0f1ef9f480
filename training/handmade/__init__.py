"""Sentences of our own with name labels, made from patterns and word lists."""

from training.handmade.make import sentences, texts

__all__ = ["sentences", "texts"]
