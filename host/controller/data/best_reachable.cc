#include "host/controller/data/best_reachable.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/base/file.h"
#include "host/base/parallel.h"
#include "host/contract/metric.h"
#include "host/controller/data/next_group.h"
#include "host/data/files.h"
#include "host/data/split.h"
#include "host/examiner/candidates.h"
#include "host/examiner/metrics.h"

namespace pebench::data {
namespace {

/// In the order of reachable_names(), who does not know the times behind who else knows the same.
constexpr Knowledge observers[] = {{true, true}, {true, false}, {false, true}, {false, false}};
constexpr std::size_t observer_count = std::size(observers);
constexpr double infinity = std::numeric_limits<double>::infinity();

int group_of(Item item) { return item % synthetic_groups; }

/// When, of drawing items at their training counts until `count` are out, each is out with probability
/// 1 - exp(-count * time).
double time_of_drawing(const std::vector<std::int64_t>& training_counts, std::int64_t count) {
  double low = 0, high = 1;
  const auto drawn_by = [&](double time) {
    double drawn = 0;
    for (const std::int64_t weight : training_counts)
      drawn -= std::expm1(-static_cast<double>(weight) * time);
    return drawn;
  };
  while (drawn_by(high) < static_cast<double>(count) && high < 1e6) high *= 2;
  for (int step = 0; step < 60; ++step) {
    const double middle = (low + high) / 2;
    (drawn_by(middle) < static_cast<double>(count) ? low : high) = middle;
  }
  return low;
}

/// Where the target comes among candidates of these scores. Those that differ by rounding alone are tied.
class Place {
 public:
  explicit Place(double target)
      : target_(target), margin_(std::isinf(target) ? 0 : 1e-9 * std::abs(target)) {}

  void meet(double score, std::int64_t times = 1) {
    if (score > target_ + margin_)
      rank_.better += times;
    else if (score >= target_ - margin_)
      rank_.tied += times;
    rank_.candidates += times;
  }
  const examiner::Rank& rank() const { return rank_; }

 private:
  double target_, margin_;
  examiner::Rank rank_;
};

/// One candidate set of the settings.
class Competition {
 public:
  Competition(const Dataset& data, const Split& split, const std::string& name,
              const contract::Settings& settings)
      : data_(data),
        set_(contract::CandidateSet::parse(name, settings.model.max_len)),
        sampler_(data, split, set_, examiner::parse_exclude_seen(settings.protocol.exclude_seen)),
        lists_(0, "candidates", "test/" + data.hash()) {
    for (int g = 0; g < synthetic_groups; ++g) of_group_[g] = items_of_group(g, data.items());
    if (set_.kind != contract::CandidateSet::Kind::popular) return;
    const auto counts = training_counts(data, split);
    const double time = time_of_drawing(counts, set_.count);
    for (const std::int64_t count : counts) drawn_.push_back(-std::expm1(-static_cast<double>(count) * time));
  }

  const std::string& name() const { return set_.name; }

  /// The target's rank to each observer, by what it thinks of the groups.
  std::vector<examiner::Rank> ranks(User user, std::int64_t index, bool target_was_seen,
                                    const std::vector<GroupShares>& beliefs) const {
    const Item target = data_.history(user).items[index];
    const bool is_full = set_.kind == contract::CandidateSet::Kind::full;
    std::vector<Item> list;
    GroupShares competing{};  // how many of each group
    if (is_full) {
      for (int g = 0; g < synthetic_groups; ++g) competing[g] = static_cast<double>(of_group_[g]);
      for (const Item item : sampler_.excluded(user, index)) --competing[group_of(item)];
      --competing[group_of(target)];
    } else {
      list = sampler_.draw(user, index, lists_.at(static_cast<std::uint64_t>(user)));
    }
    std::vector<examiner::Rank> ranks;
    for (const GroupShares& belief : beliefs) {
      Place place(target_was_seen ? infinity : score(target, belief));
      if (is_full)
        for (int g = 0; g < synthetic_groups; ++g)
          place.meet(belief[g] / static_cast<double>(of_group_[g]), static_cast<std::int64_t>(competing[g]));
      else
        for (const Item item : list) place.meet(score(item, belief));
      ranks.push_back(place.rank());
    }
    return ranks;
  }

 private:
  double score(Item item, const GroupShares& belief) const {
    const double probability = belief[group_of(item)] / static_cast<double>(of_group_[group_of(item)]);
    if (drawn_.empty()) return probability;
    return drawn_[item] > 0 ? probability / drawn_[item] : infinity;
  }

  const Dataset& data_;
  contract::CandidateSet set_;
  examiner::CandidateSampler sampler_;
  base::Stream lists_;
  std::array<std::int64_t, synthetic_groups> of_group_{};
  std::vector<double> drawn_;  ///< [N+1], how likely each item is in a list by popularity; else empty
};

std::vector<User> some_test_users(const Split& split, const std::string& hash) {
  std::vector<User> users = split.test_users();
  if (static_cast<std::int64_t>(users.size()) <= most_reachable_users) return users;
  base::Stream stream(0, "synthetic", "reachable/" + hash);
  base::shuffle(users, stream);
  users.resize(most_reachable_users);
  std::sort(users.begin(), users.end());
  return users;
}

/// Whether the target would be left out if it were not the target.
bool was_seen(const History& history, std::int64_t index, std::int64_t train_size,
              examiner::ExcludeSeen exclude) {
  if (exclude == examiner::ExcludeSeen::none) return false;
  const std::int64_t seen = exclude == examiner::ExcludeSeen::history ? index : std::min(index, train_size);
  return std::find(history.items.begin(), history.items.begin() + seen, history.items[index]) !=
         history.items.begin() + seen;
}

struct UserRanks {
  std::vector<std::vector<examiner::Rank>> ranks;  ///< [set][observer]
  std::array<bool, observer_count> exact{};
};

}  // namespace

const std::vector<std::string>& reachable_names() {
  static const std::vector<std::string> names = {"order and times", "order", "times", "neither", "chance"};
  return names;
}

std::vector<Reachable> best_reachable(const Dataset& data, const SyntheticSettings& made_by,
                                      const contract::Settings& settings) {
  const Split split = make_split(data, settings.eval.split);
  const auto exclude = examiner::parse_exclude_seen(settings.protocol.exclude_seen);
  std::vector<Competition> sets;
  for (const std::string& name : settings.protocol.candidates) sets.emplace_back(data, split, name, settings);
  std::vector<NextGroup> laws;
  for (const Knowledge& knowledge : observers) laws.emplace_back(made_by, knowledge);
  const base::Stream streams(made_by.seed, "synthetic", "particles");

  const std::vector<User> users = some_test_users(split, data.hash());
  std::vector<UserRanks> found(users.size());
  base::parallel_for(users.size(), [&](std::size_t i) {
    const User user = users[i];
    const UserSplit& part = split.users[user];
    const History history = data.history(user);
    std::vector<int> groups;
    for (std::int64_t e = 0; e < part.test; ++e) groups.push_back(group_of(history.items[e]));
    const std::vector<std::int64_t> times(history.times.begin(), history.times.begin() + part.test + 1);
    std::vector<GroupShares> beliefs;
    for (std::size_t o = 0; o < observer_count; ++o) {
      // Times that tell nothing change nothing: as who knows them.
      if (!observers[o].times && !signal_named(made_by.signal).needs_times) {
        beliefs.push_back(beliefs.back());
        found[i].exact[o] = found[i].exact[o - 1];
        continue;
      }
      const auto stream = streams.at(static_cast<std::uint64_t>(user) * observer_count + o);
      beliefs.push_back(laws[o].of(groups, times, stream));
      found[i].exact[o] = laws[o].is_exact(groups);
    }
    const bool seen = was_seen(history, part.test, part.train_size, exclude);
    for (const Competition& set : sets) found[i].ranks.push_back(set.ranks(user, part.test, seen, beliefs));
  });

  std::vector<Reachable> reachable;
  for (const std::string& name : reachable_names()) reachable.push_back({name, true, {}});
  for (std::size_t s = 0; s < sets.size(); ++s) {
    const auto put = [&](const examiner::Metrics& values, Reachable& into) {
      for (const auto& [measure, value] : values)
        if (measure != "tie_rate")
          into.metrics[contract::metric_name("test", sets[s].name(), measure)] = value;
    };
    for (std::size_t o = 0; o < observer_count; ++o) {
      examiner::RankingMetrics metrics(settings.eval.k);
      for (const UserRanks& user : found) {
        metrics.add(user.ranks[s][o]);
        reachable[o].exact = reachable[o].exact && user.exact[o];
      }
      put(metrics.values(), reachable[o]);
      if (o == 0) put(metrics.chance(), reachable.back());
    }
  }
  return reachable;
}

std::optional<SyntheticSettings> made_by(const std::filesystem::path& folder) {
  const auto meta = nlohmann::json::parse(base::read_file(folder / file::meta), nullptr, false);
  if (!meta.is_object() || !meta.contains("source")) return std::nullopt;
  return SyntheticSettings::from_source(meta.at("source"));
}

nlohmann::json json_of(const std::vector<Reachable>& reachable) {
  auto list = nlohmann::json::array();
  for (const Reachable& one : reachable)
    list.push_back({{"knows", one.knows}, {"exact", one.exact}, {"metrics", one.metrics}});
  return list;
}

}  // namespace pebench::data
