"""Attention with linear biases: Press, Smith & Lewis 2022, arXiv:2108.12409.

    bias_hij = -slope_h |key_position_j - query_position_i|
    slope_h  = 2^(-8h/H)                 h = 1 .. H, a power of two

For other H the authors' code takes the slopes of P heads, the greatest power of two below H, and then every second slope
of 2P heads, from the first on.
"""

import pebench


class Alibi(pebench.Encoder):
    def __init__(self, build, config, options):
        power = 1 << (config.n_heads.bit_length() - 1)
        self.slopes = powers(power) + powers(2 * power)[::2][: config.n_heads - power]

    def bias(self, site):
        """-> [1 or B, H, Lq, Lk]"""
        distance = abs(site.relative_position()).cast(pebench.model)
        return -(pebench.constant(self.slopes, (1, site.heads, 1, 1)) * distance)


def powers(heads):
    return [2.0 ** (-8.0 * h / heads) for h in range(1, heads + 1)]
