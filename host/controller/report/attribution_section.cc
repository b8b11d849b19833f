#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "host/controller/report/sections.h"

namespace pebench::report {
namespace {

std::string scope_of(const Attribution& attribution) {
  return title_of(attribution.dataset, attribution.sweep);
}

std::vector<Column> columns_of(const Attribution& attribution) {
  std::vector<Column> columns = {{"variant", true}};
  for (const std::string& encoding : attribution.encodings) columns.push_back({encoding});
  return columns;
}

TableBlock deviations(const Attribution& attribution, const results::SuiteLock& lock) {
  TableBlock table{
      fmt::format("SD of {} across seeds, by variant: {}", measure_name(lock.primary), scope_of(attribution)),
      columns_of(attribution),
      {}};
  for (std::size_t v = 0; v < attribution.variants.size(); ++v) {
    Row row;
    row.cells = {{attribution.variants[v]}};
    for (const AttributionCell& entry : attribution.cells[v]) {
      Cell cell(entry.deviation ? fmt::format("{:.4f}", *entry.deviation) : "n/a");
      if (v > 0) cell.tail = fmt::format(" ({})", entry.ratio ? fmt::format("{:.1f}x", *entry.ratio) : "n/a");
      cell.significant = v > 0 && entry.test.adjusted_p <= lock.judgement.alpha;
      row.cells.push_back(cell);
    }
    if (v == 0) row.tone = Row::Tone::reference;
    table.rows.push_back(std::move(row));
  }
  return table;
}

TableBlock means(const Attribution& attribution, const results::SuiteLock& lock) {
  TableBlock table{fmt::format("mean {} by variant: {}", measure_name(lock.primary), scope_of(attribution)),
                   columns_of(attribution),
                   {}};
  table.columns.push_back({"chance"});
  for (std::size_t v = 0; v < attribution.variants.size(); ++v) {
    Row row;
    row.cells = {{attribution.variants[v]}};
    for (const AttributionCell& entry : attribution.cells[v])
      row.cells.push_back(entry.mean ? fmt::format("{:.4f}", *entry.mean) : "n/a");
    row.cells.push_back(fmt::format("{:.4f}", attribution.chance[v]));
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// The variant under which an encoding deviates most, where none was told from the reference.
std::string undecided(const Attribution& attribution, std::size_t encoding) {
  const AttributionCell* largest = nullptr;
  std::string variant;
  for (std::size_t v = 1; v < attribution.variants.size(); ++v) {
    const AttributionCell& cell = attribution.cells[v][encoding];
    if (!cell.ratio || (largest != nullptr && *cell.ratio <= *largest->ratio)) continue;
    largest = &cell;
    variant = attribution.variants[v];
  }
  const std::string none = fmt::format("no deviation is told from that under {}", attribution.variants[0]);
  if (largest == nullptr) return none;
  return fmt::format("{}; the largest is {:.1f}x, under {} (p {:.3f}, adjusted {:.3f})", none,
                     *largest->ratio, variant, largest->test.p, largest->test.adjusted_p);
}

/// The variants under which an encoding was told to deviate more, or less, than under the reference.
struct ToldApart {
  using Variants = std::vector<std::pair<double, std::string>>;  ///< ratio and "index 4.2x"
  Variants more, less;

  ToldApart(const Attribution& attribution, std::size_t encoding, double alpha) {
    const AttributionCell& reference = attribution.cells[0][encoding];
    for (std::size_t v = 1; v < attribution.variants.size(); ++v) {
      const AttributionCell& cell = attribution.cells[v][encoding];
      if (!cell.deviation || !reference.deviation || cell.test.adjusted_p > alpha) continue;
      // A ratio to an SD of 0 is none, and more than any.
      const double ratio = cell.ratio.value_or(std::numeric_limits<double>::infinity());
      (ratio > 1 ? more : less)
          .emplace_back(ratio, fmt::format("{} {}", attribution.variants[v],
                                           cell.ratio ? fmt::format("{:.1f}x", ratio) : "(n/a)"));
    }
    std::sort(more.rbegin(), more.rend());
    std::sort(less.begin(), less.end());
  }
};

std::string listed(const ToldApart::Variants& variants) {
  std::string list;
  for (const auto& [ratio, text] : variants) list += (list.empty() ? "" : ", ") + text;
  return list;
}

/// For each encoding, the variants under which it deviates more or less than under the reference, those
/// furthest from it first.
Document sentences(const Attribution& attribution, double alpha) {
  Document document;
  for (std::size_t e = 0; e < attribution.encodings.size(); ++e) {
    const ToldApart told(attribution, e, alpha);
    std::string sentence;
    if (!told.more.empty()) sentence = "deviates more under " + listed(told.more);
    if (!told.less.empty())
      sentence += (sentence.empty() ? "" : "; ") + ("deviates less under " + listed(told.less));
    if (sentence.empty()) sentence = undecided(attribution, e);
    document.push_back(Paragraph{fmt::format("{}: {}", attribution.encodings[e], sentence)});
  }
  return document;
}

}  // namespace

Document attribution_section(const SuiteReport& report) {
  Document document;
  const results::SuiteLock& lock = report.study.lock;
  for (const Attribution& attribution : report.attributions) {
    document.push_back(means(attribution, lock));
    document.push_back(deviations(attribution, lock));
    document.push_back(
        Paragraph{fmt::format("(ratio to the SD under {}); * differs from it at {} (swaps of centred "
                              "residuals, adjusted over variants and encodings); all trials "
                              "with a result",
                              attribution.variants.front(), lock.judgement.alpha)});
    for (Block& block : sentences(attribution, lock.judgement.alpha)) document.push_back(std::move(block));
  }
  return document;
}

}  // namespace pebench::report
