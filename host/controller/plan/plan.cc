#include "host/controller/plan/plan.h"

#include <fmt/format.h>

#include <map>

#include "host/base/error.h"

namespace pebench::plan {
namespace {

contract::TrialSpec make_trial(const suite::Suite& suite, std::uint64_t seed, const suite::Variant& variant,
                               const PlannedDataset& dataset, const PlannedEncoding& encoding) {
  contract::TrialSpec trial;
  trial.settings = variant.settings_of(encoding.name);
  trial.data_hash = dataset.hash;
  trial.encoder_id = encoding.encoder.id;
  trial.encoder_version = encoding.encoder.version;
  trial.library_hash = encoding.library_hash;
  trial.options = encoding.options.values;
  trial.seed = seed;
  trial.vary = suite.vary;
  trial.base_seed = suite.seeds.front();
  trial.suite = suite.name;
  trial.dataset = dataset.name;
  trial.encoding = encoding.name;
  trial.sweep = variant.sweep;
  trial.data_folder = dataset.folder;
  trial.attributes = dataset.attributes;
  trial.context = dataset.context;
  trial.library = encoding.library;
  trial.option_files = encoding.options.files;
  return trial;
}

/// "encoding abs on beauty with {"model.width":90}"
std::string label_of(const contract::TrialSpec& trial) {
  return fmt::format("encoding \"{}\" on \"{}\"{}", trial.encoding, trial.dataset,
                     trial.sweep.empty() ? "" : " with " + trial.sweep.dump());
}

void refuse_repetitions(const suite::Suite& suite, const std::vector<contract::TrialSpec>& trials) {
  std::map<std::string, const contract::TrialSpec*> known;
  for (const contract::TrialSpec& trial : trials) {
    auto [first, added] = known.try_emplace(trial.id(), &trial);
    if (!added)
      throw base::InputError(fmt::format("{}: {} and {} are the same trial; remove one", suite.file.string(),
                                         label_of(*first->second), label_of(trial)));
  }
}

}  // namespace

std::vector<contract::TrialSpec> make_plan(const suite::Suite& suite,
                                           const std::vector<PlannedDataset>& datasets,
                                           const std::vector<PlannedEncoding>& encodings) {
  std::vector<contract::TrialSpec> trials;
  for (std::uint64_t seed : suite.seeds)
    for (const suite::Variant& variant : suite.variants)
      for (const PlannedDataset& dataset : datasets)
        for (const PlannedEncoding& encoding : encodings)
          trials.push_back(make_trial(suite, seed, variant, dataset, encoding));
  refuse_repetitions(suite, trials);
  return trials;
}

}  // namespace pebench::plan
