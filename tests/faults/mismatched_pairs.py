"""A rotation that is none: cosines and sines are laid out for components (0, 1), (2, 3), .., the components that are
turned are half a width apart."""

import pebench


class MismatchedPairs(pebench.Encoder):
    def __init__(self, build, config, options):
        self.frequencies = [10000.0 ** (-2.0 * i / config.d_head) for i in range(config.d_head // 2)]

    def rotate(self, site, q, k):
        return self.turned(q, site.query_position), self.turned(k, site.key_position)

    def turned(self, x, position):
        angles = position[:, None, :, None].cast(pebench.model) * pebench.constant(self.frequencies)
        angles = pebench.stack([angles, angles], -1).reshape(angles.shape[0], 1, angles.shape[2], -1)
        half = x.shape[-1] // 2
        other = pebench.concat([-x[..., half:], x[..., :half]], -1)
        return x * pebench.cos(angles) + other * pebench.sin(angles)
