"""Weights -> eight bits and back, so that a model is small on disk and exact in float32 at work.

One scale a row of each matrix (symmetric, per output channel; Jacob et al. 2018, section 2.1).
What is packed is the same on every processor, unlike arithmetic done in eight bits.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np


def pack(weights: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return matrices as int8 with a `.scale` each, all other arrays as float32."""
    packed: dict[str, np.ndarray] = {}
    for name, values in weights.items():
        if values.ndim == 2 and min(values.shape) > 2:
            scale = np.maximum(np.abs(values).max(axis=1), 1e-12) / 127
            packed[name] = np.round(values / scale[:, None]).astype(np.int8)
            packed[f"{name}.scale"] = scale.astype(np.float32)
        else:
            packed[name] = values.astype(np.float32)
    return packed


def unpack(packed: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the float32 weights that `pack` was given, rounded."""
    return {
        name: values.astype(np.float32) * packed[f"{name}.scale"][:, None]
        if values.dtype == np.int8
        else values
        for name, values in packed.items()
        if not name.endswith(".scale")
    }
