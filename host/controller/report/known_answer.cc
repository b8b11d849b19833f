#include "host/controller/report/known_answer.h"

#include <algorithm>

#include "host/controller/report/analysis.h"
#include "host/controller/stats/summary.h"

namespace pebench::report {
namespace {

/// What who knows that much gets in the primary metric.
std::optional<double> reached(const TrialTable& table, const results::SuiteLock& lock,
                              const std::string& knows, bool& exact) {
  for (const results::LockedReachable& one : lock.reachable) {
    if (one.dataset != table.dataset || one.sweep != table.sweep || one.knows != knows) continue;
    const auto found = one.metrics.find(lock.primary);
    if (found == one.metrics.end()) return std::nullopt;
    exact = exact && one.exact;
    return found->second;
  }
  return std::nullopt;
}

/// (value - without) / (best - without), of the values' mean.
std::optional<ShareOfWorth> share_of(const std::vector<double>& values, double best, double without) {
  if (values.empty() || best - without < least_worth) return std::nullopt;
  const auto share = [&](double value) { return (value - without) / (best - without); };
  ShareOfWorth found{share(stats::mean(values)), std::nullopt};
  if (const auto interval = stats::t_interval(values, confidence))
    found.interval = stats::Interval{share(interval->low), share(interval->high)};
  return found;
}

std::optional<KnownAnswer> answer_of(const TrialTable& table, const results::SuiteLock& lock) {
  KnownAnswer answer;
  answer.dataset = table.dataset;
  answer.sweep = table.sweep;
  const auto best = reached(table, lock, "order and times", answer.exact);
  const auto order = reached(table, lock, "order", answer.exact);
  const auto times = reached(table, lock, "times", answer.exact);
  const auto neither = reached(table, lock, "neither", answer.exact);
  answer.chance = reached(table, lock, "chance", answer.exact);
  if (!best || !order || !times || !neither) return std::nullopt;
  answer.best = *best;
  answer.without_times = *order;
  answer.without_order = *times;
  answer.without_both = *neither;
  for (const EncodingTrials& trials : table.encodings) {
    const auto values = stats::without_failed(
        series(trials, lock.primary, chance_of(table, lock.primary), Failed::at_chance));
    EncodingShares shares{trials.encoding, values.size(), std::nullopt, std::nullopt, std::nullopt};
    if (!values.empty()) shares.mean = stats::mean(values);
    shares.order = share_of(values, answer.best, answer.without_order);
    shares.times = share_of(values, answer.best, answer.without_times);
    answer.encodings.push_back(std::move(shares));
  }
  return answer;
}

nlohmann::json json_of(const std::optional<ShareOfWorth>& share) {
  if (!share) return nullptr;
  nlohmann::json interval;
  if (share->interval) interval = {share->interval->low, share->interval->high};
  return {{"value", share->value}, {"interval", interval}};
}

template <class T>
nlohmann::json json_of(const std::optional<T>& value) {
  return value ? nlohmann::json(*value) : nlohmann::json();
}

}  // namespace

std::vector<KnownAnswer> known_answers(const Study& study) {
  std::vector<KnownAnswer> answers;
  for (const TrialTable& table : study.tables)
    if (auto answer = answer_of(table, study.lock)) answers.push_back(std::move(*answer));
  return answers;
}

nlohmann::json json_of(const std::vector<KnownAnswer>& answers) {
  auto list = nlohmann::json::array();
  for (const KnownAnswer& answer : answers) {
    auto encodings = nlohmann::json::array();
    for (const EncodingShares& shares : answer.encodings)
      encodings.push_back({{"encoding", shares.encoding},
                           {"seeds", shares.seeds},
                           {"mean", json_of(shares.mean)},
                           {"share_of_order", json_of(shares.order)},
                           {"share_of_times", json_of(shares.times)}});
    list.push_back({{"dataset", answer.dataset},
                    {"sweep", answer.sweep},
                    {"order_and_times", answer.best},
                    {"order", answer.without_times},
                    {"times", answer.without_order},
                    {"neither", answer.without_both},
                    {"chance", json_of(answer.chance)},
                    {"exact", answer.exact},
                    {"encodings", encodings}});
  }
  return list;
}

}  // namespace pebench::report
