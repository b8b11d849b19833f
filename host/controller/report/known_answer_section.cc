#include <fmt/format.h>

#include <utility>

#include "host/controller/report/analysis.h"
#include "host/controller/report/metric_names.h"
#include "host/controller/report/sections.h"

namespace pebench::report {
namespace {

std::string share_text(const std::optional<ShareOfWorth>& share) {
  return share ? fmt::format("{:.0f} %", 100 * share->value) : "n/a";
}

std::string share_tail(const std::optional<ShareOfWorth>& share) {
  if (!share || !share->interval) return "";
  return fmt::format(" [{:.0f}, {:.0f}]", 100 * share->interval->low, 100 * share->interval->high);
}

Row reference(const char* name, double value) {
  Row row;
  row.cells = {{name}, {fmt::format("{:.4f}", value)}, {}, {}};
  row.tone = Row::Tone::reference;
  return row;
}

TableBlock table_of(const KnownAnswer& answer, const std::string& metric) {
  TableBlock table{fmt::format("of what can be reached: {}", title_of(answer.dataset, answer.sweep)),
                   {{"", true}, {metric_title(metric)}, {"of the order's worth"}, {"of the times' worth"}},
                   {}};
  for (const EncodingShares& shares : answer.encodings) {
    Row row;
    row.cells = {{shares.encoding},
                 {shares.mean ? fmt::format("{:.4f}", *shares.mean) : "n/a"},
                 {share_text(shares.order), share_tail(shares.order)},
                 {share_text(shares.times), share_tail(shares.times)}};
    table.rows.push_back(std::move(row));
  }
  table.rows.push_back(reference("the best who knows order and times", answer.best));
  table.rows.push_back(reference("the order alone", answer.without_times));
  table.rows.push_back(reference("the times alone", answer.without_order));
  table.rows.push_back(reference("neither", answer.without_both));
  if (answer.chance) table.rows.push_back(reference("chance", *answer.chance));
  return table;
}

}  // namespace

Document known_answer_section(const SuiteReport& report) {
  Document document;
  bool exact = true;
  for (const KnownAnswer& answer : report.known_answers) {
    document.push_back(table_of(answer, report.study.lock.primary));
    exact = exact && answer.exact;
  }
  if (document.empty()) return document;
  document.push_back(
      Paragraph{fmt::format("share of the order's worth: (encoding - the times alone) / (best - the times "
                            "alone), with the {:.0f} % "
                            "interval of its mean over seeds; of the times' worth likewise with the order "
                            "alone; n/a where the worth "
                            "is below {}. The data are generated, and the best knows the generator",
                            100 * confidence, least_worth)});
  if (!exact)
    document.push_back(Paragraph{
        "what is known without order or times was sampled in part: its best is a little more, if anything"});
  return document;
}

}  // namespace pebench::report
