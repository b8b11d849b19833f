#include "host/controller/plan/user_traits.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <set>

#include "host/base/file.h"
#include "host/contract/user_traits.h"
#include "host/data/split.h"

namespace pebench::plan {
namespace {

std::uint32_t clipped(std::int64_t value) {
  constexpr std::int64_t most = std::numeric_limits<std::uint32_t>::max();
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(value, 0, most));
}

contract::UserTraits traits_of(const data::Dataset& data, const data::Split& split) {
  const auto counts = data::training_counts(data, split);
  contract::UserTraits traits;
  for (const data::User user : split.test_users()) {
    const auto test = split.users[static_cast<std::size_t>(user)].test;
    const auto history = data.history(user);
    traits.users.push_back(static_cast<std::uint32_t>(user));
    traits.history.push_back(clipped(test));
    traits.popularity.push_back(clipped(counts[static_cast<std::size_t>(history.items[test])]));
    traits.gap.push_back(clipped(history.times[test] - history.times[test - 1]));
  }
  return traits;
}

std::set<std::string> splits_of(const suite::Suite& suite) {
  std::set<std::string> splits;
  for (const suite::Variant& variant : suite.variants) {
    splits.insert(variant.settings.eval.split);
    for (const auto& [encoding, settings] : variant.own) splits.insert(settings.eval.split);
  }
  return splits;
}

}  // namespace

void write_user_traits(const suite::Suite& suite, const std::vector<PlannedDataset>& datasets,
                       const contract::SuiteFolder& folder) {
  for (const PlannedDataset& dataset : datasets)
    for (const std::string& name : splits_of(suite)) {
      const auto path = contract::traits_file(folder, dataset.hash, name);
      if (base::exists(path)) continue;
      const auto data = data::Dataset::open(dataset.folder, {});
      contract::write_user_traits(path, traits_of(data, data::make_split(data, name)));
    }
}

}  // namespace pebench::plan
