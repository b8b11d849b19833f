"""What an encoding derives from, and what its hooks are told."""

from dataclasses import dataclass
from typing import Optional

from pebench._tensor import Tensor


class Unsupported(Exception):
    """A legal request that this encoding does not serve, such as an odd head width."""


@dataclass(frozen=True)
class Config:
    """The model an encoding is made for."""

    n_layers: int  # encoder blocks
    n_sites: int  # attention calls of one forward pass that run hooks: sizes tables kept per layer
    n_heads: int  # H
    d_model: int  # D = H * d_head
    d_head: int
    max_len: int  # L: slots of a profile
    n_positions: int  # max_len + 1: the extra one is the position of candidates


@dataclass(frozen=True, eq=False)
class Sequence:
    """A sequence of embeddings x [B, L, D]."""

    candidates: bool  # candidates, not a profile
    causal: bool
    training: bool
    batch: int
    length: int
    width: int
    position: Tensor  # int64 [1, L] or [B, L], the slot in the window: never count slots yourself
    time: Optional[Tensor]  # int64 [B, L], seconds since the data set's first event
    mask: Tensor  # boolean [B, L], true for real events


@dataclass(frozen=True, eq=False)
class Site:
    """One attention call."""

    cross: bool  # candidates look at the profile
    causal: bool
    training: bool
    layer: int  # 0 .. n_layers-1; n_layers in cross-attention
    batch: int
    heads: int
    queries: int
    keys: int
    head_width: int
    scale: float  # logits = scale * q.k, 1/sqrt(head_width)
    q: Tensor  # [B, H, Lq, h]; q and k after rotate() in later hooks
    k: Tensor  # [B, H, Lk, h]
    v: Tensor
    query_position: Tensor  # int64 [1, L] or [B, L]
    key_position: Tensor
    query_time: Optional[Tensor]  # as Sequence.time
    key_time: Optional[Tensor]
    visible: Tensor  # boolean, broadcasts to [B, 1, Lq, Lk]: never derive it from positions
    logits: Optional[Tensor]  # in bias(): scaled q.k before bias and mask
    probs: Optional[Tensor]  # in value(): weights after softmax and dropout
    query_hidden: Optional[Tensor]  # [B, Lq, D], before the projection to q; None under pebench of interface 1.0
    key_hidden: Optional[Tensor]  # [B, Lk, D], before the projections to k and v

    def relative_position(self):
        """Key position minus query position of every pair -> int64 [1 or B, 1, Lq, Lk]."""
        return self.key_position[:, None, None, :] - self.query_position[:, None, :, None]


class Encoder:
    """The base of every encoding. A derived class declares its parameters in __init__() and defines those of these hooks
    that it needs; the others do nothing:

        def begin(self):                # once per forward pass: forget tensors kept from the last one
        def input(self, sequence, x):   # x [B, L, D] -> [B, L, D]
        def rotate(self, site, q, k):   # -> (q, k), shapes kept
        def bias(self, site):           # -> [B, H, Lq, Lk] or what broadcasts to it, added to the scaled logits; or None
        def value(self, site):          # -> [B, H, Lq, h], added to probs @ v; or None. For encoder = "python_value"
        def output(self, site, y):      # the merged heads y [B, Lq, D] -> [B, Lq, D]
    """

    def __init__(self, build, config, options):
        """build: Build; config: Config; options: a mapping with what the suite's option `options` holds."""
