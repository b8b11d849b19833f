#include "host/controller/tune/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/contract/whole_record.h"
#include "host/controller/tune/later_rounds.h"

namespace pebench::tune {
namespace {

/// A configuration of an encoding with its trials.
struct Entry {
  std::size_t encoding;
  std::size_t configuration;
  std::vector<contract::TrialSpec> trials;
};

Entry make_entry(const Subject& subject, const Search& search, std::size_t encoding,
                 std::size_t configuration, const Round& round) {
  const nlohmann::json label = {{"configuration", configuration + 1}, {"epochs", round.epochs}};
  return {encoding, configuration,
          trials_of(subject, encoding, search.configurations[configuration], round.epochs, label)};
}

/// With nothing tried yet.
Search drawn(const Subject& subject) {
  Search search;
  search.rounds = rounds_of(subject.suite.tuning);
  search.tried.resize(subject.encodings.size());
  for (std::int64_t i = 0; i < subject.suite.tuning.configurations; ++i)
    search.configurations.push_back(draw(subject.suite, i));
  return search;
}

/// All configurations for all encodings.
std::vector<Entry> first_round(const Subject& subject, const Search& search) {
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < search.configurations.size(); ++i)
    for (std::size_t e = 0; e < subject.encodings.size(); ++e)
      entries.push_back(make_entry(subject, search, e, i, search.rounds.front()));
  return entries;
}

/// For each encoding those of its last round that were best.
std::vector<Entry> next_round(const Subject& subject, const Search& search, const Round& round) {
  std::vector<Entry> entries;
  for (std::size_t e = 0; e < subject.encodings.size(); ++e) {
    const std::vector<Tried>& before = search.tried[e].back();
    std::vector<double> values;
    for (const Tried& one : before) values.push_back(one.value);
    std::vector<std::size_t> kept = best_of(values, static_cast<std::size_t>(round.configurations));
    std::sort(kept.begin(), kept.end());
    for (const std::size_t i : kept)
      entries.push_back(make_entry(subject, search, e, before[i].configuration, round));
  }
  return entries;
}

std::vector<contract::TrialSpec> all_trials(const std::vector<Entry>& entries) {
  std::vector<contract::TrialSpec> trials;
  for (const Entry& entry : entries) trials.insert(trials.end(), entry.trials.begin(), entry.trials.end());
  return trials;
}

}  // namespace

const Tried* Search::best(std::size_t encoding) const {
  const Tried* best = nullptr;
  for (const Tried& one : tried[encoding].back())
    if (!std::isnan(one.value) && (best == nullptr || one.value > best->value)) best = &one;
  return best;
}

void check(const Subject& subject) { first_round(subject, drawn(subject)); }

Tried value_of(const std::vector<contract::TrialSpec>& trials, const std::string& metric,
               const contract::SuiteFolder& folder) {
  Tried tried;
  for (const contract::TrialSpec& trial : trials) {
    const contract::Record record = contract::read_whole_record(folder, trial.id());
    tried.value += record.result.status == contract::Status::ok ? record.result.metrics.at(metric)
                                                                : std::numeric_limits<double>::quiet_NaN();
    tried.epochs += static_cast<std::int64_t>(record.result.epochs.size());
    tried.seconds += record.run.seconds.total;
  }
  tried.value /= static_cast<double>(trials.size());
  return tried;
}

Search search(const Subject& subject, const run::ExclusiveFolder& folder, run::Launcher& launcher,
              const run::Options& options, run::Display& display) {
  Search search = drawn(subject);
  std::vector<Entry> entries = first_round(subject, search);
  for (std::size_t r = 0; r < search.rounds.size(); ++r) {
    const Round& round = search.rounds[r];
    if (r > 0) entries = next_round(subject, search, round);
    display.note(fmt::format("round {} of {}: {} of {} configurations of each encoding, {} epoch{} each",
                             r + 1, search.rounds.size(), round.configurations, search.configurations.size(),
                             round.epochs, round.epochs == 1 ? "" : "s"));
    const auto trials = all_trials(entries);
    results::write_lock(folder.folder().lock(), lock_of(subject, trials, folder.folder()));
    LaterRounds with_later(display, search.rounds, r);
    search.signal = run::run_trials(trials, folder, launcher, options, with_later).signal;
    if (search.signal != 0) return search;
    for (auto& rounds : search.tried) rounds.emplace_back();
    for (const Entry& entry : entries) {
      Tried tried = value_of(entry.trials, subject.metric(), folder.folder());
      tried.configuration = entry.configuration;
      search.tried[entry.encoding].back().push_back(tried);
    }
  }
  return search;
}

}  // namespace pebench::tune
