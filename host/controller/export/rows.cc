#include "host/controller/export/rows.h"

#include <fmt/format.h>

#include <limits>

#include "host/base/error.h"
#include "host/base/hash.h"
#include "host/contract/fields.h"
#include "host/contract/rank_file.h"
#include "host/contract/recommendation_file.h"
#include "host/controller/export/settings.h"

namespace pebench::exporting {
namespace {

template <class T>
Cell cell(const std::optional<T>& value) {
  return value ? Cell(*value) : Cell();
}

Cell seed_cell(std::uint64_t seed) {
  if (seed > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
    throw base::InputError(fmt::format(
        "seed {} has more than the 63 bits that a database's numbers have: `pebench report --format csv` "
        "writes it",
        seed));
  return static_cast<std::int64_t>(seed);
}

/// A setting as a cell: what is neither number nor text is JSON.
Cell setting_cell(const nlohmann::json& value) {
  if (value.is_null()) return {};
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_number()) return value.get<double>();
  return plain(value);
}

Cell variant_of(const nlohmann::json& sweep) {
  const auto variant = sweep.find("variant");
  return variant == sweep.end() ? Cell() : Cell(plain(*variant));
}

/// A path as a text, bytes that are not UTF-8 replaced.
std::string text_of(const std::filesystem::path& path) {
  return nlohmann::json::parse(contract::dump(path.string())).get<std::string>();
}

/// A trial's number: the key of its row.
using Number = std::int64_t;

class Rows {
 public:
  explicit Rows(Sink& sink) : sink_(sink) {}

  void add(const results::SuiteLock& lock, const contract::SuiteFolder& folder) {
    sink_.add(schema().suite,
              {lock.suite, text_of(folder.path()), lock.baseline, lock.primary, lock.judgement.alpha,
               cell(lock.judgement.equivalence_share), base::sha256(lock.text), lock.text});
  }

  /// `record`: null where there is none, and then `damage` says what is damaged, if anything is.
  void add(Number number, const results::LockedTrial& trial, const std::string& suite,
           const contract::Record* record, const std::string& damage) {
    Row row = {number,
               suite,
               trial.id,
               trial.dataset,
               trial.encoding,
               variant_of(trial.sweep),
               contract::dump(trial.sweep),
               seed_cell(trial.seed)};
    if (record == nullptr) {
      row.emplace_back(damage.empty() ? "missing" : "damaged");
      row.emplace_back(damage);
      row.resize(schema().trial.columns.size());
    } else {
      add_outcome(record->result, row);
      add_run(record->run, row);
    }
    sink_.add(schema().trial, row);
    if (record != nullptr) add_numbers(number, *record);
  }

  void add(Number number, const contract::Ranks& ranks) {
    for (const contract::RankedSet& set : ranks.sets) {
      sink_.add(schema().ranked_set,
                {number, set.candidates, set.epoch, fmt::format("{}", fmt::join(set.measures, " ")),
                 ranks.ties, set.lists});
      for (std::size_t i = 0; i < ranks.users.size(); ++i)
        sink_.add(schema().rank,
                  {number, set.candidates, set.epoch, std::int64_t{ranks.users[i]},
                   std::int64_t{set.better[i]}, std::int64_t{set.tied[i]}, std::int64_t{set.pool[i]}});
    }
  }

  void add(Number number, const contract::Recommendations& recommendations) {
    for (std::size_t i = 0; i < recommendations.users.size(); ++i) {
      const auto items = recommendations.of(i);
      for (std::size_t place = 0; place < items.size(); ++place)
        sink_.add(schema().recommendation,
                  {number, std::int64_t{recommendations.users[i]}, static_cast<std::int64_t>(place) + 1,
                   std::int64_t{items[place]}});
    }
  }

 private:
  static void add_outcome(const contract::Result& result, Row& row) {
    row.emplace_back(std::string(contract::name_of(result.status)));
    row.emplace_back(result.reason);
    row.push_back(cell(result.chosen_epoch));
    row.emplace_back(static_cast<std::int64_t>(result.epochs.size()));
    row.emplace_back(result.parameters.total);
    row.emplace_back(result.parameters.encoding);
  }

  static void add_run(const contract::Run& run, Row& row) {
    for (const double seconds :
         {run.seconds.total, run.seconds.train, run.seconds.per_epoch, run.seconds.evaluate})
      row.emplace_back(seconds);
    row.emplace_back(run.memory_peak_bytes);
    row.emplace_back(run.attempts);
    for (const std::string& text : {run.started, run.finished, run.host, run.commit, run.compiler, run.flags,
                                    run.libtorch, run.blas, run.cpu})
      row.emplace_back(text);
    row.emplace_back(run.threads);
  }

  void add_numbers(Number number, const contract::Record& record) {
    for (const auto& [key, value] : settings_of(record.identity))
      sink_.add(schema().setting, {number, key, setting_cell(value)});
    const contract::Result& result = record.result;
    for (const auto& [name, value] : result.metrics) {
      const auto chance = result.chance.find(name);
      sink_.add(schema().metric,
                {number, name, value, chance == result.chance.end() ? Cell() : Cell(chance->second)});
    }
    for (const auto& [baseline, metrics] : result.baselines)
      for (const auto& [name, value] : metrics)
        sink_.add(schema().baseline_metric, {number, baseline, name, value});
    for (const contract::Epoch& epoch : result.epochs) {
      sink_.add(schema().epoch, {number, epoch.epoch, epoch.loss, epoch.gradient_norm, epoch.oscillation,
                                 cell(epoch.encoding_gradient)});
      for (const auto& [name, value] : epoch.validation)
        sink_.add(schema().epoch_metric, {number, epoch.epoch, name, value});
    }
  }

  Sink& sink_;
};

}  // namespace

void add_rows(const std::vector<Source>& sources, bool with_ranks, const std::function<void()>& on_trial,
              Sink& sink) {
  Rows rows(sink);
  Number number = 0;
  for (const auto& [folder, study] : sources) {
    rows.add(study.lock, folder);
    const auto records = report::records_of(study);
    std::map<std::string, std::string> damages;
    for (const report::DamagedTrial& damaged : study.damaged) damages[damaged.trial.id] = damaged.what;
    for (const results::LockedTrial& trial : study.lock.trials) {
      on_trial();
      const auto found = records.find(trial.id);
      const contract::Record* record = found == records.end() ? nullptr : found->second;
      rows.add(++number, trial, study.lock.suite, record, damages[trial.id]);
      if (!with_ranks || record == nullptr) continue;
      const auto place = folder.trial(trial.id);
      if (const auto ranks = contract::read_ranks(place, *record)) rows.add(number, *ranks);
      if (const auto best = contract::read_recommendations(place, *record)) rows.add(number, *best);
    }
  }
}

}  // namespace pebench::exporting
