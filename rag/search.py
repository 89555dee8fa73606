"""Question + store -> hits, by vectors and words alone."""

from __future__ import annotations

from index.encoder import Encoder
from index.errors import QuestionError, StoreError
from index.records import Hit
from index.store import Store
from index.where import Where
from rag.retriever import WEIGHTS, Weights, retrieve

LONGEST = 4000  # characters of a question


def fused(
    question: str,
    *,
    store: Store,
    encoder: Encoder,
    k: int = 10,
    where: Where | None = None,
    weights: Weights = WEIGHTS,
) -> list[Hit]:
    """Return up to k hits by vectors and words alone, best first."""
    check(question)
    with store.snapshot() as snapshot:
        about = snapshot.manifest
        if about["encoder"] != encoder.fingerprint:
            raise StoreError(
                f"{store.folder} was built with the encoder {about['encoder']!r}, "
                f"not {encoder.fingerprint!r}; ask with --encoder {about['encoder_name']}, "
                f"or run: footnoted index {about['folder']} --store {store.folder} --rebuild"
            )
        return retrieve(
            question, snapshot=snapshot, encoder=encoder, k=k, where=where, weights=weights
        )


def check(question: str) -> None:
    """Raise QuestionError on a question without words, without end or of broken characters."""
    try:
        question.encode()
    except UnicodeEncodeError as error:
        raise QuestionError("the question is not valid UTF-8") from error
    if not any(c.isalnum() for c in question):
        raise QuestionError("the question is empty")
    if len(question) > LONGEST:
        raise QuestionError(
            f"the question has {len(question):,} characters; at most {LONGEST:,} are read"
        )
