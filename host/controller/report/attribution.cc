#include "host/controller/report/attribution.h"

#include <algorithm>

#include "host/controller/stats/deviation_ratio.h"
#include "host/controller/stats/holm.h"
#include "host/controller/stats/summary.h"

namespace pebench::report {
namespace {

constexpr std::uint64_t swaps_seed = 0;

struct VariantTables {
  std::string dataset;
  nlohmann::json sweep;
  std::vector<const TrialTable*> tables;  ///< one per variant
};

std::vector<VariantTables> tables_with_variants(const Study& study) {
  std::vector<VariantTables> all;
  for (const TrialTable& table : study.tables) {
    if (!table.sweep.contains(variant_label)) continue;
    nlohmann::json rest = table.sweep;
    rest.erase(variant_label);
    auto found = std::find_if(all.begin(), all.end(), [&](const VariantTables& other) {
      return other.dataset == table.dataset && other.sweep == rest;
    });
    if (found == all.end()) found = all.insert(found, {table.dataset, rest, {}});
    found->tables.push_back(&table);
  }
  return all;
}

Attribution attributed(const VariantTables& from, const std::string& metric) {
  const results::Judgement keep_all{0.05, 0.005, false};
  const std::size_t encodings = from.tables.front()->encodings.size();
  Attribution attribution{from.dataset, from.sweep, {}, {}, {}, {}};
  for (const EncodingTrials& trials : from.tables.front()->encodings)
    attribution.encodings.push_back(trials.encoding);

  std::vector<std::vector<double>> values;  // [variant * encodings + encoding][seed]
  std::vector<stats::Pair> pairs;           // each with its encoding under the reference
  for (std::size_t v = 0; v < from.tables.size(); ++v) {
    const TrialTable& table = *from.tables[v];
    attribution.variants.push_back(table.sweep.at(variant_label));
    attribution.chance.push_back(chance_of(table, metric));
    attribution.cells.emplace_back();
    for (std::size_t e = 0; e < encodings; ++e) {
      if (v > 0) pairs.push_back({values.size(), e});
      values.push_back(series(table.encodings[e], metric, keep_all));
      const std::vector<double> finished = stats::without_failed(values.back());
      AttributionCell cell;
      cell.seeds = finished.size();
      if (!finished.empty()) cell.mean = stats::mean(finished);
      if (finished.size() > 1) cell.deviation = stats::standard_deviation(finished);
      attribution.cells.back().push_back(cell);
    }
  }
  const auto tests = stats::deviation_ratio_test({values}, pairs, swaps_seed);
  // Holm rather than max-T: an encoding that hardly deviates under a variant has a ratio that swaps throw far
  // about, and the largest ratio over all hypotheses would be its.
  std::vector<double> alone;
  for (const stats::TestResult& test : tests[0]) alone.push_back(test.p);
  const std::vector<double> adjusted = stats::holm(alone);
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    AttributionCell& cell = attribution.cells[1 + p / encodings][p % encodings];
    const AttributionCell& reference = attribution.cells[0][p % encodings];
    cell.test = tests[0][p];
    cell.test.adjusted_p = adjusted[p];
    if (cell.deviation && reference.deviation && *reference.deviation > 0)
      cell.ratio = *cell.deviation / *reference.deviation;
  }
  return attribution;
}

}  // namespace

std::vector<Attribution> attribute(const Study& study) {
  std::vector<Attribution> attributions;
  for (const VariantTables& tables : tables_with_variants(study))
    if (tables.tables.size() > 1) attributions.push_back(attributed(tables, study.lock.primary));
  return attributions;
}

}  // namespace pebench::report
