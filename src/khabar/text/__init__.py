"""Normal text, sentences and tokens."""

from khabar.text.kept import kept
from khabar.text.language import language_of
from khabar.text.normalise import NormalText, fold, normalise
from khabar.text.segment import Sentence, Token, segment

__all__ = ["NormalText", "Sentence", "Token", "fold", "kept", "language_of", "normalise", "segment"]
