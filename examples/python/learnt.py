"""Learned absolute positions: Gehring et al. 2017, arXiv:1705.03122.

    y = x + table[position]        table [n_positions, d]
"""

import pebench


class Learnt(pebench.Encoder):
    def __init__(self, build, config, options):
        self.table = build.normal("table", (config.n_positions, config.d_model), options.get("init_std", 0.02))

    def input(self, sequence, x):
        """x [B, L, d] -> [B, L, d]"""
        return x + self.table[sequence.position]
