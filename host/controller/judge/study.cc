#include "host/controller/judge/study.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "host/base/error.h"
#include "host/base/hash.h"
#include "host/contract/fields.h"
#include "host/controller/judge/seeds.h"

namespace pebench::judge {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// A number of a run and where it stands.
struct Entry {
  std::size_t metric;
  std::size_t user;  ///< index into users; 0 where there are none
  const Value* value;
};

/// All that the rows say of one run.
struct Run {
  std::size_t table, encoding;
  std::string name;  ///< Row::run
  std::size_t file;
  std::uint64_t seed = 0;
  std::vector<Entry> entries;
};

/// Texts in the order of their first appearance.
class Names {
 public:
  std::size_t index(const std::string& name) {
    const auto [found, is_new] = indices_.emplace(name, all_.size());
    if (is_new) all_.push_back(name);
    return found->second;
  }
  const std::vector<std::string>& all() const { return all_; }

 private:
  std::vector<std::string> all_;
  std::map<std::string, std::size_t> indices_;
};

class StudyBuilder {
 public:
  StudyBuilder(const Numbers& numbers, const Question& question) : numbers_(numbers), question_(question) {}

  report::Study build() {
    collect();
    number_seeds();
    make_tables();
    study_.origin = report::Origin{numbers_.files, numbers_.metrics, {}};
    ask(question_, study_);
    write_notes();
    return std::move(study_);
  }

 private:
  void collect() {
    std::map<std::tuple<std::size_t, std::size_t, std::string>, std::size_t> known;
    for (const Row& row : numbers_.rows) {
      const std::size_t table = tables_.index(row.dataset + '\0' + contract::dump(row.sweep));
      if (table == study_.tables.size()) study_.tables.push_back({row.dataset, row.sweep, {}, {}, {}});
      const std::size_t encoding = encodings_.index(row.encoding);
      const auto [found, is_new] = known.emplace(std::tuple(table, encoding, row.run), runs_.size());
      if (is_new) runs_.push_back({table, encoding, row.run, row.file, 0, {}});
      const std::size_t user = row.user ? users_.index(*row.user) : 0;
      for (const Value& value : row.values)
        runs_[found->second].entries.push_back({value.metric, user, &value});
    }
    for (Run& run : runs_) check_for_repetitions(run);
    std::stable_sort(runs_.begin(), runs_.end(), [](const Run& a, const Run& b) {
      return std::tie(a.table, a.encoding) < std::tie(b.table, b.encoding);
    });
  }

  void check_for_repetitions(Run& run) const {
    auto& entries = run.entries;
    const auto key = [](const Entry& entry) { return std::tie(entry.metric, entry.user); };
    std::stable_sort(entries.begin(), entries.end(),
                     [&](const Entry& a, const Entry& b) { return key(a) < key(b); });
    const auto twice = std::adjacent_find(entries.begin(), entries.end(),
                                          [&](const Entry& a, const Entry& b) { return key(a) == key(b); });
    if (twice == entries.end()) return;
    const report::TrialTable& table = study_.tables[run.table];
    std::string whose =
        fmt::format("{}, {}", report::title_of(table.dataset, table.sweep), encodings_.all()[run.encoding]);
    if (numbers_.has_seeds) whose += fmt::format(", seed {}", run.name);
    if (!users_.all().empty()) whose += fmt::format(", user {}", users_.all()[twice->user]);
    refuse(numbers_.files[run.file].name, std::next(twice)->value->place,
           fmt::format(
               "{} has {} already, in line {}; leave one out, or tell them apart with {}--split COLUMN or "
               "--where COLUMN=PATTERN",
               whose, numbers_.metrics[twice->metric], twice->value->place.line,
               numbers_.has_seeds ? "" : "--seed COLUMN, "));
  }

  void number_seeds() {
    if (numbers_.has_seeds) {
      std::set<std::string> names;
      for (const Run& run : runs_) names.insert(run.name);
      seeds_ = numbered(names);
      for (Run& run : runs_) run.seed = seeds_.at(run.name);
      return;
    }
    std::vector<std::uint64_t> last(study_.tables.size(), 0);  // runs are in the order of encodings
    for (Run& run : runs_) run.seed = ++last[run.table];
  }

  void make_tables() {
    for (const Run& run : runs_) {
      report::TrialTable& table = study_.tables[run.table];
      const auto place = std::lower_bound(table.seeds.begin(), table.seeds.end(), run.seed);
      if (place == table.seeds.end() || *place != run.seed) table.seeds.insert(place, run.seed);
      const std::string& encoding = encodings_.all()[run.encoding];  // runs are in their order
      if (table.encodings.empty() || table.encodings.back().encoding != encoding)
        table.encodings.push_back({encoding, {}, 0});
    }
    for (report::TrialTable& table : study_.tables) {
      for (report::EncodingTrials& trials : table.encodings) trials.records.resize(table.seeds.size());
      if (!users_.all().empty()) table.users = empty_scores(table);
    }
    if (!users_.all().empty()) find_common_users();
    for (const Run& run : runs_) add(run);
  }

  /// A run's number is the mean over the users that every run of its data set has: a run that lacks those who
  /// score low is no better for it.
  void find_common_users() {
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> runs_with;         // by table and metric
    std::map<std::tuple<std::size_t, std::size_t, std::size_t>, std::size_t> of;  // and user
    for (const Run& run : runs_) {
      std::set<std::size_t> metrics;
      for (const Entry& entry : run.entries) {
        if (!entry.value->number) continue;
        ++of[{run.table, entry.metric, entry.user}];
        if (metrics.insert(entry.metric).second) ++runs_with[{run.table, entry.metric}];
      }
    }
    for (const auto& [key, count] : of) {
      const auto [table, metric, user] = key;
      if (count == runs_with.at({table, metric}))
        common_.insert(key);
      else
        some_lack_users_ = true;
    }
    for (const auto& [key, count] : runs_with) {
      const auto next = common_.lower_bound({key.first, key.second, 0});
      if (next == common_.end() || std::get<0>(*next) != key.first || std::get<1>(*next) != key.second)
        throw base::InputError(
            fmt::format("{}, {}: no user is in all of the {} runs, so that their means would be of different "
                        "users; leave out "
                        "the runs that lack most, or tell data sets apart with --dataset or --split",
                        report::title_of(study_.tables[key.first].dataset, study_.tables[key.first].sweep),
                        numbers_.metrics[key.second], count));
    }
  }

  bool counts(const Run& run, const Entry& entry) const {
    return users_.all().empty() || common_.count({run.table, entry.metric, entry.user}) != 0;
  }

  report::UserScores empty_scores(const report::TrialTable& table) {
    report::UserScores scores;
    scores.users = users_.all();
    std::sort(scores.users.begin(), scores.users.end());
    user_order_.resize(scores.users.size());
    for (std::size_t u = 0; u < scores.users.size(); ++u) user_order_[users_.index(scores.users[u])] = u;
    const std::vector<std::vector<double>> none(table.seeds.size(),
                                                std::vector<double>(scores.users.size(), nothing));
    for (const std::string& metric : numbers_.metrics)
      scores.values[metric].assign(table.encodings.size(), none);
    return scores;
  }

  void add(const Run& run) {
    report::TrialTable& table = study_.tables[run.table];
    std::size_t encoding = 0;
    while (table.encodings[encoding].encoding != encodings_.all()[run.encoding]) ++encoding;
    report::EncodingTrials& trials = table.encodings[encoding];
    const auto seed = static_cast<std::size_t>(
        std::lower_bound(table.seeds.begin(), table.seeds.end(), run.seed) - table.seeds.begin());
    ++trials.planned;
    contract::Record record = begun(run, table);
    study_.lock.trials.push_back({record.id, table.dataset, trials.encoding, table.sweep, run.seed});
    bool any = false;
    for (auto entry = run.entries.begin(); entry != run.entries.end();) {
      const std::string& metric = numbers_.metrics[entry->metric];
      double sum = 0;
      int count = 0;
      const std::size_t which = entry->metric;
      for (; entry != run.entries.end() && entry->metric == which; ++entry) {
        if (!entry->value->number || !counts(run, *entry)) continue;
        const double number = *entry->value->number;
        if (table.users) table.users->values.at(metric)[encoding][seed][user_order_[entry->user]] = number;
        if (!std::isfinite(number)) fail(record, run, *entry);
        sum += number;
        ++count;
      }
      any = any || count > 0;
      record.result.metrics[metric] = count > 0 ? sum / count : nothing;
    }
    if (!any) return;
    if (record.result.status != contract::Status::ok) record.result.metrics.clear();
    trials.records[seed] = std::move(record);
  }

  contract::Record begun(const Run& run, const report::TrialTable& table) const {
    contract::Record record;
    record.identity = {{"origin", "judged: not run here, cannot be replayed"},
                       {"file", numbers_.files[run.file].name},
                       {"sha256", numbers_.files[run.file].sha256},
                       {"dataset", table.dataset},
                       {"encoding", encodings_.all()[run.encoding]},
                       {"sweep", table.sweep},
                       {"seed", run.seed},
                       {"run", run.name}};
    record.id = base::sha256(contract::dump(record.identity));
    record.run.suite = question_.name;
    record.run.dataset = table.dataset;
    record.run.encoding = encodings_.all()[run.encoding];
    record.run.sweep = table.sweep;
    return record;
  }

  /// The first number that is not finite is the reason.
  void fail(contract::Record& record, const Run& run, const Entry& entry) const {
    if (record.result.status != contract::Status::ok) return;
    const Cell& place = entry.value->place;
    record.result.status = contract::Status::invalid;
    record.result.reason =
        fmt::format("{}{} is {} ({}:{}:{})", numbers_.metrics[entry.metric],
                    users_.all().empty() ? "" : fmt::format(" of user {}", users_.all()[entry.user]),
                    *entry.value->number, numbers_.files[run.file].name, place.line, place.column);
  }

  void write_notes() {
    auto& notes = study_.origin->notes;
    if (!numbers_.said.empty()) notes.push_back(numbers_.said);
    if (!numbers_.has_seeds)
      notes.emplace_back(
          "no seeds are given: every encoding's runs are its own, and none is paired with another's");
    std::vector<std::string> renamed;
    for (const auto& [name, number] : seeds_)
      if (name != std::to_string(number)) renamed.push_back(fmt::format("{} = {}", number, name));
    if (!renamed.empty()) notes.push_back(fmt::format("seeds are shown by number: {}", listed(renamed)));
    if (!users_.all().empty())
      notes.push_back(fmt::format(
          "{} users: every number is the mean over {}", users_.all().size(),
          some_lack_users_ ? "those whom every run of its data set has, and some lack some" : "all of them"));
  }

  const Numbers& numbers_;
  const Question& question_;
  report::Study study_;
  Names tables_, encodings_, users_;
  std::vector<Run> runs_;
  std::map<std::string, std::uint64_t> seeds_;
  std::vector<std::size_t> user_order_;                                 ///< place among the sorted users
  std::set<std::tuple<std::size_t, std::size_t, std::size_t>> common_;  ///< table, metric, user
  bool some_lack_users_ = false;
};

}  // namespace

report::Study study_of(const Numbers& numbers, const Question& question) {
  return StudyBuilder(numbers, question).build();
}

}  // namespace pebench::judge
