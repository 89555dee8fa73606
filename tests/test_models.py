"""A real client against a chat server on a real socket, which does all that servers do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from footnoted.__main__ import main
from index.errors import ModelError
from index.store import Store
from rag.chain import Chain
from rag.chatting import Chatting
from rag.models import chat_model, cut_off
from rag.prompt import NOT_FOUND
from rag.records import Answer
from tests.doubles import ChatServer, Script, Sure, Wire, WordHashing, filled, saying

LANTERNS = "The harbour office bought 240 lanterns for the long pier."
ASKED = "How many lanterns did the harbour office buy?"
CITED = "The office bought 240 lanterns [1]."
PATIENCE = 0.5  # seconds; a server that hangs is waited for as long


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    text = f"Title: Lights\nDate: 2024-03\n\n{LANTERNS}\n"
    return filled(tmp_path_factory.mktemp("models"), {"a.txt": text})


@pytest.fixture(scope="module")
def server() -> Iterator[ChatServer]:
    made = ChatServer()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_BASE_URL", made.url)
        patch.setenv("OPENAI_API_KEY", "sk-secret-of-the-user")
        patch.setenv("NO_PROXY", "127.0.0.1")
        patch.delenv("OPENAI_API_BASE", raising=False)
        yield made
    made.close()


@pytest.fixture(scope="module")
def chain(store: Store, server: ChatServer) -> Iterator[Chain]:
    model = chat_model("openai:scripted", patience=PATIENCE)
    yield Chain(store, WordHashing(), Sure(0.9), Chatting(model, "openai:scripted"), threshold=0)
    model.root_client.close()


def asked(chain: Chain, server: ChatServer, script: Script) -> tuple[str, Answer]:
    server.script = script
    *pieces, answer = chain.stream(ASKED)
    assert isinstance(answer, Answer)
    return "".join(str(piece) for piece in pieces), answer


def said(answer: Answer) -> list[tuple[str, tuple[int, ...]]]:
    return [(sentence.text, sentence.marks) for sentence in answer.sentences]


def test_a_models_answer_streams_and_is_cited(chain, server):
    streamed, answer = asked(chain, server, saying("The office bought ", "240 lanterns", " [1]."))
    assert streamed == CITED
    assert said(answer) == [("The office bought 240 lanterns.", (1,))]
    assert answer.citations[0].place.quote == LANTERNS
    assert answer.notices == ()


def test_the_model_is_sent_the_rules_the_passages_and_the_question(chain, server):
    asked(chain, server, saying(CITED))
    sent = server.asked[-1]
    assert sent["model"] == "scripted" and sent["stream"] is True and sent["temperature"] == 0
    system, human = (message["content"] for message in sent["messages"])
    assert NOT_FOUND in system
    assert f"[1] Lights, 2024-03\n{LANTERNS}" in human and human.endswith(f"Question: {ASKED}")


def status(code: int) -> Script:
    def script(wire: Wire) -> None:
        wire.start(code, "application/json")
        wire.send(b'{"error": {"message": "no: sk-secret-of-the-user", "type": "x", "code": "y"}}')
        wire.end()

    return script


def body(data: bytes, kind: str = "text/event-stream", before: str = "") -> Script:
    def script(wire: Wire) -> None:
        wire.start(200, kind)
        if before:
            wire.says(before)
        if data:
            wire.send(data)
        wire.end()

    return script


def cutting(before: str = "") -> Script:
    def script(wire: Wire) -> None:
        wire.start()
        if before:
            wire.says(before)
        wire.cut()

    return script


def hanging(before: str = "") -> Script:
    def script(wire: Wire) -> None:
        wire.start()
        if before:
            wire.says(before)
        wire.hang()

    return script


FAULTS = {
    "400": (status(400), "OpenAIInvalidRequestError"),
    "401": (status(401), "OpenAIAuthenticationError"),
    "429": (status(429), "OpenAIRateLimitError"),
    "500": (status(500), "OpenAIAPIError"),
    "disconnect before a word": (cutting(), "OpenAIConnectionError"),
    "disconnect mid-sentence": (cutting("The office bou"), "OpenAIConnectionError"),
    "silence from the start": (hanging(), "OpenAITimeoutError"),
    "silence mid-sentence": (hanging("The office bou"), "OpenAITimeoutError"),
    "broken JSON": (body(b'data: {"choices": [\n\n'), "JSONDecodeError"),
    "broken JSON mid-sentence": (body(b"data: {{\n\n", before="The off"), "JSONDecodeError"),
    "invalid UTF-8": (body(b'data: {"id": "\xff\xfe"}\n\n'), "UnicodeDecodeError"),
    "JSON of another shape": (body(b"data: [5]\n\n"), ""),
    "choices that are none": (body(b'data: {"choices": 5}\n\n'), ""),
    "a page of HTML": (body(b"<html><p>Welcome [1]</p></html>", "text/html"), ""),
    "nothing at all": (body(b""), ""),
    "an error inside the stream": (
        body(b'data: {"error": {"message": "overloaded"}}\n\n', before="The off"),
        "APIError",
    ),
    "no words": (saying(), "gave no sentence with a valid citation"),
    "no marks": (saying("The office bought 240 lanterns."), "gave no sentence with a valid"),
    "cut off by its length": (saying("The office bought 24", finish="length"), "was cut off"),
    "cut off without a word why": (saying("The office bought 24", finish=None), "was cut off"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_server_at_fault_leaves_the_articles_own_sentences_and_a_notice(chain, server, fault):
    script, why = FAULTS[fault]
    _, answer = asked(chain, server, script)
    assert answer.status == "answered"
    assert said(answer) == [(LANTERNS, (1,))]
    assert answer.citations[0].place.quote == LANTERNS
    assert len(answer.notices) == 1
    assert answer.notices[0].endswith("These are the articles' own sentences.")
    assert "openai:scripted" in answer.notices[0] and why in answer.notices[0]
    assert "secret" not in answer.notices[0]


@pytest.mark.parametrize(
    ("script", "why"),
    [
        (cutting(f"{CITED} And it pai"), "failed (OpenAIConnectionError)"),
        (hanging(f"{CITED} And it pai"), "failed (OpenAITimeoutError)"),
        (saying(f"{CITED} And it pai", finish="length"), "was cut off"),
        (saying(f"{CITED} And it pai", finish=None), "was cut off"),
    ],
    ids=["disconnect", "silence", "length", "end"],
)
def test_what_was_said_and_cited_before_a_fault_is_kept_with_a_notice(chain, server, script, why):
    streamed, answer = asked(chain, server, script)
    assert streamed.startswith(CITED)
    assert said(answer) == [("The office bought 240 lanterns.", (1,))]
    assert why in answer.notices[0]


@pytest.mark.parametrize(
    "noise",
    [b": keep-alive\n\n", b"event: ping\ndata: {}\n\n", b'data: {"id": "1", "choices": []}\n\n'],
)
def test_a_stream_that_keeps_itself_alive_is_read_to_its_end(chain, server, noise):
    def script(wire: Wire) -> None:
        wire.start()
        for piece in (CITED[:9], CITED[9:]):
            wire.says(piece)
            wire.send(noise)
        wire.says("", "stop")
        wire.send(b"data: [DONE]\n\n")
        wire.end()

    _, answer = asked(chain, server, script)
    assert said(answer) == [("The office bought 240 lanterns.", (1,))]
    assert answer.notices == ()


def test_a_model_that_finds_no_answer_is_believed(chain, server):
    _, answer = asked(chain, server, saying(NOT_FOUND))
    assert answer.status == "not_found" and answer.nearest


def test_a_reader_that_stops_early_ends_the_stream(chain, server):
    server.script = saying("The office ", "bought 240 lanterns [1].")
    pieces = chain.stream(ASKED)
    assert next(pieces) == "The office "
    pieces.close()


def test_the_command_line_asks_the_model_that_is_named(tmp_path, server, capsys):
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text(f"Lights\n\n{LANTERNS}\n")
    store = str(tmp_path / "store")
    assert main(["index", str(articles), "--store", store]) == 0
    capsys.readouterr()
    ask = ["ask", ASKED, "--store", store, "--reader", "none", "--threshold", "0"]
    server.script = saying(CITED)
    assert main([*ask, "--model", "openai:scripted"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("The office bought 240 lanterns. [1]\n\n[1] Lights (a.txt, characters 8 ")
    assert err == ""
    server.script = status(401)
    assert main([*ask, "--model", "openai:scripted"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"{LANTERNS} [1]\n")
    assert err == (
        "footnoted: The model openai:scripted failed (OpenAIAuthenticationError). "
        "These are the articles' own sentences.\n"
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("gpt-4o-mini", "a model is named PROVIDER:NAME, like ollama:llama3.2; not 'gpt-4o-mini'"),
        ("openai:", "a model is named PROVIDER:NAME"),
        (":gpt", "a model is named PROVIDER:NAME"),
        ("", "a model is named PROVIDER:NAME"),
        ("nosuch:model", "the model 'nosuch:model' cannot be used: "),
        ("groq:some", "models of 'groq' need their package; run: pip install langchain-groq"),
        (
            "google_vertexai:some",
            "models of 'google_vertexai' need their package; "
            "run: pip install langchain-google-vertexai",
        ),
    ],
)
def test_a_model_that_cannot_be_had_is_told_in_one_line(name, told):
    with pytest.raises(ModelError) as caught:
        chat_model(name)
    assert str(caught.value).startswith(told)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 300


def test_a_missing_key_is_told_in_one_line(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(
        ModelError, match=r"the model 'openai:some' cannot be used: .*OPENAI_API_KEY"
    ):
        chat_model("openai:some")


@pytest.mark.parametrize(
    ("name", "about", "cut"),
    [
        ("openai:x", {"finish_reason": "stop"}, False),
        ("openai:x", {"finish_reason": "length"}, True),
        ("openai:x", {"status": "completed"}, False),
        ("openai:x", {}, True),
        ("ollama:x", {"done_reason": "stop"}, False),
        ("ollama:x", {"done_reason": "length"}, True),
        ("anthropic:x", {"stop_reason": "max_tokens"}, True),
        ("scripted:x", {}, False),
    ],
)
def test_an_answer_cut_off_is_known_by_what_its_provider_says(name, about, cut):
    assert cut_off(name, about) is cut
