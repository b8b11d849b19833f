#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "host/report/reporter.h"
#include "host/report/table.h"

namespace pebench::report {
namespace {

constexpr int fewest_seeds_for_verdicts = 6;
constexpr std::size_t most_failures_listed = 10;

std::string candidates_of(const std::string& metric) { return metric.substr(0, metric.rfind('.')); }
std::string measure_of(const std::string& metric) { return metric.substr(metric.rfind('.') + 1); }

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

// HR@k and NDCG@k of the primary metric's k, or of 10 if it has none, and that metric itself.
std::vector<std::string> shown_metrics(const std::string& primary) {
  std::string candidates = candidates_of(primary);
  std::size_t at = primary.find('@');
  std::string k = at == std::string::npos ? "10" : primary.substr(at + 1);
  std::vector<std::string> metrics = {candidates + ".hr@" + k, candidates + ".ndcg@" + k};
  if (std::find(metrics.begin(), metrics.end(), primary) == metrics.end()) metrics.push_back(primary);
  return metrics;
}

// "test.uniform:100" in words.
std::string describe_candidates(const std::string& candidates) {
  std::string pool = candidates.substr(candidates.find('.') + 1);
  if (pool == "full") return "the target against all other items";
  std::string size = pool.substr(pool.find(':') + 1);
  if (pool.rfind("uniform:", 0) == 0) return fmt::format("the target against {} items drawn uniformly", size);
  if (pool.rfind("popular:", 0) == 0)
    return fmt::format("the target against {} items drawn by their popularity", size);
  return "the target against the pool " + pool;
}

std::string cell(const EncodingRow& row, const std::string& metric) {
  auto found = row.metrics.find(metric);
  if (found == row.metrics.end()) return "n/a";
  const Spread& spread = found->second;
  return fmt::format("{:.4f} ± {:>6}", spread.mean,
                     spread.deviation ? fmt::format("{:.4f}", *spread.deviation) : "n/a");
}

// Set under the means, not under the deviations.
std::string cell(const ReferenceRow& row, const std::string& metric) {
  auto found = row.metrics.find(metric);
  return found == row.metrics.end() ? "n/a" : fmt::format("{:.4f}         ", found->second);
}

std::string table_of(const Group& group, const std::vector<std::string>& metrics, bool colour) {
  bool missing = std::any_of(group.encodings.begin(), group.encodings.end(),
                             [](const auto& row) { return row.missing > 0; });
  std::vector<Table::Column> columns = {{"encoding", Table::Align::left}};
  for (const std::string& metric : metrics)
    columns.push_back({upper(measure_of(metric)), Table::Align::right});
  for (const char* title : {"seeds", "failed"}) columns.push_back({title, Table::Align::right});
  if (missing) columns.push_back({"missing", Table::Align::right});
  for (const char* title : {"parameters", "seconds/trial"}) columns.push_back({title, Table::Align::right});

  Table table(columns);
  for (const EncodingRow& row : group.encodings) {
    std::vector<std::string> cells = {row.encoding};
    for (const std::string& metric : metrics) cells.push_back(cell(row, metric));
    cells.push_back(std::to_string(row.ok));
    cells.push_back(std::to_string(row.failed));
    if (missing) cells.push_back(std::to_string(row.missing));
    cells.push_back(row.parameters ? std::to_string(*row.parameters) : "n/a");
    cells.push_back(row.seconds ? fmt::format("{:.1f}", *row.seconds) : "n/a");
    table.add_row(std::move(cells), row.failed > 0 ? Table::Style::red : Table::Style::plain);
  }
  for (const ReferenceRow& row : group.references) {
    std::vector<std::string> cells = {row.name};
    for (const std::string& metric : metrics) cells.push_back(cell(row, metric));
    table.add_row(std::move(cells), Table::Style::dim);
  }
  return table.text(colour);
}

std::string failures_of(const Overview& overview) {
  std::string text;
  std::size_t listed = std::min(overview.failures.size(), most_failures_listed);
  for (std::size_t i = 0; i < listed; ++i) {
    const FailedTrial& failure = overview.failures[i];
    text += fmt::format("failed: {}, {}, seed {}: {}: {} (trials/{}/{}*)\n",
                        title_of(failure.trial.dataset, failure.trial.sweep), failure.trial.encoding,
                        failure.trial.seed, record::name_of(failure.status), failure.reason,
                        failure.trial.id.substr(0, 2), failure.trial.id.substr(0, 12));
  }
  if (listed < overview.failures.size())
    text += fmt::format("and {} more failed; `pebench report --json` lists them all\n",
                        overview.failures.size() - listed);
  return text;
}

bool too_few_seeds(const Overview& overview) {
  for (const Group& group : overview.groups)
    for (const EncodingRow& row : group.encodings)
      if (row.ok < fewest_seeds_for_verdicts) return true;
  return false;
}

std::string text_of(const Overview& overview, bool colour) {
  std::vector<std::string> metrics = shown_metrics(overview.primary);
  std::string candidates = candidates_of(overview.primary);
  std::string text;
  for (const Group& group : overview.groups) {
    std::string title = fmt::format("{}: {}", overview.suite, title_of(group.dataset, group.sweep));
    text += (colour ? styled(title, Table::Style::bold) : title) + "\n";
    text += table_of(group, metrics, colour) + "\n";
  }
  text += fmt::format("mean ± standard deviation over the seeds; {}: {}; baseline: {}\n", candidates,
                      describe_candidates(candidates), overview.baseline);
  if (too_few_seeds(overview))
    text += fmt::format("fewer than {} seeds: this is a spread and no verdict\n", fewest_seeds_for_verdicts);
  return text + failures_of(overview);
}

}  // namespace

Reporter text_reporter(bool colour) {
  return [colour](const std::vector<Overview>& overviews) {
    std::string text;
    for (const Overview& overview : overviews) text += (text.empty() ? "" : "\n") + text_of(overview, colour);
    return text;
  };
}

}  // namespace pebench::report
