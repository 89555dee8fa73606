"""The chain and the retriever as LangChain has them: a `Runnable` and a `BaseRetriever`.

LangChain costs about a second to import, so a plain `footnoted ask` never comes here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig
from pydantic import ConfigDict

from index.records import Hit
from index.where import Where
from rag.chain import Chain
from rag.records import Answer


class FootnotedRetriever(BaseRetriever):
    """The store as a LangChain retriever: `k` documents, best first, each a passage word for word.

    A document's metadata: path, article, title, publisher, published, start, end, score;
    `source.text[start:end]` is its page_content.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    chain: Any  # a Chain; pydantic would look into its fields, which are protocols
    k: int = 10
    where: Where | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        chain: Chain = self.chain
        return [_document(hit) for hit in chain.search(query, k=self.k, where=self.where)]


def _document(hit: Hit) -> Document:
    names = ("path", "article", "title", "publisher", "published", "start", "end", "score")
    return Document(
        id=str(hit.passage),
        page_content=hit.quote,
        metadata={name: getattr(hit, name) for name in names},
    )


class FootnotedChain(Runnable[str, str | Answer]):
    """The chain as a Runnable: a question in, an `Answer` out.

    `stream` yields a draft's text as it comes, unchecked, and the `Answer` last.
    """

    def __init__(self, chain: Chain) -> None:
        self._chain = chain

    def invoke(self, input: str, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Return the answer to a question."""
        return self._chain.ask(input)

    def stream(
        self, input: str, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Iterator[str | Answer]:
        """Yield text pieces, then the Answer."""
        yield from self._chain.stream(input)
