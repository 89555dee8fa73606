"""Small real things that stand in for large ones."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np

from index.encoder import Encoder
from index.records import Hit
from index.store import Store
from index.sync import sync
from rag.records import Evidence
from rag.similarity import Similarity

_LITTLE = frozenset(
    "a an and are at by do does for how in is it many of on the to was were".split()
)


class WordHashing:
    """An encoder without a model: texts with the same words have the same vector."""

    name = "word-hashing"
    fingerprint = "word-hashing/1"
    dim = 256
    budget = 256

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return how many words each text has, and two for its ends."""
        return [len(re.findall(r"\w+|[^\w\s]", text)) + 2 for text in texts]

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return one unit vector per text."""
        rows = np.zeros((len(texts), self.dim), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                if word not in _LITTLE:
                    digest = hashlib.sha256(word.encode()).digest()
                    row[digest[0]] += 1 if digest[1] % 2 else -1
            row[0] += 1e-3  # a text without words has a vector too
            row /= np.linalg.norm(row)
        return rows


class Pointing(Similarity):
    """Similarity that knows some answers: where a sentence has their words, it points at them."""

    def __init__(self, encoder: Encoder, words: Sequence[str]) -> None:
        super().__init__(encoder)
        self._words = words

    def read(self, question: str, hits: Sequence[Hit]) -> list[Evidence]:
        """Return every sentence of the hits as evidence, best first."""
        return [self._pointed(item) for item in super().read(question, hits)]

    def _pointed(self, item: Evidence) -> Evidence:
        for words in self._words:
            at = item.text.find(words)
            if at >= 0:
                start = item.sentence[0] + at
                return replace(item, answer=(start, start + len(words)))
        return item


@dataclass
class Piece:
    """What a chat model's stream yields."""

    content: str
    response_metadata: dict[str, Any] = field(default_factory=dict)


class ScriptedModel:
    """A chat model that says its first piece, waits until `go_on` is set, and says the rest."""

    def __init__(self, first: str, *rest: str) -> None:
        self._first, self._rest = first, rest
        self.go_on = threading.Event()

    def stream(self, messages: object) -> Iterator[Piece]:
        """Yield the script, whatever was asked."""
        yield Piece(self._first)
        self.go_on.wait(timeout=120)
        for piece in self._rest:
            yield Piece(piece)


def hit(*sentences: str, passage: int = 1, start: int = 0, **about: Any) -> Hit:
    """Return a hit whose quote is the sentences, a blank between two, from `start` on."""
    spans, at = [], start
    for sentence in sentences:
        spans.append((at, at + len(sentence)))
        at += len(sentence) + 1
    about = {"path": "a.txt", "article": 1, "title": None, "publisher": None} | about
    about = {"published": None, "score": 1.0, "cosine": 0.5} | about
    end, quote = at - 1, " ".join(sentences)
    return Hit(passage, start=start, end=end, quote=quote, sentences=tuple(spans), **about)


def filled(folder: Path, articles: Mapping[str, str]) -> Store:
    """Write articles into `folder`/articles and index them into `folder`/store."""
    for path, text in articles.items():
        file = folder / "articles" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    store = Store(folder / "store")
    for _ in sync(folder / "articles", store, WordHashing()):
        pass
    return store


class Sure(Similarity):
    """Similarity that is as sure of any evidence as it is told."""

    doubt = 0.5

    def __init__(self, sure: float) -> None:
        super().__init__(WordHashing())
        self._sure = sure

    def chances(self, question: str, evidence: Sequence[Evidence]) -> list[float]:
        """Return what was told, of each."""
        return [self._sure for _ in evidence]


class Shifting(Sure):
    """A fault on purpose: every place is one character further on than its words."""

    def read(self, question: str, hits: Sequence[Hit]) -> list[Evidence]:
        """Return every sentence of the hits as evidence, in the wrong place."""
        return [
            replace(
                item,
                hit=replace(item.hit, start=item.hit.start + 1, end=item.hit.end + 1),
                sentence=(item.sentence[0] + 1, item.sentence[1] + 1),
            )
            for item in super().read(question, hits)
        ]


class Wire:
    """What a script of `ChatServer` writes one answer with."""

    def __init__(self, handler: BaseHTTPRequestHandler, closing: threading.Event) -> None:
        self._handler = handler
        self._closing = closing

    def start(self, status: int = 200, kind: str = "text/event-stream") -> None:
        """Send the head of a chunked response."""
        self._handler.send_response(status)
        self._handler.send_header("Content-Type", kind)
        self._handler.send_header("Transfer-Encoding", "chunked")
        self._handler.end_headers()

    def send(self, data: bytes) -> None:
        """Send one chunk."""
        self._handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    def says(self, text: str, finish: str | None = None) -> None:
        """Send a piece of the answer as OpenAI's servers do."""
        delta = {"role": "assistant", "content": text} if finish is None else {}
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "scripted"}
        self.send(f"data: {json.dumps({**chunk, 'choices': [choice]})}\n\n".encode())

    def end(self) -> None:
        """End the response as it should."""
        self._handler.wfile.write(b"0\r\n\r\n")

    def cut(self) -> None:
        """Close the connection in the middle of a chunk."""
        self._handler.wfile.write(b"40\r\ndata: ")
        self._handler.close_connection = True

    def hang(self) -> None:
        """Send nothing more, for as long as the server lives."""
        self._closing.wait(timeout=120)
        self._handler.close_connection = True


Script = Callable[[Wire], None]


def saying(*pieces: str, finish: str | None = "stop") -> Script:
    """Return the script of an answer without fault."""

    def script(wire: Wire) -> None:
        wire.start()
        for piece in pieces:
            wire.says(piece)
        if finish:
            wire.says("", finish)
        wire.send(b"data: [DONE]\n\n")
        wire.end()

    return script


class ChatServer:
    """An OpenAI-compatible chat server on a real socket that follows `script`."""

    def __init__(self) -> None:
        self.script: Script = saying("Nothing.")
        self.asked: list[Any] = []
        self._closing = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                server.asked.append(json.loads(self.rfile.read(size)))
                server.script(Wire(self, server._closing))

            def log_message(self, format: str, *args: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: Any, client_address: Any) -> None:
                pass  # a client that lost its patience is part of the script

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    @property
    def url(self) -> str:
        """What OPENAI_BASE_URL is set to."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def close(self) -> None:
        """Stop, and end what hangs."""
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
