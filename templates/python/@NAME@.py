"""Learned absolute positions: y = x + table[position].      x, y [B, L, D], table [n_positions, D]"""

import pebench


class @CLASS@(pebench.Encoder):
    def __init__(self, build, config, options):
        """Declares the parameters, which the host owns and trains. options: what the suite's option `options` holds."""
        self.table = build.normal("table", (config.n_positions, config.d_model), options.get("init_std", 0.02))

    def input(self, sequence, x):
        """x [B, L, D] -> [B, L, D]"""
        return x + self.table[sequence.position]

    # The other hooks are begin, rotate, bias, value and output: see pebench.Encoder.
