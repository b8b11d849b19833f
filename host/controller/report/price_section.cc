#include <fmt/format.h>

#include "host/controller/report/metric_names.h"
#include "host/controller/report/sections.h"

namespace pebench::report {
namespace {

/// Four digits of whatever size: 0.01234, 1.234, 123.4.
std::string milliseconds(double seconds) { return fmt::format("{:.4g}", 1000 * seconds); }

std::string ratio_interval(const stats::Interval& interval) {
  return fmt::format("[{:.2f}, {:.2f}]", interval.low, interval.high);
}

std::string users_text(std::int64_t batch) { return fmt::format("{} user{}", batch, batch == 1 ? "" : "s"); }

/// The median, and beside it how many times the baseline's it is.
Cell beside_baseline(const OperationPrice* price) {
  if (price == nullptr) return {"n/a"};
  Cell cell(milliseconds(price->median), price->ratio ? fmt::format(" ×{:.2f}", price->ratio->ratio) : "");
  cell.significant = price->ratio && price->ratio->pace != Pace::within_noise;
  return cell;
}

/// Median, ratio, its interval, and what it says.
void add_compared(Row& row, const OperationPrice* price) {
  row.cells.emplace_back(price != nullptr ? milliseconds(price->median) : "n/a");
  const bool compared = price != nullptr && price->ratio;
  row.cells.emplace_back(compared ? fmt::format("{:.2f}", price->ratio->ratio) : "");
  row.cells.emplace_back(compared ? ratio_interval(price->ratio->interval) : "");
  row.cells.emplace_back(compared ? name_of(price->ratio->pace) : "");
}

TableBlock times_of(const Price& price, std::int64_t batch, std::int64_t length,
                    const std::string& baseline) {
  TableBlock table;
  table.title = fmt::format("what an encoding costs in milliseconds: {}, {}, windows of {}",
                            title_of(price.dataset, price.sweep), users_text(batch), length);
  table.columns = {
      {"encoding", true},  {"forward"}, {"backward"}, {"step"},    {"step/" + baseline},    {"95 % interval"},
      {"step is", true},   {"IQR"},     {"p95"},      {"ranking"}, {"ranking/" + baseline}, {"95 % interval"},
      {"ranking is", true}};
  for (const EncodingPrice& encoding : price.encodings) {
    const auto* step = encoding.find("step", batch, length);
    Row row;
    row.cells = {{encoding.encoding},
                 beside_baseline(encoding.find("forward", batch, length)),
                 beside_baseline(encoding.find("backward", batch, length))};
    add_compared(row, step);
    row.cells.emplace_back(step != nullptr ? milliseconds(step->quartiles.high - step->quartiles.low)
                                           : "n/a");
    row.cells.emplace_back(step != nullptr ? milliseconds(step->p95) : "n/a");
    add_compared(row, encoding.find("ranking", batch, length));
    if (encoding.encoding == baseline) row.tone = Row::Tone::reference;
    table.rows.push_back(std::move(row));
  }
  return table;
}

Cell with_interval(const std::optional<double>& value, const std::optional<stats::Interval>& interval) {
  if (!value) return {"n/a"};
  return {fmt::format("{:.4f}", *value), interval ? " " + interval_text(*interval) : ""};
}

/// Quality and deviation beside what they cost, for the largest batch and window.
TableBlock worth_of(const Price& price, const std::string& metric, const std::string& baseline) {
  const auto [batch, length] = price.sizes.back();
  const std::string name = measure_name(metric);
  TableBlock table;
  table.title = fmt::format("what an encoding is worth: {}, times for {} and windows of {}",
                            title_of(price.dataset, price.sweep), users_text(batch), length);
  table.columns = {{"encoding", true}, {name},         {"SD"},         {"step, ms"},       {"ranking, ms"},
                   {"peak, MiB"},      {"parameters"}, {name + "/ms"}, {name + "/million"}};
  for (const EncodingPrice& encoding : price.encodings) {
    const auto* step = encoding.find("step", batch, length);
    Row row;
    row.cells = {
        {encoding.encoding},
        with_interval(encoding.mean, encoding.mean_interval),
        with_interval(encoding.deviation, encoding.deviation_interval),
        beside_baseline(step),
        beside_baseline(encoding.find("ranking", batch, length)),
        {encoding.memory ? fmt::format("{:.0f}", *encoding.memory / 1048576) : "n/a"},
        {encoding.parameters ? std::to_string(*encoding.parameters) : "n/a"},
        {encoding.mean && step != nullptr ? fmt::format("{:.4g}", *encoding.mean / (1000 * step->median))
                                          : "n/a"},
        {encoding.mean && encoding.parameters
             ? fmt::format("{:.4g}", 1e6 * *encoding.mean / static_cast<double>(*encoding.parameters))
             : "n/a"}};
    if (encoding.encoding == baseline) row.tone = Row::Tone::reference;
    table.rows.push_back(std::move(row));
  }
  return table;
}

Paragraph legend(const SuiteReport& report) {
  std::size_t repetitions = 0;
  for (const EncodingPrice& encoding : report.prices.front().encodings)
    for (const OperationPrice& price : encoding.operations)
      repetitions = std::max(repetitions, price.repetitions);
  const std::string& baseline = report.study.lock.baseline;
  return {fmt::format(
      "milliseconds: median of {} repetitions, those of all encodings in turns drawn at random; forward: "
      "the loss of a batch, backward: its gradients, step: both and the optimiser, ranking: scores of all "
      "items for the users; windows are full; ×: times {}'s; ratios by Hodges and Lehmann with Moses' 95 % "
      "interval, and so not the quotients of the medians; slower, faster and *: the interval leaves out all "
      "within {:.0f} % of 1, else within noise, "
      "each comparison for itself; peak: memory of a trial's program at its most, mean; {}/ms: per "
      "millisecond of a step; /million: per million parameters of the whole model; failed trials count at "
      "chance",
      repetitions, baseline, 100 * noise, measure_name(report.study.lock.primary))};
}

std::string machine_of(const Price& price) {
  return fmt::format("{}: measured on {} ({}), {} thread{}, {}, {} time; comparable with no other machine",
                     title_of(price.dataset, price.sweep), price.run.host, price.run.cpu, price.run.threads,
                     price.run.threads == 1 ? "" : "s", price.run.blas, price.clock);
}

}  // namespace

Document price_section(const SuiteReport& report) {
  Document document;
  const results::SuiteLock& lock = report.study.lock;
  for (const Price& price : report.prices) {
    for (const auto& [batch, length] : price.sizes)
      document.push_back(times_of(price, batch, length, lock.baseline));
    document.push_back(worth_of(price, lock.primary, lock.baseline));
    document.push_back(Paragraph{machine_of(price)});
  }
  if (!document.empty()) document.push_back(legend(report));
  return document;
}

}  // namespace pebench::report
