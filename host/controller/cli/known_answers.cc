#include "host/controller/cli/known_answers.h"

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
  for (std::size_t i = 0; i < datasets.size(); ++i) {
    if (!suite.datasets[i].synthetic) continue;
    const auto opened = data::Dataset::open(datasets[i].folder, datasets[i].attributes);
    std::map<std::string, std::vector<data::Reachable>> known;
    for (const suite::Variant& variant : suite.variants) {
      if (variant.settings.eval.test != "ranked") continue;
      const std::string asked = asked_by(variant.settings);
      if (known.count(asked) == 0)
        known[asked] = data::best_reachable(opened, *suite.datasets[i].synthetic, variant.settings);
      for (const data::Reachable& one : known[asked])
        answers.push_back({datasets[i].name, variant.sweep, one.knows, one.exact, one.metrics});
    }
  }
  return answers;
}

}  // namespace pebench::cli
