#include "host/controller/cli/data_reachable.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "host/contract/candidate_set.h"
#include "host/contract/metric.h"
#include "host/contract/settings.h"
#include "host/controller/data/best_reachable.h"
#include "host/terminal/table.h"

namespace pebench::cli {
namespace {

/// The default ones, of candidate sets those that the data set has enough items for.
contract::Settings settings_for(const data::Dataset& data) {
  contract::Settings settings;
  auto& sets = settings.protocol.candidates;
  sets.erase(std::remove_if(sets.begin(), sets.end(),
                            [&](const std::string& set) {
                              return contract::CandidateSet::parse(set, settings.model.max_len).count >=
                                     data.items();
                            }),
             sets.end());
  return settings;
}

std::vector<data::Reachable> reachable_in(const data::Dataset& data, const data::SyntheticSettings& made_by) {
  return data::best_reachable(data, made_by, settings_for(data));
}

}  // namespace

std::string reachable_text(const data::Dataset& data, const std::filesystem::path& folder, bool colour) {
  const auto made_by = data::made_by(folder);
  if (!made_by) return "";
  using Align = terminal::Table::Align;
  const std::vector<std::string> sets = settings_for(data).protocol.candidates;
  std::vector<terminal::Table::Column> columns = {{"the best who knows", Align::left}};
  for (const std::string& set : sets)
    for (const char* measure : {"HR@10", "NDCG@10", "MRR"})
      columns.push_back({set == "full" ? measure : fmt::format("{} {}", measure, set), Align::right});
  terminal::Table table(columns);
  bool exact = true;
  for (const data::Reachable& one : reachable_in(data, *made_by)) {
    std::vector<std::string> row = {one.exact ? one.knows : one.knows + " (sampled)"};
    exact = exact && one.exact;
    for (const std::string& set : sets)
      for (const char* measure : {"hr@10", "ndcg@10", "mrr"})
        row.push_back(fmt::format("{:.4f}", one.metrics.at(contract::metric_name("test", set, measure))));
    table.add_row(row);
  }
  std::string text = fmt::format(
      "\nWhat can be reached on the test events of this generated data set, by the "
      "default protocol:\n{}",
      table.text(colour));
  if (!exact) text += "(sampled): what is not known was sampled; the best is a little more, if anything\n";
  return text;
}

nlohmann::json reachable_json(const data::Dataset& data, const std::filesystem::path& folder) {
  const auto made_by = data::made_by(folder);
  return made_by ? data::json_of(reachable_in(data, *made_by)) : nlohmann::json();
}

}  // namespace pebench::cli
