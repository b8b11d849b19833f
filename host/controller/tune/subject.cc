#include "host/controller/tune/subject.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/random.h"
#include "host/controller/plan/plan.h"
#include "host/controller/plugin/suite_options.h"
#include "host/controller/suite/configured.h"

namespace pebench::tune {
namespace {

/// The encoding with these options in place of its own.
suite::Encoding with(suite::Encoding encoding, const std::vector<suite::Option>& options) {
  for (const suite::Option& option : options) {
    const auto known = std::find_if(encoding.options.begin(), encoding.options.end(),
                                    [&](const suite::Option& one) { return one.key == option.key; });
    if (known != encoding.options.end())
      *known = option;
    else
      encoding.options.push_back(option);
  }
  return encoding;
}

void check(const suite::Suite& suite) {
  const auto refuse = [&](const std::string& why) {
    throw base::InputError(fmt::format("{}: {}", suite.file.string(), why));
  };
  if (!suite.variants.front().sweep.empty())
    refuse(
        "encodings are tuned under one point of the settings; take [sweep] and [[variant]] out, into a suite "
        "for each point");
  if (!suite.tuning.dataset && suite.datasets.size() > 1)
    refuse(fmt::format("there are {} data sets; say on which to tune, [tune] dataset = \"{}\"",
                       suite.datasets.size(), suite.datasets.front().name));
  if (suite.variants.front().settings.protocol.selection == "max_test")
    refuse(
        "protocol.selection = \"max_test\" validates nothing to tune by; set selection = "
        "\"best_validation\"");
}

/// Nine digits of a stream of their own, so that seeds which the study gets later are hardly among them.
std::vector<std::uint64_t> seeds_apart(const suite::Suite& suite) {
  std::set<std::uint64_t> taken(suite.seeds.begin(), suite.seeds.end());
  std::vector<std::uint64_t> seeds;
  base::Stream stream(suite.tuning.seed, "tuning", "seeds");
  while (static_cast<std::int64_t>(seeds.size()) < suite.tuning.seeds) {
    const std::uint64_t seed = 100'000'000 + stream.below(900'000'000);
    if (taken.insert(seed).second) seeds.push_back(seed);
  }
  return seeds;
}

/// Every value that may be drawn is one that the plugin takes.
void check_options(const suite::Encoding& encoding, const plan::PlannedEncoding& planned,
                   const std::filesystem::path& folder) {
  for (const suite::Dimension& dimension : encoding.space) {
    std::vector<nlohmann::json> values = dimension.choices;
    if (dimension.range)
      values = {dimension.range->at(0), dimension.range->integer ? dimension.range->at(1 - 1e-12)
                                                                 : nlohmann::json(dimension.range->to)};
    for (const nlohmann::json& value : values)
      plugin::resolve_options(planned.encoder, with(encoding, {{dimension.key, value, dimension.place}}),
                              folder);
  }
}

}  // namespace

Subject find_subject(suite::Suite suite) {
  check(suite);
  Subject subject;
  subject.name = suite.name + "-tune";
  subject.seeds = seeds_apart(suite);
  subject.encodings = plan::describe_encodings(suite);
  for (std::size_t i = 0; i < suite.encodings.size(); ++i)
    check_options(suite.encodings[i], subject.encodings[i], suite.folder());
  suite::Suite of_one = suite;
  if (suite.tuning.dataset)
    of_one.datasets.erase(
        std::remove_if(of_one.datasets.begin(), of_one.datasets.end(),
                       [&](const suite::Dataset& one) { return one.name != *suite.tuning.dataset; }),
        of_one.datasets.end());
  subject.dataset = plan::open_datasets(of_one).front();
  subject.suite = std::move(suite);
  return subject;
}

std::vector<contract::TrialSpec> trials_of(const Subject& subject, std::size_t encoding,
                                           const Configuration& configuration, std::int64_t epochs,
                                           const nlohmann::json& label) {
  const suite::Encoding& written = subject.suite.encodings[encoding];
  std::vector<suite::Chosen> chosen = configuration.settings;
  chosen.push_back({"train.epochs", epochs, {}});
  suite::Variant variant;
  variant.sweep = label;
  variant.settings = suite::configured(subject.suite, written.name, chosen);
  variant.settings.eval.test = "none";

  plan::PlannedEncoding planned = subject.encodings[encoding];
  if (const auto own = configuration.options.find(written.name); own != configuration.options.end())
    planned.options =
        plugin::resolve_options(planned.encoder, with(written, own->second), subject.suite.folder());

  suite::Suite tuned = subject.suite;
  tuned.name = subject.name;
  tuned.seeds = subject.seeds;
  tuned.variants = {variant};
  return plan::make_plan(tuned, {subject.dataset}, {planned});
}

results::SuiteLock lock_of(const Subject& subject, const std::vector<contract::TrialSpec>& trials,
                           const contract::SuiteFolder& folder) {
  results::SuiteLock lock;
  if (base::exists(folder.lock())) lock = results::read_lock(folder.lock());
  lock.suite = subject.name;
  lock.text = subject.suite.source;
  lock.baseline = subject.suite.baseline;
  lock.primary = subject.metric();
  lock.judgement = {subject.suite.statistics.alpha, subject.suite.statistics.equivalence_share, {}};
  lock.warnings = {
      "these trials chose settings by validation: they are no comparison of encodings, and have not "
      "ranked the test events"};
  std::set<std::string> known;
  for (const results::LockedTrial& trial : lock.trials) known.insert(trial.id);
  for (const contract::TrialSpec& trial : trials)
    if (known.insert(trial.id()).second)
      lock.trials.push_back({trial.id(), trial.dataset, trial.encoding, trial.sweep, trial.seed});
  return lock;
}

}  // namespace pebench::tune
