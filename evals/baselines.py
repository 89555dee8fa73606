"""Other ways to find and answer, measured on the same questions over the same texts.

Ours with less: `fused` (no reader), `dense` and `bm25` (one list alone), `similarity` (the nearest
sentence, no reader). Others, where they are installed: `langchain`, the plain pipeline of its
tutorials, and `txtai`, hybrid search over the same pieces. A piece of another system counts as a
passage does, by the share of a gold sentence that it covers; its article is the whole file.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec

from evals import outcomes, relevance
from evals.outcomes import Outcome
from evals.relevance import DEPTH, Passage
from evals.settings import Settings
from evals.suites import Question, Suite, placed
from index.runtime import minilm
from index.snapshot import Snapshot
from index.store import Store
from rag.followups import alone
from rag.retriever import Weights
from rag.search import fused

OURS = {"fused": None, "dense": Weights(1, 0, 0), "bm25": Weights(0, 1, 0)}
OTHERS = {"langchain": ("langchain_community", "langchain_text_splitters"), "txtai": ("txtai",)}
SIZE, OVERLAP = 1000, 200  # characters, as the tutorials have it

Search = Callable[[str], Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a source that another system indexes."""

    place: Passage
    text: str


def names() -> list[str]:
    """Return the baselines that can be measured here."""
    there = [name for name, modules in OTHERS.items() if all(map(find_spec, modules))]
    return [*OURS, "similarity", *there]


def measured(name: str, suite: Suite, store: Store, settings: Settings) -> list[Outcome]:
    """Return the outcomes of a suite's answerable questions; of `similarity` all of them."""
    if name == "similarity":
        return list(outcomes.ask(suite, replace(settings, reader="none").chain(store)))
    with store.snapshot() as snapshot:
        if name in OURS:
            search, among = _ours(store, settings, OURS[name]), relevance.passages_in(snapshot)
        else:
            pieces = list(_pieces(snapshot))
            search = {"langchain": _langchain, "txtai": _txtai}[name](pieces)
            among = _among([piece.place for piece in pieces])
        asked = [placed(q, cache(snapshot.text)) for q in suite.questions if q.gold]
        return [_outcome(question, search, among) for question in asked]


def _outcome(question: Question, search: Search, among: relevance.Among) -> Outcome:
    found = search(alone(question.question, question.history))[:DEPTH]
    scores = relevance.retrieval(found, *relevance.relevant(question, among))
    return Outcome(
        id=question.id,
        kind=question.kind,
        question=question.question,
        group=question.group or question.id,
        scores=scores,
    )


def _ours(store: Store, settings: Settings, weights: Weights | None) -> Search:
    weights = weights or Weights(settings.dense, settings.lexical, settings.article)
    named = settings.encoding()

    def search(question: str) -> list[Passage]:
        hits = fused(question, store=store, encoder=named, k=DEPTH, weights=weights)
        return [relevance.passage(hit) for hit in hits]

    return search


def _pieces(snapshot: Snapshot) -> Iterator[Piece]:
    """Cut every source as the tutorials do."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=SIZE, chunk_overlap=OVERLAP, add_start_index=True
    )
    number = 0
    for path in snapshot.paths():
        for document in splitter.create_documents([snapshot.text(path)]):
            start = document.metadata["start_index"]
            place = Passage(number, path, 1, start, start + len(document.page_content))
            yield Piece(place, document.page_content)
            number += 1


def _among(places: Sequence[Passage]) -> relevance.Among:
    by_path: dict[str, list[Passage]] = {}
    for place in places:
        by_path.setdefault(place.path, []).append(place)
    return lambda path: by_path.get(path, [])


def _langchain(pieces: Sequence[Piece]) -> Search:
    """The same encoder as sentence-transformers runs it, a flat FAISS index, its top k."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package announces its own end at import
        from langchain_community.vectorstores import FAISS
    from langchain_core.embeddings import Embeddings
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(minilm()), device="cpu")

    class Encoding(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [[float(x) for x in row] for row in model.encode(texts)]

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    store = FAISS.from_texts(
        [piece.text for piece in pieces],
        Encoding(),
        metadatas=[{"piece": number} for number in range(len(pieces))],
    )

    def search(question: str) -> list[Passage]:
        found = store.similarity_search(question, k=DEPTH)
        return [pieces[document.metadata["piece"]].place for document in found]

    return search


def _txtai(pieces: Sequence[Piece]) -> Search:
    """Its hybrid index, dense and BM25, with the weights that it comes with."""
    from txtai import Embeddings

    index = Embeddings(path=str(minilm()), hybrid=True, gpu=False)
    index.index((number, piece.text, None) for number, piece in enumerate(pieces))

    def search(question: str) -> list[Passage]:
        return [pieces[int(number)].place for number, _ in index.search(question, DEPTH)]

    return search
