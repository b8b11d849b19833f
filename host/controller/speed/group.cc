#include "host/controller/speed/group.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "host/base/error.h"
#include "host/base/hash.h"
#include "host/base/machine.h"
#include "host/contract/record.h"

namespace pebench::speed {
namespace {

using contract::TrialSpec;

/// One trial of each encoding, in the plan's order.
using Trials = std::vector<const TrialSpec*>;

std::string title_of(const TrialSpec& trial) {
  std::string title = trial.dataset;
  for (const auto& item : trial.sweep.items())
    title += fmt::format(", {} = {}", item.key(), item.value().dump());
  return title;
}

bool is_good(const TrialSpec& trial, const contract::SuiteFolder& folder) {
  try {
    return contract::read_record(folder.record(trial.id())).result.status == contract::Status::ok;
  } catch (const base::InputError&) {
    return false;  // there is none, or it is damaged, which the report says
  }
}

std::vector<Trials> grouped(const std::vector<TrialSpec>& trials, const contract::SuiteFolder& folder) {
  std::vector<Trials> groups;
  for (const TrialSpec& trial : trials) {
    auto group = std::find_if(groups.begin(), groups.end(), [&](const Trials& one) {
      return one.front()->dataset == trial.dataset && one.front()->sweep == trial.sweep;
    });
    const bool is_there =
        group != groups.end() && std::any_of(group->begin(), group->end(), [&](const TrialSpec* other) {
          return other->encoding == trial.encoding;
        });
    if (is_there || !is_good(trial, folder)) continue;
    if (group == groups.end()) group = groups.insert(groups.end(), Trials{});
    group->push_back(&trial);
  }
  return groups;
}

std::vector<std::int64_t> ascending(const std::vector<std::int64_t>& values, std::int64_t otherwise) {
  if (values.empty()) return {otherwise};
  const std::set<std::int64_t> distinct(values.begin(), values.end());
  return {distinct.begin(), distinct.end()};
}

std::string name_of(const contract::SpeedRequest& request, const Trials& trials) {
  auto ids = nlohmann::json::array();
  for (const TrialSpec* trial : trials) {
    TrialSpec any_seed = *trial;
    any_seed.seed = 0;  // what it costs does not depend on that, and shards have other seeds
    ids.push_back(any_seed.id());
  }
  const nlohmann::json asked = {{"trials", ids},
                                {"batches", request.batches},
                                {"lengths", request.lengths},
                                {"repetitions", request.repetitions},
                                {"machine", base::host_name()}};
  return base::sha256(asked.dump()).substr(0, 16) + ".json";
}

}  // namespace

std::vector<Group> groups_of(const suite::Speed& speed, const std::vector<TrialSpec>& trials,
                             const contract::SuiteFolder& folder) {
  std::vector<Group> groups;
  for (const Trials& together : grouped(trials, folder)) {
    const contract::Settings& settings = together.front()->settings;
    Group group{title_of(*together.front()), {}, {}};
    for (const TrialSpec* trial : together) group.trials.push_back(*trial);
    group.request.batches = ascending(speed.batches, settings.train.batch);
    group.request.lengths = ascending(speed.lengths, settings.model.max_len);
    group.request.repetitions = speed.repetitions;
    group.request.measurement = folder.speed() / name_of(group.request, together);
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace pebench::speed
