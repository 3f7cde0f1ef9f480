"""From text to a document of sentences, words, trees and names, in one pass of the language model."""

from dateline.language.reading import analyse

__all__ = ["analyse"]
