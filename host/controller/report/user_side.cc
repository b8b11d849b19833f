#include "host/controller/report/user_side.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "host/base/parallel.h"
#include "host/controller/report/outcome.h"
#include "host/controller/stats/summary.h"
#include "host/terminal/duration.h"

namespace pebench::report {
namespace {

constexpr std::size_t most_groups = 5;
constexpr std::size_t seeds_for_interval = 3;

struct Trait {
  const char* name;
  contract::Column contract::UserTraits::*column;
  std::string (*text)(std::uint32_t);
};

std::string count_text(std::uint32_t value) { return std::to_string(value); }
std::string time_text(std::uint32_t seconds) { return terminal::duration_text(seconds); }

const Trait traits[] = {
    {"events before the target", &contract::UserTraits::history, count_text},
    {"training events of the target", &contract::UserTraits::popularity, count_text},
    {"time since the newest event", &contract::UserTraits::gap, time_text},
};

/// Groups of about the same size, each value in one of them.
std::vector<UserGroup> groups_of(const contract::Column& values, const Trait& trait) {
  contract::Column sorted = values;
  std::sort(sorted.begin(), sorted.end());
  std::vector<UserGroup> groups;
  for (std::size_t g = 1; g <= most_groups && !sorted.empty(); ++g) {
    const std::uint32_t to = sorted[(sorted.size() * g + most_groups - 1) / most_groups - 1];
    if (!groups.empty() && groups.back().to >= to) continue;
    const auto first =
        groups.empty() ? sorted.begin() : std::upper_bound(sorted.begin(), sorted.end(), groups.back().to);
    groups.push_back({*first, to, {}, 0, 0});
  }
  for (UserGroup& group : groups)
    group.label = group.from == group.to
                      ? trait.text(group.from)
                      : fmt::format("{} to {}", trait.text(group.from), trait.text(group.to));
  return groups;
}

std::size_t group_of(std::uint32_t value, const std::vector<UserGroup>& groups) {
  const auto found =
      std::find_if(groups.begin(), groups.end(), [&](const UserGroup& group) { return value <= group.to; });
  return static_cast<std::size_t>(found - groups.begin());
}

/// The traits of these users, ascending; nothing where one is not among them.
std::optional<contract::UserTraits> of_users(const contract::UserTraits& all,
                                             const std::vector<std::uint32_t>& users) {
  contract::UserTraits found;
  for (const std::uint32_t user : users) {
    const auto place = std::lower_bound(all.users.begin(), all.users.end(), user);
    if (place == all.users.end() || *place != user) return std::nullopt;
    const auto index = static_cast<std::size_t>(place - all.users.begin());
    found.users.push_back(user);
    for (const Trait& trait : traits) (found.*trait.column).push_back((all.*trait.column)[index]);
  }
  return found;
}

/// Sums what users get, seed by seed.
class Collector {
 public:
  Collector(const Study& study, const TrialTable& table) : study_(study), table_(table) {}

  /// Nothing where traits or ranks are not known.
  std::optional<UserSide> collect() {
    const auto baseline =
        std::find_if(table_.encodings.begin(), table_.encodings.end(),
                     [&](const auto& trials) { return trials.encoding == study_.lock.baseline; });
    if (baseline == table_.encodings.end() || !study_.traits || !study_.ranked_users ||
        copies_among(baseline->records, study_.lock.primary) > 0)
      return std::nullopt;
    for (const EncodingTrials& trials : table_.encodings)
      if (trials.encoding != study_.lock.baseline && copies_among(trials.records, study_.lock.primary) == 0)
        sums_.emplace_back(trials.encoding);
    for (std::size_t s = 0; s < table_.seeds.size(); ++s)
      if (!add_seed(s, *baseline)) return std::nullopt;
    return users_.empty() ? std::nullopt : std::optional(concluded());
  }

 private:
  /// What an encoding's users get more than the baseline's.
  struct Sums {
    explicit Sums(std::string name) : encoding(std::move(name)) {}
    std::string encoding;
    std::size_t seeds = 0;
    std::vector<double> of_users;                             ///< over seeds
    std::vector<std::vector<std::vector<double>>> of_groups;  ///< [trait][group], the mean seed by seed
  };

  std::optional<UserValues> values(const EncodingTrials& trials, std::size_t seed) const {
    const auto& record = trials.records[seed];
    if (outcome_of(record) != Outcome::measured) return std::nullopt;
    return study_.ranked_users(*record, study_.lock.primary);
  }

  /// False where the seed's users are not known or are others than those before.
  bool add_seed(std::size_t seed, const EncodingTrials& baseline) {
    const auto reference = values(baseline, seed);
    if (!reference) return true;
    if (users_.empty() && !take_users(*reference, *baseline.records[seed])) return false;
    if (reference->users != users_) return false;
    for (std::size_t t = 0; t < groups_.size(); ++t) {
      const auto means = means_of(std::vector<double>(reference->values.begin(), reference->values.end()), t);
      for (std::size_t g = 0; g < means.size(); ++g) baseline_means_[t][g].push_back(means[g]);
    }
    for (Sums& sums : sums_) add(sums, seed, *reference);
    return true;
  }

  bool take_users(const UserValues& ranked, const contract::Record& record) {
    const auto all = study_.traits(record);
    const auto found = all ? of_users(*all, ranked.users) : std::nullopt;
    if (!found || found->users.empty()) return false;
    users_ = found->users;
    for (const Trait& trait : traits) {
      groups_.push_back(groups_of((*found).*trait.column, trait));
      places_.emplace_back();
      for (const std::uint32_t value : (*found).*trait.column) {
        places_.back().push_back(group_of(value, groups_.back()));
        ++groups_.back()[places_.back().back()].users;
      }
      baseline_means_.emplace_back(groups_.back().size());
      for (Sums& sums : sums_) sums.of_groups.emplace_back(groups_.back().size());
    }
    for (Sums& sums : sums_) sums.of_users.assign(users_.size(), 0);
    return true;
  }

  void add(Sums& sums, std::size_t seed, const UserValues& reference) const {
    const auto trials = std::find_if(table_.encodings.begin(), table_.encodings.end(),
                                     [&](const auto& one) { return one.encoding == sums.encoding; });
    const auto got = values(*trials, seed);
    if (!got || got->users != users_) return;
    std::vector<double> more(users_.size());
    for (std::size_t u = 0; u < users_.size(); ++u) {
      more[u] = static_cast<double>(got->values[u]) - static_cast<double>(reference.values[u]);
      sums.of_users[u] += more[u];
    }
    for (std::size_t t = 0; t < groups_.size(); ++t) {
      const auto means = means_of(more, t);
      for (std::size_t g = 0; g < means.size(); ++g) sums.of_groups[t][g].push_back(means[g]);
    }
    ++sums.seeds;
  }

  /// [group], of what users have.
  std::vector<double> means_of(const std::vector<double>& values, std::size_t trait) const {
    std::vector<double> means(groups_[trait].size());
    for (std::size_t u = 0; u < values.size(); ++u) means[places_[trait][u]] += values[u];
    for (std::size_t g = 0; g < means.size(); ++g) means[g] /= static_cast<double>(groups_[trait][g].users);
    return means;
  }

  UserSide concluded() {
    UserSide side{table_.dataset, table_.sweep, {}, {}};
    for (std::size_t t = 0; t < groups_.size(); ++t) {
      for (std::size_t g = 0; g < groups_[t].size(); ++g)
        groups_[t][g].baseline = stats::mean(baseline_means_[t][g]);
      side.traits.push_back({traits[t].name, groups_[t], {}});
    }
    const bool lower = study_.lock.judgement.lower_is_better.count(study_.lock.primary) != 0;
    for (const Sums& sums : sums_) {
      if (sums.seeds == 0) continue;
      const auto share = [&](double sign) {
        const auto count = std::count_if(sums.of_users.begin(), sums.of_users.end(),
                                         [&](double more) { return sign * more > 0; });
        return static_cast<double>(count) / static_cast<double>(users_.size());
      };
      side.encodings.push_back({sums.encoding, sums.seeds, share(lower ? -1 : 1), share(lower ? 1 : -1)});
      for (std::size_t t = 0; t < groups_.size(); ++t) {
        side.traits[t].differences.emplace_back();
        for (const std::vector<double>& of_seeds : sums.of_groups[t])
          side.traits[t].differences.back().push_back(
              {stats::mean(of_seeds),
               of_seeds.size() >= seeds_for_interval ? stats::t_interval(of_seeds) : std::nullopt});
      }
    }
    return side;
  }

  const Study& study_;
  const TrialTable& table_;
  std::vector<Sums> sums_;
  std::vector<std::uint32_t> users_;
  std::vector<std::vector<UserGroup>> groups_;                    ///< [trait]
  std::vector<std::vector<std::size_t>> places_;                  ///< [trait][user], the user's group
  std::vector<std::vector<std::vector<double>>> baseline_means_;  ///< [trait][group], seed by seed
};

}  // namespace

std::vector<UserSide> user_sides(const Study& study) {
  std::vector<std::optional<UserSide>> found(study.tables.size());
  base::parallel_for(study.tables.size(),
                     [&](std::size_t t) { found[t] = Collector(study, study.tables[t]).collect(); });
  std::vector<UserSide> sides;
  for (auto& side : found)
    if (side && !side->encodings.empty()) sides.push_back(std::move(*side));
  return sides;
}

}  // namespace pebench::report
