"""Normal text, sentences and tokens."""

from khabar.text.language import language_of
from khabar.text.normalise import NormalText, fold, normalise
from khabar.text.segment import Sentence, Token, segment

__all__ = ["NormalText", "Sentence", "Token", "fold", "language_of", "normalise", "segment"]
