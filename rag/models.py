"""A model's name -> a LangChain chat model. The only room that reads keys, from the environment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from index.errors import ModelError

PATIENCE = 60.0  # seconds without a byte before a model counts as silent
_CUT = {"length", "max_tokens", "content_filter", "incomplete"}


def chat_model(name: str, *, patience: float = PATIENCE) -> Any:
    """Return the chat model that `init_chat_model` knows by this name, like openai:gpt-4o-mini.

    Raises ModelError where the name, its package or its key is wrong; nothing is sent yet.
    """
    from langchain.chat_models import init_chat_model

    provider, _, own = name.partition(":")
    if not provider or not own:
        raise ModelError(f"a model is named PROVIDER:NAME, like ollama:llama3.2; not {name!r}")
    settings: dict[str, Any] = {"temperature": 0}
    if provider == "openai":
        settings |= {"timeout": patience, "max_retries": 1}
    try:
        return init_chat_model(name, **settings)
    except ImportError as error:
        # LangChain's message names the package, which not every provider is called like.
        found = re.search(r"pip install -?([\w-]+)", str(error))
        package = found[1] if found else f"langchain-{provider.replace('_', '-')}"
        raise ModelError(
            f"models of {provider!r} need their package; run: pip install {package}"
        ) from error
    except Exception as error:  # each provider raises its own kind for a missing key
        reason = " ".join(str(error).split())[:200]
        raise ModelError(f"the model {name!r} cannot be used: {reason}") from error


def stream(model: Any, messages: Sequence[tuple[str, str]]) -> Iterator[Any]:
    """Yield a chat model's pieces as they come; raise ModelError whatever its client raised.

    Clients raise errors of their own, and ValueError, TypeError or KeyError at an answer that is
    no answer: broken JSON, bad bytes, another shape. The message names the kind alone, since the
    client's may hold a part of the key.
    """
    try:
        yield from model.stream(messages)
    except Exception as error:
        raise ModelError(type(error).__name__) from error


def cut_off(name: str, about: Mapping[str, Any]) -> bool:
    """Whether a stream's metadata says that its text is not whole.

    A server that speaks like OpenAI's always gives a reason for its end; without one the
    connection was closed early, which its client takes for an end.
    """
    reasons = ("finish_reason", "stop_reason", "done_reason", "status")
    given = next((str(about[reason]) for reason in reasons if about.get(reason)), None)
    return name.startswith("openai:") if given is None else given.lower() in _CUT
