#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/contract/settings.h"
#include "host/controller/data/synthetic.h"
#include "host/data/dataset.h"

namespace pebench::data {

/// What the best recommender gets that knows the generator and, of a history, so much.
struct Reachable {
  std::string knows;  ///< one of reachable_names()
  bool exact = true;  ///< else from samples for some users: a little less than the best, if anything
  std::map<std::string, double> metrics;  ///< "test.full.ndcg@10"
};

/// "order and times", "order", "times", "neither", and "chance", which does not know the items either.
const std::vector<std::string>& reachable_names();

/// The most users whose targets are looked at; of more, so many are drawn.
constexpr std::int64_t most_reachable_users = 5000;

/// What can be reached on the test events of a generated data set under these settings, with the targets,
/// lists and exclusions of the trials, ties counting as what is expected. Items are ranked by how probable
/// they are as the next one: an item's share of its group's probability. Where the user's own items are left
/// out, the target is the only one of them that competes, so the best puts them first. In lists drawn by
/// popularity an item counts the more, the less likely it was drawn. Not for data with fewer items than a
/// list of the settings.
std::vector<Reachable> best_reachable(const Dataset& data, const SyntheticSettings& made_by,
                                      const contract::Settings& settings);

/// The settings by which the data set in a folder was generated; nothing for other data.
std::optional<SyntheticSettings> made_by(const std::filesystem::path& folder);

nlohmann::json json_of(const std::vector<Reachable>& reachable);

}  // namespace pebench::data
