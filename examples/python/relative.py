"""Relative attention: Shaw, Uszkoreit & Vaswani 2018, arXiv:1803.02155. Run it with encoder = "python_value".

    r_ij      = clamp(key_position_j - query_position_i, -m, m) + m      2m + 1 distances
    logits_ij = (q_i . k_j + q_i . K[r_ij]) / sqrt(h)                    K [2m + 1, h]
    context_i = sum_j p_ij (v_j + V[r_ij])                               V [2m + 1, h]

with tables of their own per layer. q meets every distance once and the products are gathered.
"""

import pebench


class Relative(pebench.Encoder):
    def __init__(self, build, config, options):
        self.max_distance = options.get("max_distance", 4)
        self.distances = 2 * self.max_distance + 1
        self.key_tables, self.value_tables = [], []
        for layer in range(config.n_sites):
            self.key_tables.append(build.xavier(f"key_table.{layer}", (self.distances, config.d_head)))
            self.value_tables.append(build.xavier(f"value_table.{layer}", (self.distances, config.d_head)))

    def bias(self, site):
        """-> [B, H, Lq, Lk]"""
        table = self.key_tables[site.layer] * site.scale
        return (site.q @ table.permute(1, 0)).gather(-1, self.distance(site))

    def value(self, site):
        """-> [B, H, Lq, h]"""
        by_distance = site.probs.scatter_add(-1, self.distance(site), self.distances)  # [B, H, Lq, 2m + 1]
        return by_distance @ self.value_tables[site.layer]

    def distance(self, site):
        """r(i, j) -> int64 [1 or B, 1, Lq, Lk]"""
        return site.relative_position().clamp(-self.max_distance, self.max_distance) + self.max_distance
