#include "host/controller/report/attribution.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/controller/stats/holm.h"
#include "host/controller/stats/summary.h"

namespace pebench::report {
namespace {

constexpr std::uint64_t exchanges_seed = 0;

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

/// NaN on all seeds where the table does not have the encoding.
std::vector<double> series_of(const std::string& encoding, const TrialTable& table,
                              const std::string& metric) {
  for (const EncodingTrials& trials : table.encodings)
    if (trials.encoding == encoding)
      return series(trials, metric, chance_of(table, metric), Failed::at_chance);
  return std::vector<double>(table.seeds.size(), std::numeric_limits<double>::quiet_NaN());
}

AttributionCell summarised(const std::vector<double>& values) {
  const std::vector<double> known = stats::without_failed(values);
  AttributionCell cell;
  cell.seeds = known.size();
  if (!known.empty()) cell.mean = stats::mean(known);
  if (known.size() > 1) cell.deviation = stats::standard_deviation(known);
  return cell;
}

/// Variants share their seeds; where a table lacks some, the others are compared.
void compare_with_reference(const std::vector<double>& reference, const std::vector<double>& values,
                            AttributionCell& cell) {
  if (reference.size() != values.size()) return;
  cell.ratio = stats::test_deviations(values, reference, stats::Design::paired, exchanges_seed);
  std::size_t common = 0;
  for (std::size_t s = 0; s < values.size(); ++s)
    common += !std::isnan(values[s]) && !std::isnan(reference[s]);
  cell.strength = stats::strength_on_stability(common);
}

void conclude(Attribution& attribution, double alpha) {
  std::vector<AttributionCell*> tested;
  std::vector<double> alone;
  for (auto& variant : attribution.cells)
    for (AttributionCell& cell : variant)
      if (cell.ratio) {
        tested.push_back(&cell);
        alone.push_back(cell.ratio->p);
      }
  const std::vector<double> adjusted = stats::holm(alone);
  for (std::size_t i = 0; i < tested.size(); ++i) {
    AttributionCell& cell = *tested[i];
    cell.adjusted_p = adjusted[i];
    if (cell.strength != stats::Strength::none)
      cell.stability = stats::stability(cell.ratio->ratio, cell.adjusted_p, alpha);
  }
}

Attribution attributed(const VariantTables& from, const results::SuiteLock& lock) {
  Attribution attribution{from.dataset, from.sweep, {}, {}, {}, {}};
  for (const EncodingTrials& trials : from.tables.front()->encodings)
    attribution.encodings.push_back(trials.encoding);
  for (std::size_t v = 0; v < from.tables.size(); ++v) {
    const TrialTable& table = *from.tables[v];
    attribution.variants.push_back(table.sweep.at(variant_label));
    attribution.chance.push_back(chance_of(table, lock.primary));
    attribution.cells.emplace_back();
    for (const std::string& encoding : attribution.encodings) {
      const std::vector<double> values = series_of(encoding, table, lock.primary);
      AttributionCell cell = summarised(values);
      if (v > 0)
        compare_with_reference(series_of(encoding, *from.tables.front(), lock.primary), values, cell);
      attribution.cells.back().push_back(cell);
    }
  }
  conclude(attribution, lock.judgement.alpha);
  return attribution;
}

}  // namespace

std::vector<Attribution> attribute(const Study& study) {
  std::vector<Attribution> attributions;
  for (const VariantTables& tables : tables_with_variants(study))
    if (tables.tables.size() > 1) attributions.push_back(attributed(tables, study.lock));
  return attributions;
}

}  // namespace pebench::report
