#include "host/controller/check/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "host/contract/fields.h"
#include "host/terminal/table.h"

namespace pebench::check {
namespace {

using terminal::Table;

constexpr int format = 1;

bool is_bad(Outcome outcome) {
  return outcome == Outcome::fail || outcome == Outcome::crash || outcome == Outcome::timeout;
}

void for_each_result(const Report& report, const std::function<void(const Result&)>& visit) {
  for (const Result& result : report.results) visit(result);
  for (const EncoderReport& encoder : report.encoders)
    for (const Result& result : encoder.results) visit(result);
}

nlohmann::json json_of_results(const std::vector<Result>& results) {
  auto json = nlohmann::json::array();
  for (const Result& result : results) {
    json.push_back({{"id", result.row->id},
                    {"sentence", result.row->sentence},
                    {"outcome", name_of(result.finding.outcome)},
                    {"text", result.finding.text},
                    {"seconds", result.seconds},
                    {"log", result.log}});
  }
  return json;
}

Table::Style style_of(Outcome outcome) {
  if (is_bad(outcome)) return Table::Style::red;
  if (outcome == Outcome::warn) return Table::Style::bold;
  return outcome == Outcome::skip ? Table::Style::dim : Table::Style::plain;
}

/// Text in columns for rows of the catalogue, a heading per group.
class Page {
 public:
  explicit Page(bool colour) : colour_(colour) {
    for (const Row& row : catalogue()) width_ = std::max(width_, row.id.size());
  }

  void heading(const std::string& text) { text_ += fmt::format("{}\n", styled(text, Table::Style::bold)); }

  void list(const std::vector<const Row*>& rows) {
    for (const Row* row : rows) {
      begin_group(row->id);
      text_ += fmt::format("    {:{}}  {}\n", row->id, width_, row->sentence);
    }
  }

  /// What many checks fail or are skipped for is said once, behind the others.
  void results(const std::vector<Result>& results) {
    group_.clear();
    std::map<std::pair<Outcome, std::string>, std::vector<const Result*>> alike;
    for (const Result& result : results)
      if (result.finding.outcome != Outcome::pass && !result.finding.text.empty())
        alike[{result.finding.outcome, result.finding.text}].push_back(&result);
    for (const Result& result : results) {
      const auto others = alike.find({result.finding.outcome, result.finding.text});
      if (others != alike.end() && others->second.size() >= many) continue;
      begin_group(result.row->id);
      add(result);
    }
    for (const auto& [reason, checks] : alike)
      if (checks.size() >= many) add_together(reason.first, reason.second, checks);
  }

  void line(const std::string& text) { text_ += text + "\n"; }
  std::string take() { return std::move(text_); }

 private:
  static constexpr std::size_t outcome_width = 7;
  static constexpr std::size_t many = 8;

  std::string styled(const std::string& text, Table::Style style) const {
    return colour_ && style != Table::Style::plain ? terminal::styled(text, style) : text;
  }

  void begin_group(std::string_view id) {
    if (group_of(id) == group_) return;
    group_ = group_of(id);
    text_ += fmt::format("  {}\n", styled(group_, Table::Style::bold));
  }

  void add(const Result& result) {
    const Outcome outcome = result.finding.outcome;
    const Table::Style style = style_of(outcome);
    text_ += fmt::format("    {}  {:{}}  {}\n",
                         styled(fmt::format("{:{}}", name_of(outcome), outcome_width), style), result.row->id,
                         width_, result.row->sentence);
    if (!result.finding.text.empty()) detail(styled(result.finding.text, style));
    if (outcome == Outcome::pass || outcome == Outcome::skip) return;
    for (const std::string& line : result.log) detail(styled("| " + line, Table::Style::dim));
  }

  void add_together(Outcome outcome, const std::string& reason, const std::vector<const Result*>& checks) {
    const Table::Style style = style_of(outcome);
    text_ += fmt::format("    {}  {} checks: {}\n", styled(std::string(name_of(outcome)), style),
                         checks.size(), reason);
    if (outcome == Outcome::skip) return;
    for (const std::string& line : checks.front()->log)
      text_ +=
          fmt::format("    {:{}}  {}\n", "", name_of(outcome).size(), styled("| " + line, Table::Style::dim));
  }

  void detail(const std::string& text) {
    text_ += fmt::format("    {:{}}  {}\n", "", outcome_width + 2 + width_, text);
  }

  bool colour_;
  std::size_t width_ = 0;
  std::string group_;
  std::string text_;
};

std::string last_line(const Report& report) {
  auto counted = counts(report);
  const int bad = counted[Outcome::fail] + counted[Outcome::crash] + counted[Outcome::timeout];
  return fmt::format("{} passed, {} warned, {} failed, {} skipped", counted[Outcome::pass],
                     counted[Outcome::warn], bad, counted[Outcome::skip]);
}

std::string title_of(const EncoderReport& encoder) {
  std::string title = fmt::format("{} {}", encoder.encoder, encoder.version);
  for (const auto& [key, value] : encoder.options.items())
    title +=
        fmt::format("  {} = {}", key,
                    encoder.files.contains(key) ? contract::dump(encoder.files[key]) : contract::dump(value));
  return title;
}

}  // namespace

std::map<Outcome, int> counts(const Report& report) {
  std::map<Outcome, int> counted;
  for (const Outcome outcome :
       {Outcome::pass, Outcome::warn, Outcome::fail, Outcome::crash, Outcome::timeout, Outcome::skip})
    counted[outcome] = 0;
  for_each_result(report, [&](const Result& result) { ++counted[result.finding.outcome]; });
  return counted;
}

bool failed(const Report& report) {
  bool any = false;
  for_each_result(report, [&](const Result& result) { any = any || is_bad(result.finding.outcome); });
  return any;
}

nlohmann::json json_of(const Report& report) {
  auto encoders = nlohmann::json::array();
  for (const EncoderReport& encoder : report.encoders) {
    encoders.push_back({{"encoder", encoder.encoder},
                        {"version", encoder.version},
                        {"options", encoder.options},
                        {"files", encoder.files},
                        {"results", json_of_results(encoder.results)}});
  }
  auto counted = nlohmann::json::object();
  for (const auto& [outcome, count] : counts(report)) counted[std::string(name_of(outcome))] = count;
  return {{"version", format},   {"library", report.library.string()},         {"hash", report.hash},
          {"seed", report.seed}, {"results", json_of_results(report.results)}, {"encoders", encoders},
          {"counts", counted}};
}

std::string text_of(const Report& report, bool colour) {
  Page page(colour);
  page.heading(report.library.string());
  const bool one_table = report.encoders.size() == 1;
  if (!one_table) page.results(report.results);
  for (const EncoderReport& encoder : report.encoders) {
    page.heading(title_of(encoder));
    std::vector<Result> results = one_table ? report.results : std::vector<Result>();
    results.insert(results.end(), encoder.results.begin(), encoder.results.end());
    page.results(results);
  }
  page.line("\n" + last_line(report));
  return page.take();
}

std::string text_of(const std::vector<const Row*>& rows, bool colour) {
  Page page(colour);
  page.list(rows);
  return page.take();
}

nlohmann::json json_of(const std::vector<const Row*>& rows) {
  auto json = nlohmann::json::array();
  for (const Row* row : rows)
    json.push_back({{"id", row->id}, {"sentence", row->sentence}, {"limit_seconds", row->limit.count()}});
  return json;
}

}  // namespace pebench::check
