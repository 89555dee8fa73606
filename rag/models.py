"""A model's name -> a LangChain chat model. The only room that reads keys, from the environment."""

from __future__ import annotations

import sys
from typing import Any

from index.errors import ModelError

_CLIENTS = (
    ("openai", "OpenAIError"),
    ("httpx", "HTTPError"),
    ("httpx2", "HTTPError"),
    ("ollama", "ResponseError"),
    ("anthropic", "AnthropicError"),
)
PATIENCE = 60.0  # seconds without a byte before a model counts as silent


def chat_model(name: str) -> Any:
    """Return the chat model that `init_chat_model` knows by this name, like openai:gpt-4o-mini.

    Raises ModelError where the name, its package or its key is wrong; nothing is sent yet.
    """
    from langchain.chat_models import init_chat_model

    if ":" not in name:
        raise ModelError(f"a model is named PROVIDER:NAME, like ollama:llama3.2; not {name!r}")
    settings: dict[str, Any] = {"temperature": 0}
    if name.startswith("openai:"):
        settings |= {"timeout": PATIENCE, "max_retries": 1}
    try:
        return init_chat_model(name, **settings)
    except ImportError as error:
        provider = name.split(":")[0]
        raise ModelError(
            f"models of {provider!r} need their package; run: pip install langchain-{provider}"
        ) from error
    except Exception as error:  # each provider raises its own kind for a missing key
        reason = " ".join(str(error).split())[:200]
        raise ModelError(f"the model {name!r} cannot be used: {reason}") from error


def failures() -> tuple[type[BaseException], ...]:
    """Return what a model's stream may raise: its client's errors, broken JSON, bad bytes."""
    kinds: list[type[BaseException]] = [ValueError, OSError, TimeoutError]
    for package, name in _CLIENTS:
        if package in sys.modules:
            kinds.append(getattr(sys.modules[package], name))
    return tuple(kinds)
