// Keys that a query may not see.

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "host/worker/backbone/attention_weights.h"
#include "host/worker/check/agreement.h"
#include "host/worker/check/long_checks.h"
#include "host/worker/check/probe.h"

namespace pebench::check {
namespace {

using Name = Field::Name;

/// Whether query i may see key j: always key i, and of the others some; where the encoder claims
/// PEB_IS_CAUSAL those before it, as such encoders are promised.
struct Pattern {
  bool causal;
  std::int64_t keys;

  bool sees(std::int64_t query, std::int64_t key) const {
    return causal ? key <= query % keys : (query + 2 * key) % 3 != 1;
  }
  Indices hidden_from(std::int64_t query) const {
    Indices hidden;
    for (std::int64_t key = 0; key < keys; ++key)
      if (!sees(query, key)) hidden.push_back(key);
    return hidden;
  }
  /// bool [1, 1, queries, keys]
  Tensor visible(std::int64_t queries) const {
    Tensor visible = at::zeros({1, 1, queries, keys}, at::kBool);
    for (std::int64_t i = 0; i < queries; ++i)
      for (std::int64_t j = 0; j < keys; ++j) visible[0][0][i][j] = sees(i, j);
    return visible;
  }
};

/// One query's own row of every bias, at the keys that it sees, and of every value.
Outputs as_seen_by(std::int64_t query, const Outputs& outputs, const Pattern& pattern) {
  Outputs rows;
  for (const auto& output : outputs) {
    if (output.kind != Output::Kind::bias && output.kind != Output::Kind::value) continue;
    if (query >= output.value.size(2)) continue;
    Tensor row = output.value.narrow(2, query, 1);
    if (output.kind == Output::Kind::bias)
      row = row.masked_fill(pattern.visible(query + 1).narrow(2, query, 1).logical_not(), 0.0);
    rows.push_back({output.kind, output.place, row, {}});
  }
  return rows;
}

}  // namespace

Finding visible_keys(const Subject& subject) {
  const Sizes sizes = served_sizes(subject);
  Probe probe(subject, sizes);
  Inputs inputs = make_inputs(sizes, subject.seed);
  const Pattern pattern{probe.has_flag(PEB_IS_CAUSAL), sizes.length};
  for (auto& call : inputs.sites) {
    call.site.visible = pattern.visible(call.site.q.size(2)).repeat({sizes.batch, 1, 1, 1});
    call.site.probs = backbone::attention_weights(call.site.logits, call.site.visible);
  }
  const Outputs expected = probe.run(inputs);
  for (std::int64_t query = 0; query < std::max(sizes.length, sizes.candidates); ++query) {
    const Inputs changed =
        replace(inputs, others(sizes, subject), {Name::k, Name::v, Name::logits, Name::hidden, Name::time},
                Axis::slot, pattern.hidden_from(query));
    const Finding found =
        agreement(as_seen_by(query, probe.run(changed), pattern), as_seen_by(query, expected, pattern),
                  fmt::format("query {} with two contents of the keys it may not see", query));
    if (failed(found)) return found;
  }
  return {};
}

namespace {

/// Lowers all keys of even queries and every other key of odd ones.
Tensor lowered(const backbone::Site& site, double by) {
  const std::int64_t queries = site.q.size(2), keys = site.k.size(2);
  Tensor low = at::zeros({queries, keys}, at::kDouble);
  for (std::int64_t i = 0; i < queries; ++i)
    for (std::int64_t j = 0; j < keys; ++j)
      if (i % 2 == 0 || (i + j) % 4 == 1) low[i][j] = by;
  return low;
}

/// What is wrong with a query's weights: each a number, together 1, and 0 where it may not see.
std::string weighs_hidden_keys(const Probe::Attended& site, const Pattern& pattern) {
  const Tensor hidden = pattern.visible(site.weights.size(2)).logical_not();
  const Tensor total = site.weights.sum(-1);
  if (!at::allclose(total, at::ones_like(total), 0.0, tolerance))
    return site.place + ": the weights of a query do not sum to 1";
  const double most = site.weights.masked_select(hidden).abs().max().item<double>();
  return most == 0.0 ? std::string() : fmt::format("{}: a hidden key weighs {:g}", site.place, most);
}

}  // namespace

Finding hidden_keys(const Subject& subject) {
  const Sizes sizes = served_sizes(subject);
  Probe probe(subject, sizes);
  Inputs inputs = make_inputs(sizes, subject.seed);
  const Pattern pattern{probe.has_flag(PEB_IS_CAUSAL), sizes.length};
  for (auto& call : inputs.sites)
    call.site.visible = pattern.visible(call.site.q.size(2)).repeat({sizes.batch, 1, 1, 1});
  for (const double low : {-1e30, -std::numeric_limits<double>::infinity()}) {
    const auto attend = [&](const Inputs& given) {
      return probe.attend(given, [low](const backbone::Site& site) { return lowered(site, low); });
    };
    const auto expected = attend(inputs);
    for (const auto& site : expected)
      if (const std::string found = weighs_hidden_keys(site, pattern); !found.empty())
        return fail(fmt::format("with {:g} added to the bias of visible keys, {}", low, found));
    for (std::int64_t query = 0; query < std::max(sizes.length, sizes.candidates); ++query) {
      const Inputs changed =
          replace(inputs, others(sizes, subject), {Name::k, Name::v, Name::hidden, Name::time}, Axis::slot,
                  pattern.hidden_from(query));
      const auto found = attend(changed);
      Outputs rows, expected_rows;
      for (std::size_t s = 0; s < found.size(); ++s) {
        if (query >= found[s].y.size(1)) continue;
        rows.push_back({Output::Kind::output, found[s].place, found[s].y.narrow(1, query, 1), {}});
        expected_rows.push_back(
            {Output::Kind::output, found[s].place, expected[s].y.narrow(1, query, 1), {}});
      }
      const Finding same = agreement(
          rows, expected_rows,
          fmt::format("with {:g} added to the bias of visible keys, query {} with two contents of the hidden "
                      "ones",
                      low, query));
      if (failed(same)) return same;
    }
  }
  return {};
}

}  // namespace pebench::check
