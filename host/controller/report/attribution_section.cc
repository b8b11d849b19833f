#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "host/controller/report/metric_names.h"
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

std::string ratio_text(const AttributionCell& cell) {
  if (!cell.ratio) return "n/a";
  return std::isfinite(cell.ratio->ratio) ? fmt::format("{:.1f}x", cell.ratio->ratio) : "from 0";
}

TableBlock deviations(const Attribution& attribution, const results::SuiteLock& lock) {
  TableBlock table{
      fmt::format("SD of {} across seeds, by variant: {}", metric_title(lock.primary), scope_of(attribution)),
      columns_of(attribution),
      {}};
  for (std::size_t v = 0; v < attribution.variants.size(); ++v) {
    Row row;
    row.cells = {{attribution.variants[v]}};
    for (const AttributionCell& entry : attribution.cells[v]) {
      Cell cell(entry.deviation ? fmt::format("{:.4f}", *entry.deviation) : "n/a");
      if (v > 0) cell.tail = fmt::format(" ({})", ratio_text(entry));
      cell.significant = entry.stability != stats::Stability::undecided;
      row.cells.push_back(cell);
    }
    if (v == 0) row.tone = Row::Tone::reference;
    table.rows.push_back(std::move(row));
  }
  return table;
}

TableBlock means(const Attribution& attribution, const results::SuiteLock& lock) {
  TableBlock table{fmt::format("mean {} by variant: {}", metric_title(lock.primary), scope_of(attribution)),
                   columns_of(attribution),
                   {}};
  table.columns.push_back({"chance"});
  for (std::size_t v = 0; v < attribution.variants.size(); ++v) {
    Row row;
    row.cells = {{attribution.variants[v]}};
    for (const AttributionCell& entry : attribution.cells[v])
      row.cells.push_back(entry.mean ? fmt::format("{:.4f}", *entry.mean) : "n/a");
    row.cells.push_back(attribution.chance[v] ? fmt::format("{:.4f}", *attribution.chance[v]) : "n/a");
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// The variant under which an encoding deviates most, where none was told from the reference.
std::string undecided(const Attribution& attribution, std::size_t encoding) {
  const AttributionCell* largest = nullptr;
  std::string variant;
  bool enough = false;
  for (std::size_t v = 1; v < attribution.variants.size(); ++v) {
    const AttributionCell& cell = attribution.cells[v][encoding];
    if (!cell.ratio) continue;
    enough = enough || cell.strength != stats::Strength::none;
    if (largest != nullptr && cell.ratio->ratio <= largest->ratio->ratio) continue;
    largest = &cell;
    variant = attribution.variants[v];
  }
  if (largest == nullptr || !enough) return "too few seeds";
  return fmt::format(
      "no deviation is told from that under {}; the largest is {}, under {} (p {}, adjusted {})",
      attribution.variants[0], ratio_text(*largest), variant, p_text(largest->ratio->p),
      p_text(largest->adjusted_p));
}

/// The variants under which an encoding was told to deviate more, or less, than under the reference.
struct ToldApart {
  using Variants = std::vector<std::pair<double, std::string>>;  ///< ratio and "index 4.2x"
  Variants more, less;
  bool exploratory = false;

  ToldApart(const Attribution& attribution, std::size_t encoding) {
    for (std::size_t v = 1; v < attribution.variants.size(); ++v) {
      const AttributionCell& cell = attribution.cells[v][encoding];
      if (cell.stability == stats::Stability::undecided) continue;
      exploratory = exploratory || cell.strength == stats::Strength::exploratory;
      (cell.stability == stats::Stability::deviates_more ? more : less)
          .emplace_back(cell.ratio->ratio, attribution.variants[v] + " " + ratio_text(cell));
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
Document sentences(const Attribution& attribution) {
  Document document;
  for (std::size_t e = 0; e < attribution.encodings.size(); ++e) {
    const ToldApart told(attribution, e);
    std::string sentence;
    if (!told.more.empty()) sentence = "deviates more under " + listed(told.more);
    if (!told.less.empty())
      sentence += (sentence.empty() ? "" : "; ") + ("deviates less under " + listed(told.less));
    if (sentence.empty())
      sentence = undecided(attribution, e);
    else if (told.exploratory)
      sentence += " (exploratory)";
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
    document.push_back(Paragraph{fmt::format(
        "(ratio of mean |x - median| to that under {}); * another deviation than there at {} (exchanges of "
        "centred residuals, Holm over variants and encodings), from {} seeds on",
        attribution.variants.front(), lock.judgement.alpha, stats::seeds_for(stats::Evidence::means))});
    for (Block& block : sentences(attribution)) document.push_back(std::move(block));
  }
  return document;
}

}  // namespace pebench::report
