"""From text to a document of sentences, words, trees and names, in one pass of the language model."""

from dateline.language.reading import Given, analyse, analyse_many

__all__ = ["Given", "analyse", "analyse_many"]
