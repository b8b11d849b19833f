#include "host/controller/cli/known_answers.h"

#include <algorithm>
#include <map>
#include <string>

#include "host/controller/data/best_reachable.h"

namespace pebench::cli {
namespace {

/// The settings that what can be reached depends on.
std::string asked_by(const contract::Settings& settings) {
  return nlohmann::json{settings.protocol.candidates, settings.protocol.exclude_seen, settings.eval.k,
                        settings.eval.split, settings.model.max_len}
      .dump();
}

}  // namespace

std::vector<results::LockedReachable> known_answers(const suite::Suite& suite,
                                                    const std::vector<plan::PlannedDataset>& datasets) {
  std::vector<results::LockedReachable> answers;
  for (const plan::PlannedDataset& planned : datasets) {
    // By its name: data sets of the suite that are not here are not planned.
    const auto dataset = std::find_if(suite.datasets.begin(), suite.datasets.end(),
                                      [&](const suite::Dataset& one) { return one.name == planned.name; });
    if (!dataset->synthetic) continue;
    const auto opened = data::Dataset::open(planned.folder, planned.attributes);
    std::map<std::string, std::vector<data::Reachable>> known;
    for (const suite::Variant& variant : suite.variants) {
      if (variant.settings.eval.test != "ranked") continue;
      const std::string asked = asked_by(variant.settings);
      if (known.count(asked) == 0)
        known[asked] = data::best_reachable(opened, *dataset->synthetic, variant.settings);
      for (const data::Reachable& one : known[asked])
        answers.push_back({planned.name, variant.sweep, one.knows, one.exact, one.metrics});
    }
  }
  return answers;
}

}  // namespace pebench::cli
