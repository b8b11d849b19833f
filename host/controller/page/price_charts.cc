// What quality comes with: deviation, seconds, memory, parameters, and times that were measured for it.

#include <fmt/format.h>

#include "host/controller/page/charts.h"
#include "host/controller/report/metric_names.h"

namespace pebench::page {
namespace {

/// What an encoding costs, with its name on the axis.
struct Price {
  const char* name;
  bool logarithmic;
  std::optional<double> (*of)(const report::EncodingAnalysis&, const report::EncodingRow&);
};

const Price prices[] = {
    {"SD over seeds", false,
     [](const report::EncodingAnalysis& analysis, const report::EncodingRow&) {
       return analysis.deviation.sd;
     }},
    {"seconds a trial", true,
     [](const report::EncodingAnalysis&, const report::EncodingRow& row) { return row.seconds; }},
    {"parameters", true,
     [](const report::EncodingAnalysis&, const report::EncodingRow& row) {
       return row.parameters ? std::optional(static_cast<double>(*row.parameters)) : std::nullopt;
     }},
};

/// What an encoding costs in a measurement, for its largest batch and window; nothing where it is not known.
struct MeasuredPrice {
  const char* name;
  bool logarithmic;
  std::optional<double> (*of)(const report::EncodingPrice&, std::int64_t batch, std::int64_t length);
};

std::optional<double> milliseconds(const report::OperationPrice* price) {
  return price != nullptr ? std::optional(1000 * price->median) : std::nullopt;
}

const MeasuredPrice measured_prices[] = {
    {"milliseconds of a training step", true,
     [](const report::EncodingPrice& encoding, std::int64_t batch, std::int64_t length) {
       return milliseconds(encoding.find("step", batch, length));
     }},
    {"milliseconds of ranking", true,
     [](const report::EncodingPrice& encoding, std::int64_t batch, std::int64_t length) {
       return milliseconds(encoding.find("ranking", batch, length));
     }},
    {"MiB of memory at the peak", false,
     [](const report::EncodingPrice& encoding, std::int64_t, std::int64_t) {
       return encoding.memory ? std::optional(*encoding.memory / 1048576) : std::nullopt;
     }},
};

/// Quality against one price: marks are added, and a chart comes of two or more.
class PriceChart {
 public:
  PriceChart(const std::string& metric, const std::string& price, bool logarithmic)
      : drawn_{price, report::measure_name(metric), {}, logarithmic},
        numbers_{{}, {{"encoding", true}, {price}, {report::measure_name(metric)}}, {}} {}

  void add(std::size_t index, const std::string& encoding, const std::optional<double>& price,
           const std::optional<double>& mean, const std::optional<stats::Interval>& interval) {
    if (!price || !mean || (drawn_.logarithmic && *price <= 0)) return;
    drawn_.marks.push_back({encoding, colour(index), *price, *mean, interval});
    numbers_.rows.push_back({{{encoding}, {fmt::format("{:.6g}", *price)}, {fmt::format("{:.4f}", *mean)}}});
  }

  void add_to(ChartSection& section, const std::string& of, const std::string& remark) const {
    if (drawn_.marks.size() < 2) return;
    Chart chart;
    chart.title = fmt::format("{} against {}: {}", drawn_.y_axis, drawn_.x_axis, of);
    chart.caption = fmt::format("Dots: means over seeds; lines: their {:.0f} % interval.{}",
                                100 * report::confidence, remark);
    chart.specification = specification_of(drawn_);
    chart.numbers = numbers_;
    section.charts.push_back(std::move(chart));
  }

 private:
  ScatterChart drawn_;
  report::TableBlock numbers_;
};

void add_chart(const Price& price, const report::SuiteReport& report, const report::DatasetAnalysis& dataset,
               const report::Group& group, ChartSection& section) {
  PriceChart chart(report.study.lock.primary, price.name, price.logarithmic);
  for (std::size_t e = 0; e < dataset.encodings.size() && e < group.encodings.size(); ++e) {
    const report::EncodingAnalysis& encoding = dataset.encodings[e];
    chart.add(e, encoding.encoding, price.of(encoding, group.encodings[e]), encoding.mean,
              encoding.mean_interval);
  }
  chart.add_to(section, report::title_of(group.dataset, group.sweep), "");
}

void add_chart(const MeasuredPrice& measured, const report::SuiteReport& report, const report::Price& price,
               ChartSection& section) {
  const auto [batch, length] = price.sizes.back();
  PriceChart chart(report.study.lock.primary, measured.name, measured.logarithmic);
  for (std::size_t e = 0; e < price.encodings.size(); ++e) {
    const report::EncodingPrice& encoding = price.encodings[e];
    chart.add(e, encoding.encoding, measured.of(encoding, batch, length), encoding.mean,
              encoding.mean_interval);
  }
  chart.add_to(section, report::title_of(price.dataset, price.sweep),
               fmt::format(" Measured for {} users and windows of {}, on {} ({}).", batch, length,
                           price.run.host, price.run.cpu));
}

}  // namespace

ChartSection price_charts(const report::SuiteReport& report) {
  ChartSection section{
      "price",
      "At what price?",
      "Seconds of trials are those of whole trials as they ran, with whatever else the machine did.",
      {}};
  for (const report::Analysis& analysis : report.analyses)
    for (const report::DatasetAnalysis& dataset : analysis.datasets)
      for (const report::Group& group : report.overview.groups)
        if (group.dataset == dataset.dataset && group.sweep == analysis.sweep)
          for (const Price& price : prices) add_chart(price, report, dataset, group, section);
  for (const report::Price& price : report.prices)
    for (const MeasuredPrice& measured : measured_prices) add_chart(measured, report, price, section);
  return section;
}

}  // namespace pebench::page
