"""The trained reader: an encoder over a sentence, and small heads that weigh what the rules found."""

from khabar.model.encoder import Said, WordEncoder
from khabar.model.heads import Heads, Numbers, Vectors
from khabar.model.model import Model, build_model, weights_of
from khabar.model.names import Blend, Decision, Names
from khabar.model.speech import Part, Telling, decode_telling

__all__ = [
    "Blend", "Decision", "Heads", "Model", "Names", "Numbers", "Part", "Said", "Telling", "Vectors", "WordEncoder",
    "build_model", "decode_telling", "weights_of",
]  # fmt: skip
