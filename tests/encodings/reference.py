#!/usr/bin/env python3
"""Writes tests/encodings/fixtures/*.json: what the hooks of the built-in encodings that no parity fixture covers must
give, computed from the papers' formulas one pair of query and key at a time, in float64, with Python's own library.

    tests/encodings/reference.py        writes all fixtures; the same bytes each time

Each file holds cases. A case has the plugin's options, the model's sizes, the values of all parameters the plugin
declares, what the hook is told, and what it must return:
    input   y [B, L, d]           bias   [B, H, Lq, Lk], 0 where the key is invisible (the host masks there)
    q, k    after rotate()        value  [B, H, Lq, h]
Tensors are {shape, data}, row-major. Three kinds of case: `full` and `causal` self-attention over left-padded windows
cut to 5 of 6 slots, positions once or per row, and `cross`: candidates at the position after the window.
"""
import cmath
import json
import math
import pathlib
import random

B, H, h, L, MAX_LEN, BLOCKS = 2, 2, 4, 5, 6, 2
D = H * h
PADDED = [2, 0]  # slots of padding per row
DAY = 86400
# Gaps of a row in seconds; the first is the oldest slot's own time. Events are late enough that float32 loses minutes,
# and the gap between two slots of padding is smaller than any between events.
GAPS = [[0, 1, 1_200_000_060, 3 * DAY, 60], [1_199_000_000, 0, 7200, 60, 400 * DAY]]


class Numbers:
    """Values that float32 holds exactly, so that both precisions start from the same."""

    def __init__(self, name):
        self.random = random.Random(name)

    def __call__(self, *shape, scale=1.0, shift=0.0):
        if not shape:
            return round((self.random.uniform(-scale, scale) + shift) * 256) / 256
        return [self(*shape[1:], scale=scale, shift=shift) for _ in range(shape[0])]


def shape_of(x):
    return [len(x)] + shape_of(x[0]) if isinstance(x, list) else []


def flat(x):
    return [v for row in x for v in flat(row)] if isinstance(x, list) else [x + 0]  # + 0: true becomes 1


def tensor(x):
    return {"shape": shape_of(x), "data": flat(x)}


def table4(b, a, n, m, f):
    return [[[[f(i, j, k, l) for l in range(m)] for k in range(n)] for j in range(a)] for i in range(b)]


def dot(a, b):
    return math.fsum(x * y for x, y in zip(a, b))


def times():
    rows = []
    for gaps in GAPS:
        now, row = 0, []
        for gap in gaps:
            now += gap
            row.append(now)
        rows.append(row)
    return rows


class Case:
    """What one attention call is told. kind: full, causal or cross."""

    def __init__(self, name, kind, heads=H, per_row=False, layer=0, key_position=range(MAX_LEN - L, MAX_LEN)):
        draw = Numbers(name + kind)
        self.name, self.kind, self.heads = f"{name}, {kind}", kind, heads
        self.width = heads * h
        self.layer = BLOCKS if kind == "cross" else layer
        self.queries = 3 if kind == "cross" else L
        query_position = [key_position[-1] + 1] * self.queries if kind == "cross" else key_position
        rows = B if per_row else 1
        self.key_position = [[p + r for p in key_position] for r in range(rows)]  # per row: one later in row 1
        self.query_position = [[p + r for p in query_position] for r in range(rows)]
        self.key_time = times()
        self.query_time = [[row[-1] + 5 * DAY] * self.queries for row in self.key_time] if kind == "cross" else self.key_time
        self.mask = [[j >= PADDED[b] for j in range(L)] for b in range(B)]
        self.visible = table4(B, 1, self.queries, L, lambda b, _, i, j: self.mask[b][j] and (kind != "causal" or j <= i))
        self.scale = 0.5
        self.q, self.k = draw(B, heads, self.queries, h), draw(B, heads, L, h)
        self.x = draw(B, L, self.width)
        self.probs = table4(B, heads, self.queries, L, lambda b, a, i, j: abs(draw()) if self.visible[b][0][i][j] else 0.0)
        self.draw = draw

    def draw_hidden(self):
        """Hidden states of keys, and of queries, which are those of the keys but for candidates."""
        self.key_hidden = self.draw(B, L, self.width)
        self.query_hidden = self.draw(B, self.queries, self.width) if self.kind == "cross" else self.key_hidden

    def positions(self, b, i, j):
        """Position of query i and key j in row b."""
        row = b if len(self.key_position) > 1 else 0
        return self.query_position[row][i], self.key_position[row][j]

    def sites(self):
        return BLOCKS + (1 if self.kind == "cross" else 0)

    def bias(self, f):
        """The bias of all pairs from f(b, head, i, j)."""
        return table4(B, self.heads, self.queries, L,
                      lambda b, a, i, j: f(b, a, i, j) if self.visible[b][0][i][j] else 0.0)

    def json(self, options, parameters, outputs):
        told = ["query_position", "key_position", "query_time", "key_time", "visible", "mask", "q", "k", "x", "probs"]
        told += [name for name in ["query_hidden", "key_hidden"] if hasattr(self, name)]
        return {
            "name": self.name, "options": options,
            "config": {"width": self.width, "heads": self.heads, "blocks": BLOCKS, "max_len": MAX_LEN},
            "kind": self.kind, "layer": self.layer, "scale": self.scale,
            "inputs": {name: tensor(getattr(self, name)) for name in told},
            "parameters": {name: tensor(value) for name, value in parameters.items()},
            "outputs": {name: tensor(value) for name, value in outputs.items()},
        }


KINDS = ["full", "causal", "cross"]


def alibi():
    """arXiv:2108.12409: -slope |i - j|. Slopes for heads that are no power of two as the authors' code lists them."""
    slopes = {
        1: [2.0 ** -8],
        2: [2.0 ** -4, 2.0 ** -8],
        3: [2.0 ** -4, 2.0 ** -8, 2.0 ** -2],
        6: [2.0 ** -2, 2.0 ** -4, 2.0 ** -6, 2.0 ** -8, 2.0 ** -1, 2.0 ** -3],
    }
    for heads, values in slopes.items():
        for kind in KINDS if heads == 2 else ["causal"]:
            case = Case(f"alibi {heads}", kind, heads, per_row=kind == "full")

            def f(b, a, i, j):
                query, key = case.positions(b, i, j)
                return -values[a] * abs(key - query)

            yield case.json({}, {}, {"bias": case.bias(f)})


def t5_bucket(relative, bidirectional, buckets, max_distance):
    """The first bucket whose upper limit lies above the distance, by exact comparison of integer powers."""
    first = 0
    if bidirectional:
        buckets //= 2
        first = buckets if relative > 0 else 0
        distance = abs(relative)
    else:
        distance = max(-relative, 0)
    exact = buckets // 2
    if distance < exact:
        return first + distance
    # distance >= exact (max_distance / exact)^(k / n)  <=>  distance^n exact^k >= exact^n max_distance^k
    n = buckets - exact
    k = max(k for k in range(n + 1) if distance ** n * exact ** k >= exact ** n * max_distance ** k)
    return first + min(exact + k, buckets - 1)


def t5():
    """arXiv:1910.10683, and its code for the buckets."""
    for kind in KINDS:
        for buckets, max_distance, per_layer, key_position in [
                (4, 3, False, range(1, 6)), (8, 5, True, range(1, 6)), (32, 128, False, [0, 64, 96, 112, 128]),
                (32, 128, False, [7, 16, 80, 150, 300])]:
            case = Case(f"t5 {buckets}", kind, per_row=buckets == 8, layer=1, key_position=key_position)
            names = [f"table.{s}" for s in range(case.sites())] if per_layer else ["table"]
            parameters = {name: case.draw(buckets, H) for name in names}
            table = parameters[f"table.{case.layer}" if per_layer else "table"]

            def f(b, a, i, j):
                query, key = case.positions(b, i, j)
                return table[t5_bucket(key - query, kind != "causal", buckets, max_distance)][a]

            options = {"num_buckets": buckets, "max_distance": max_distance, "per_layer": per_layer}
            yield case.json(options, parameters, {"bias": case.bias(f)})


def kerple():
    """arXiv:2205.09921, equations of the log and power variants; positive parameters through softplus and 2 sigmoid."""
    for kernel in ["log", "power"]:
        for kind in KINDS:
            case = Case(f"kerple {kernel}", kind, per_row=kernel == "log", layer=1)
            parameters = {f"{name}.{s}": case.draw(H, 1, 1) for s in range(case.sites()) for name in ("a1", "a2")}

            def f(b, a, i, j):
                query, key = case.positions(b, i, j)
                r1 = math.log(1 + math.exp(parameters[f"a1.{case.layer}"][a][0][0]))
                a2 = parameters[f"a2.{case.layer}"][a][0][0]
                if kernel == "log":
                    return -r1 * math.log(1 + math.log(1 + math.exp(a2)) * abs(key - query))
                return -r1 * abs(key - query) ** (2 / (1 + math.exp(-a2)))

            yield case.json({"kernel": kernel}, parameters, {"bias": case.bias(f)})


def fire():
    """arXiv:2310.04418, equation 2 with the logarithm and threshold of section 3, eps as in the appendix."""
    width = 3
    for kind in KINDS:
        for shared in [False, True]:
            case = Case("fire", kind, per_row=shared, layer=1)
            parameters = {}
            for suffix in [""] if shared else [f".{s}" for s in range(case.sites())]:
                parameters["c" + suffix] = [case.draw(shift=1.5)]
                parameters["m" + suffix] = [-case.draw(scale=0.25, shift=1)]  # the sign does not matter
                parameters[f"hidden{suffix}.weight"] = case.draw(width, 1, scale=2)
                parameters[f"hidden{suffix}.bias"] = case.draw(width)
                parameters[f"out{suffix}.weight"] = case.draw(H, width)
                parameters[f"out{suffix}.bias"] = case.draw(H)
            p = {name: parameters[name.format("" if shared else f".{case.layer}")]
                 for name in ["c{}", "m{}", "hidden{}.weight", "hidden{}.bias", "out{}.weight", "out{}.bias"]}
            c, threshold = p["c{}"][0], abs(p["m{}"][0]) * 0.5 * (MAX_LEN + 1)

            def f(b, a, i, j):
                query, key = case.positions(b, i, j)
                x = math.log(c * abs(key - query) + 1) / (math.log(c * max(query, threshold) + 1) + 1e-6)
                hidden = [max(0.0, w[0] * x + bias) for w, bias in zip(p["hidden{}.weight"], p["hidden{}.bias"])]
                return dot(hidden, p["out{}.weight"][a]) + p["out{}.bias"][a]

            options = {"width": width, "threshold": 0.5, "shared": shared}
            yield case.json(options, parameters, {"bias": case.bias(f)})


def cope():
    """arXiv:2405.18719, section 4: gates, contextual positions as sums of gates, interpolated embeddings."""
    for kind in KINDS:
        for npos_max in [2, 4, 9]:  # 2 and 4 are reached, 9 is not
            case = Case(f"cope {npos_max}", kind, per_row=npos_max == 4, layer=1)
            parameters = {f"table.{s}": case.draw(npos_max, h) for s in range(case.sites())}
            e = parameters[f"table.{case.layer}"]

            def f(b, a, i, j):
                query, key = case.positions(b, i, j)
                place = 0.0
                for k in range(L):
                    _, between = case.positions(b, i, k)
                    if case.visible[b][0][i][k] and min(query, key) <= between <= max(query, key):
                        place += 1 / (1 + math.exp(-case.scale * dot(case.q[b][a][i], case.k[b][a][k])))
                place = min(place, npos_max - 1.0)
                low, high = math.floor(place), math.ceil(place)
                row = [(place - low) * u + (1 - place + low) * v for u, v in zip(e[high], e[low])]
                return dot(case.q[b][a][i], row)

            yield case.json({"npos_max": npos_max}, parameters, {"bias": case.bias(f)})


def time2vec():
    """arXiv:1907.05321, equation 1."""
    for concat in [False, True]:
        case = Case("time2vec", "full")
        unit_days = 100.0
        parameters = {"slope": [1 / 256], "offset": [case.draw()], "frequency": case.draw(D - 1, scale=1000),
                      "phase": case.draw(D - 1, scale=3)}
        if concat:
            parameters["projection.weight"], parameters["projection.bias"] = case.draw(D, 2 * D), case.draw(D)
        y = []
        for b in range(B):
            y.append([])
            for slot in range(L):
                t = case.key_time[b][slot] / DAY / unit_days
                e = [parameters["slope"][0] * t + parameters["offset"][0]]
                e += [math.sin(w * t + p) for w, p in zip(parameters["frequency"], parameters["phase"])]
                x = case.x[b][slot]
                if concat:
                    y[b].append([dot(x + e, row) + bias
                                 for row, bias in zip(parameters["projection.weight"], parameters["projection.bias"])])
                else:
                    y[b].append([u + v for u, v in zip(x, e)])
        yield case.json({"concat": concat, "unit_days": unit_days}, parameters, {"input": y})


def time_intervals():
    """doi:10.1145/3336191.3371786, section 3.3 to 3.5: equations of the relations, the logits and the context."""
    for kind in KINDS:
        for max_interval, positions in [(6, True), (100, False)]:
            case = Case(f"time intervals {max_interval}", kind, layer=1, per_row=kind == "full")
            names = ["key_intervals", "value_intervals"]
            parameters = {name: case.draw(max_interval + 1, D) for name in names}
            if positions:
                parameters.update({name: case.draw(MAX_LEN + 1, D) for name in ["key_positions", "value_positions"]})

            def relation(b, i, j):
                seen = [case.key_time[b][k] for k in range(L) if case.visible[b][0][i][k]]
                gaps = [abs(s - t) for s in seen for t in seen if s != t]
                return min(max_interval, abs(case.query_time[b][i] - case.key_time[b][j]) // (min(gaps) if gaps else 1))

            def row(which, b, a, i, j):
                """The head's columns of interval row plus position row."""
                columns = slice(a * h, (a + 1) * h)
                found = parameters[which + "_intervals"][relation(b, i, j)][columns]
                if positions:
                    _, key = case.positions(b, i, j)
                    found = [u + v for u, v in zip(found, parameters[which + "_positions"][key][columns])]
                return found

            bias = case.bias(lambda b, a, i, j: case.scale * dot(case.q[b][a][i], row("key", b, a, i, j)))

            def context(b, a, i, column):
                return math.fsum(case.probs[b][a][i][j] * row("value", b, a, i, j)[column]
                                 for j in range(L) if case.visible[b][0][i][j])

            value = table4(B, H, case.queries, h, context)
            yield case.json({"max_interval": max_interval, "positions": positions}, parameters, {"bias": bias, "value": value})


def rotary_time():
    """arXiv:2104.09864, equation 15 as a complex product, by the time in units as in arXiv:2405.06985."""
    for kind in KINDS:
        base, hours = 100.0, 1.0
        case = Case("rotary time", kind, layer=1)

        def turned(x, time):
            def f(b, a, i, column):
                pair = column % (h // 2)
                angle = time[b][i] / (3600 * hours) * base ** (-2 * pair / h)
                z = complex(x[b][a][i][pair], x[b][a][i][pair + h // 2]) * complex(math.cos(angle), math.sin(angle))
                return z.real if column < h // 2 else z.imag

            return table4(B, H, len(x[0][0]), h, f)

        outputs = {"q": turned(case.q, case.query_time), "k": turned(case.k, case.key_time)}
        yield case.json({"base": base, "unit_days": hours / 24}, {}, outputs)


def xpos():
    """arXiv:2212.10554, algorithm 1: pairs as complex numbers times zeta^(n / B) e^(i n theta), for keys with 1 / zeta."""
    for kind in KINDS:
        base, gamma, scale_base = 100.0, 0.3, 8.0
        case = Case("xpos", kind, per_row=kind == "full", layer=1)

        def turned(x, position, sign):
            def f(b, a, i, column):
                pair = column // 2
                place = position[b % len(position)][i]
                zeta = (2 * pair / h + gamma) / (1 + gamma)
                factor = cmath.rect(zeta ** (sign * place / scale_base), place * base ** (-2 * pair / h))
                z = complex(x[b][a][i][2 * pair], x[b][a][i][2 * pair + 1]) * factor
                return z.imag if column % 2 else z.real

            return table4(B, H, len(x[0][0]), h, f)

        outputs = {"q": turned(case.q, case.query_position, 1), "k": turned(case.k, case.key_position, -1)}
        yield case.json({"base": base, "gamma": gamma, "scale_base": scale_base}, {}, outputs)


def dape():
    """arXiv:2405.14722, equation of A + B + f(A, B): an MLP over the logits and biases of all heads of a pair."""
    width = 3
    for kind in KINDS:
        case = Case("dape", kind, per_row=kind == "full", layer=1)
        parameters = {}
        for s in range(case.sites()):
            parameters[f"a1.{s}"], parameters[f"a2.{s}"] = case.draw(H, 1, 1), case.draw(H, 1, 1)
            parameters[f"hidden.{s}.weight"], parameters[f"hidden.{s}.bias"] = case.draw(width, 2 * H), case.draw(width)
            parameters[f"out.{s}.weight"], parameters[f"out.{s}.bias"] = case.draw(H, width), case.draw(H)
        p = {name: parameters[name.format(case.layer)]
             for name in ["a1.{}", "a2.{}", "hidden.{}.weight", "hidden.{}.bias", "out.{}.weight", "out.{}.bias"]}

        def fixed(b, a, i, j):
            query, key = case.positions(b, i, j)
            r1, r2 = (math.log(1 + math.exp(p[name][a][0][0])) for name in ("a1.{}", "a2.{}"))
            return -r1 * math.log(1 + r2 * abs(key - query))

        def f(b, a, i, j):
            z = [case.scale * dot(case.q[b][e][i], case.k[b][e][j]) for e in range(H)]
            z += [fixed(b, e, i, j) for e in range(H)]
            hidden = [dot(z, row) + bias for row, bias in zip(p["hidden.{}.weight"], p["hidden.{}.bias"])]
            leaky = [u if u > 0 else 0.01 * u for u in hidden]
            return fixed(b, a, i, j) + dot(leaky, p["out.{}.weight"][a]) + p["out.{}.bias"][a]

        yield case.json({"width": width}, parameters, {"bias": case.bias(f)})


def head_scale():
    """arXiv:2404.12224, section 4: the logits of a head by its scale, here as the scale of its queries."""
    for kind in KINDS:
        case = Case("head scale", kind, layer=1)
        parameters = {f"scale.{s}": case.draw(H, 1, 1, shift=1.5) for s in range(case.sites())}
        scale = parameters[f"scale.{case.layer}"]
        q = table4(B, H, case.queries, h, lambda b, a, i, column: scale[a][0][0] * case.q[b][a][i][column])
        yield case.json({}, parameters, {"q": q})


def encoded_input(case, e):
    """x of every slot plus e(its position)."""
    return [[[u + v for u, v in zip(case.x[b][slot], e(case.key_position[b % len(case.key_position)][slot]))]
             for slot in range(L)] for b in range(B)]


def fourier():
    """arXiv:2106.02795, algorithm 1, with the tanh form of GELU."""
    n, width = 3, 5
    for per_row in [False, True]:
        case = Case("fourier", "full", per_row=per_row)
        parameters = {"frequency": case.draw(n, scale=2), "hidden.weight": case.draw(width, 2 * n), "hidden.bias": case.draw(width),
                      "out.weight": case.draw(D, width), "out.bias": case.draw(D)}

        def layer(name, values):
            return [dot(values, row) + bias for row, bias in zip(parameters[name + ".weight"], parameters[name + ".bias"])]

        def gelu(u):
            return 0.5 * u * (1 + math.tanh(math.sqrt(2 / math.pi) * (u + 0.044715 * u ** 3)))

        def e(position):
            waves = [f(position * w) / math.sqrt(2 * n) for f in (math.cos, math.sin) for w in parameters["frequency"]]
            return layer("out", [gelu(u) for u in layer("hidden", waves)])

        yield case.json({"frequencies": n, "width": width}, parameters, {"input": encoded_input(case, e)})


def cape():
    """arXiv:2106.03143 in evaluation: sinusoids of the positions as they are. cape_test.cc has the augmentation."""
    for per_row in [False, True]:
        case = Case("cape", "full", per_row=per_row)

        def e(position):
            return [f(position * 10000 ** (-2 * k / D)) for k in range(D // 2) for f in (math.sin, math.cos)]

        yield case.json({}, {}, {"input": encoded_input(case, e)})


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def fox():
    """arXiv:2503.02130, section 3: weights times the product of the forget gates between key and query."""
    for kind in ["causal", "cross"]:
        case = Case("fox", kind, layer=1, per_row=kind == "cross")
        case.draw_hidden()
        parameters = {}
        for s in range(case.sites()):
            parameters[f"gate.{s}.weight"], parameters[f"gate.{s}.bias"] = case.draw(H, D), case.draw(H, 1, 1, shift=1.0)
        weight, bias = (parameters[f"gate.{case.layer}.{name}"] for name in ("weight", "bias"))

        def f(b, a, i, j):
            newest = i if kind == "causal" else L - 1
            gates = [sigmoid(dot(weight[a], case.key_hidden[b][l]) + bias[a][0][0]) for l in range(j + 1, newest + 1)]
            return math.log(math.prod(gates))

        yield case.json({}, parameters, {"bias": case.bias(f)})


def path():
    """arXiv:2505.16381, section 2: k_j^T H_{j+1} .. H_i q_i with H = I - beta w w^T, one transformation after the other."""
    for kind in ["causal", "cross"]:
        for rank, size in [(3, 3), (2, 1), (5, 7)]:  # 7 is longer than the window
            case = Case(f"path {rank}", kind, layer=1, per_row=size == 3)
            case.draw_hidden()
            parameters = {}
            for s in range(case.sites()):
                parameters[f"down.{s}"], parameters[f"up.{s}"] = case.draw(rank, D), case.draw(D, rank)
                parameters[f"filter.{s}"] = case.draw(size, H, 1, h)
                parameters[f"beta.{s}.weight"], parameters[f"beta.{s}.bias"] = case.draw(H, D), case.draw(H)
            down, up, taps = (parameters[f"{name}.{case.layer}"] for name in ("down", "up", "filter"))
            beta_weight, beta_bias = (parameters[f"beta.{case.layer}.{name}"] for name in ("weight", "bias"))

            def projected(b, a, l, column):
                if l < 0 or not case.mask[b][l]:
                    return 0.0
                return dot(up[a * h + column], [dot(row, case.key_hidden[b][l]) for row in down])

            def w(b, a, l):
                filtered = [math.fsum(taps[t][a][0][column] * projected(b, a, l - (size - 1 - t), column) for t in range(size))
                            for column in range(h)]
                bent = [x * sigmoid(x) for x in filtered]
                norm = math.sqrt(dot(bent, bent) + 1e-6)
                return [x / norm for x in bent]

            def f(b, a, i, j):
                newest, moved = i if kind == "causal" else L - 1, case.q[b][a][i]
                for l in range(newest, j, -1):
                    direction = w(b, a, l)
                    length = 2 * sigmoid(dot(beta_weight[a], case.key_hidden[b][l]) + beta_bias[a]) * dot(direction, moved)
                    moved = [x - length * y for x, y in zip(moved, direction)]
                return case.scale * (dot(moved, case.k[b][a][j]) - dot(case.q[b][a][i], case.k[b][a][j]))

            yield case.json({"rank": rank, "filter": size}, parameters, {"bias": case.bias(f)})


def main():
    folder = pathlib.Path(__file__).parent / "fixtures"
    for encoding in [alibi, t5, kerple, fire, cope, time2vec, time_intervals, rotary_time,
                     xpos, dape, head_scale, fourier, cape, fox, path]:
        cases = ",\n".join(json.dumps(case, separators=(",", ":")) for case in encoding())
        (folder / f"{encoding.__name__}.json").write_text("[\n" + cases + "\n]\n")


if __name__ == "__main__":
    main()
