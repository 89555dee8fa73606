"""`--reader none`: evidence without reading, by a sentence's likeness to the question."""

from __future__ import annotations

from collections.abc import Sequence

from index.encoder import Encoder
from index.records import Hit
from rag.reader import ranked, sigmoid
from rag.records import Evidence
from rag.words import shared, terms


class Similarity:
    """`--reader none`: a sentence's cosine with the question and the words they share."""

    threshold = 0.35
    doubt = 0.0  # its chances are none

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def chances(self, question: str, evidence: Sequence[Evidence]) -> list[float]:
        """The scores, pressed into 0 to 1; a rough guide, not calibrated chances."""
        return [sigmoid(8 * (item.score - 0.55)) for item in evidence]

    def read(self, question: str, hits: Sequence[Hit]) -> list[Evidence]:
        """Return every sentence of the hits as evidence, best first."""
        places = [(hit, span) for hit in hits for span in hit.sentences]
        if not places:
            return []
        texts = [hit.quote[s - hit.start : e - hit.start] for hit, (s, e) in places]
        cosines = self._encoder.encode(texts) @ self._encoder.encode([question])[0]
        words = terms(question)
        return ranked(
            [
                Evidence(hit, span, None, 0.7 * float(cosine) + 0.3 * shared(words, text))
                for (hit, span), text, cosine in zip(places, texts, cosines, strict=True)
            ]
        )
