"""Rotary position embedding: Su et al. 2021, arXiv:2104.09864, with pairs (i, i + h/2).

    a_i = position * base^(-2i/h)                  i < h/2, x = q and k [B, H, L, h]
    y_i = x_i cos a_i - x_j sin a_i                j = i + h/2
    y_j = x_j cos a_i + x_i sin a_i
"""

import pebench


class Rope(pebench.Encoder):
    def __init__(self, build, config, options):
        if config.d_head % 2 != 0:
            raise pebench.Unsupported("rope turns pairs of columns: the head width must be even")
        base = options.get("base", 10000.0)
        self.frequencies = [base ** (-2.0 * i / config.d_head) for i in range(config.d_head // 2)]

    def rotate(self, site, q, k):
        """q [B, H, Lq, h], k [B, H, Lk, h] -> the same shapes"""
        return self.turned(q, site.query_position), self.turned(k, site.key_position)

    def turned(self, x, position):
        """x [B, H, L, h], position [1 or B, L] -> [B, H, L, h]. Angles are taken in float64."""
        frequencies = pebench.constant(self.frequencies, dtype=pebench.float64)
        angles = position[:, None, :, None].cast(pebench.float64) * frequencies
        cosine, sine = pebench.cos(angles).cast(pebench.model), pebench.sin(angles).cast(pebench.model)
        half = len(self.frequencies)
        first, second = x[..., :half], x[..., half:]
        return pebench.concat([first * cosine - second * sine, second * cosine + first * sine], -1)
