#include <fmt/format.h>

#include <algorithm>

#include "host/contract/fields.h"
#include "host/controller/report/reporter.h"
#include "host/terminal/table.h"

namespace pebench::report {
namespace {

struct Counts {
  int ok = 0;
  int failed = 0;
  int missing = 0;

  int total() const { return ok + failed + missing; }
  void add(const EncodingRow& row) {
    ok += row.measured;
    failed += row.failed + row.stopped;
    missing += row.missing;
  }
};

struct Status {
  Counts all;
  std::vector<std::pair<std::string, Counts>> encodings;  // in the suite's order
};

Status status_of(const Overview& overview) {
  Status status;
  for (const Group& group : overview.groups)
    for (const EncodingRow& row : group.encodings) {
      auto& encodings = status.encodings;
      auto found = std::find_if(encodings.begin(), encodings.end(),
                                [&](const auto& entry) { return entry.first == row.encoding; });
      if (found == encodings.end()) found = encodings.insert(found, {row.encoding, {}});
      found->second.add(row);
      status.all.add(row);
    }
  return status;
}

std::string text_of(const Overview& overview, bool colour) {
  Status status = status_of(overview);
  terminal::Table table(
      {{"encoding", terminal::Table::Align::left}, {"done"}, {"failed"}, {"missing"}, {"trials"}});
  for (const auto& [encoding, counts] : status.encodings)
    table.add_row({encoding, std::to_string(counts.ok), std::to_string(counts.failed),
                   std::to_string(counts.missing), std::to_string(counts.total())},
                  counts.failed > 0 ? terminal::Table::Style::red : terminal::Table::Style::plain);
  std::string title = fmt::format("{}: {} of {} trials done, {} failed, {} missing", overview.suite,
                                  status.all.ok, status.all.total(), status.all.failed, status.all.missing);
  return (colour ? terminal::styled(title, terminal::Table::Style::bold) : title) + "\n" + table.text(colour);
}

nlohmann::json json_of(const Counts& counts) {
  return {{"done", counts.ok},
          {"failed", counts.failed},
          {"missing", counts.missing},
          {"trials", counts.total()}};
}

nlohmann::json json_of(const Overview& overview) {
  Status status = status_of(overview);
  nlohmann::json json = json_of(status.all);
  json["suite"] = overview.suite;
  json["encodings"] = nlohmann::json::array();
  for (const auto& [encoding, counts] : status.encodings) {
    nlohmann::json row = json_of(counts);
    row["encoding"] = encoding;
    json["encodings"].push_back(row);
  }
  return json;
}

}  // namespace

StatusReporter status_reporter(bool colour) {
  return [colour](const std::vector<Overview>& overviews) {
    std::string text;
    for (const Overview& overview : overviews) text += (text.empty() ? "" : "\n") + text_of(overview, colour);
    return text;
  };
}

StatusReporter status_json_reporter() {
  return [](const std::vector<Overview>& overviews) {
    auto suites = nlohmann::json::array();
    for (const Overview& overview : overviews) suites.push_back(json_of(overview));
    return contract::json_text({{"suites", suites}});
  };
}

}  // namespace pebench::report
