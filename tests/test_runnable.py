"""The chain and the retriever as LangChain has them."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

from index.errors import QuestionError
from index.where import Where
from rag.chain import Chain
from rag.chatting import Chatting
from rag.records import Answer
from rag.runnable import FootnotedChain, FootnotedRetriever
from tests.doubles import ScriptedModel, Sure, WordHashing, filled

LANTERNS = "The harbour office bought 240 lanterns for the long pier."
ARTICLES = {
    "gazette/a.txt": f"Title: Light\nPublisher: The Gazette\nDate: 2024-03\n\n{LANTERNS}\n",
    "b.txt": "A crossing\n\nThe night ferry to Quill island carries 85 passengers.\n",
}
ASKED = "How many lanterns did the harbour office buy?"


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Chain:
    store = filled(tmp_path_factory.mktemp("runnable"), ARTICLES)
    return Chain(store, WordHashing(), Sure(0.9), threshold=0.5)


def timeless(answer: object) -> Answer:
    assert isinstance(answer, Answer)
    return replace(answer, timings={})


def test_the_retrievers_documents_say_where_they_stand_and_slice_back(chain):
    retriever = FootnotedRetriever(chain=chain)
    assert isinstance(retriever, BaseRetriever)
    documents = retriever.invoke(ASKED)
    about = documents[0].metadata
    assert documents[0].page_content == LANTERNS
    assert {k: about[k] for k in ("path", "article", "title", "publisher", "published")} == {
        "path": "gazette/a.txt",
        "article": 1,
        "title": "Light",
        "publisher": "The Gazette",
        "published": "2024-03",
    }
    assert about["score"] == 0.9
    with chain.store.snapshot() as snapshot:
        for document in documents:
            start, end = document.metadata["start"], document.metadata["end"]
            assert snapshot.text(document.metadata["path"])[start:end] == document.page_content


def test_the_retriever_gives_what_search_gives(chain):
    hits = chain.search(ASKED, k=2)
    documents = FootnotedRetriever(chain=chain, k=2).invoke(ASKED)
    assert [document.id for document in documents] == [str(hit.passage) for hit in hits]
    assert len(FootnotedRetriever(chain=chain, k=1).invoke(ASKED)) == 1
    only = FootnotedRetriever(chain=chain, where=Where(file="b.txt")).invoke(ASKED)
    assert {document.metadata["path"] for document in only} == {"b.txt"}


def test_the_retriever_goes_into_a_pipe_and_a_batch(chain):
    def paths(documents: list[Document]) -> list[str]:
        return [document.metadata["path"] for document in documents]

    piped = FootnotedRetriever(chain=chain, k=1) | RunnableLambda(paths)
    assert piped.batch([ASKED, "night ferry"]) == [["gazette/a.txt"], ["b.txt"]]


def test_the_chain_as_a_runnable_gives_the_same_answer(chain):
    runnable = FootnotedChain(chain)
    assert isinstance(runnable, Runnable)
    alone = timeless(chain.ask(ASKED))
    assert timeless(runnable.invoke(ASKED)) == alone
    assert [timeless(a) for a in runnable.batch([ASKED, ASKED])] == [alone, alone]
    assert timeless(asyncio.run(runnable.ainvoke(ASKED))) == alone
    pipe = runnable | RunnableLambda(lambda answer: answer.text)
    assert pipe.invoke(ASKED) == alone.text


def test_the_chain_streams_a_drafts_text_and_the_answer_last(chain):
    model = ScriptedModel("The office bought ", "240 lanterns [1].")
    model.go_on.set()
    runnable = FootnotedChain(replace(chain, writer=Chatting(model, "scripted:one")))
    *pieces, answer = runnable.stream(ASKED)
    assert pieces == ["The office bought ", "240 lanterns [1]."]
    assert timeless(answer).sentences[0].text == "The office bought 240 lanterns."


def test_a_question_that_cannot_be_asked_raises_our_error_through_langchain(chain):
    for runnable in (FootnotedChain(chain), FootnotedRetriever(chain=chain)):
        with pytest.raises(QuestionError, match="the question is empty"):
            runnable.invoke(" ")
