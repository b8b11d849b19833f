#include "host/controller/report/carry_over.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "host/base/parallel.h"
#include "host/controller/report/points.h"
#include "host/controller/stats/holm.h"

namespace pebench::report {
namespace {

constexpr std::size_t fewest_seeds = 2;
constexpr std::size_t many_encodings = 30, resamples_of_many = 10000;

stats::Direction opposite(stats::Direction direction) {
  if (direction == stats::Direction::better) return stats::Direction::worse;
  return direction == stats::Direction::worse ? stats::Direction::better : direction;
}

std::optional<Standing> standing_of(const std::string& first, const std::string& second, const Point& point) {
  for (const PairAnalysis& pair : point.analysis->pairs) {
    const std::string& one = point.analysis->encodings[pair.first].encoding;
    const std::string& other = point.analysis->encodings[pair.second].encoding;
    const Standing standing{pair.verdicts.direction, pair.mean.difference, pair.mean_adjusted_p,
                            pair.mean_strength};
    if (one == first && other == second) return standing;
    if (one == second && other == first)
      return Standing{opposite(standing.direction), -standing.difference, standing.adjusted_p,
                      standing.strength};
  }
  return std::nullopt;
}

std::vector<EncodingOrder> orders_of(const Group& group) {
  std::vector<std::string> encodings;
  for (const Point& point : group)
    for (const EncodingAnalysis& analysis : point.analysis->encodings)
      if (std::find(encodings.begin(), encodings.end(), analysis.encoding) == encodings.end())
        encodings.push_back(analysis.encoding);
  std::vector<EncodingOrder> orders;
  for (std::size_t i = 0; i < encodings.size(); ++i)
    for (std::size_t j = i + 1; j < encodings.size(); ++j) {
      EncodingOrder order{encodings[i], encodings[j], {}};
      for (const Point& point : group)
        order.standings.push_back(standing_of(encodings[i], encodings[j], point));
      orders.push_back(std::move(order));
    }
  return orders;
}

void count_orders(const std::vector<EncodingOrder>& orders, SettingPair& pair) {
  const std::set<std::string> common(pair.encodings.begin(), pair.encodings.end());
  for (const EncodingOrder& order : orders) {
    if (common.count(order.first) == 0 || common.count(order.second) == 0) continue;
    pair.kept += order.is_kept(pair.first, pair.second);
    pair.turned += order.is_turned(pair.first, pair.second);
  }
}

/// The pair without its tests.
std::optional<SettingPair> paired(std::size_t first, std::size_t second, const Group& group) {
  SettingPair pair;
  pair.first = first;
  pair.second = second;
  pair.encodings = common_encodings({group[first], group[second]});
  if (pair.encodings.size() < fewest_carried) return std::nullopt;
  pair.withheld = is_withheld(group[first], pair.encodings) || is_withheld(group[second], pair.encodings);
  for (const auto& values : setting_values({group[first], group[second]}, pair.encodings))
    if (values.seeds() < fewest_seeds) return std::nullopt;
  return pair;
}

CarryOver compared(const Group& group, CarryOver::Over over) {
  CarryOver result;
  result.over = over;
  for (const Point& point : group) result.settings.push_back({point.table->dataset, point.table->sweep});
  for (std::size_t i = 0; i < group.size(); ++i)
    for (std::size_t j = i + 1; j < group.size(); ++j) {
      const bool differ = over == CarryOver::Over::datasets || *group[i].model != *group[j].model;
      if (auto pair = differ ? paired(i, j, group) : std::nullopt) result.pairs.push_back(std::move(*pair));
    }
  if (result.pairs.empty()) return result;
  result.orders = orders_of(group);
  for (SettingPair& pair : result.pairs) count_orders(result.orders, pair);
  return result;
}

/// A resample costs the square of their number.
stats::AgreementOptions options_for(std::size_t encodings) {
  stats::AgreementOptions options;
  if (encodings > many_encodings) options.resamples = resamples_of_many;
  return options;
}

void test(const Group& group, SettingPair& pair) {
  const auto values = setting_values({group[pair.first], group[pair.second]}, pair.encodings);
  pair.agreement = stats::agreement(values, {{0, 1}}, options_for(pair.encodings.size()));
  pair.first_ceiling = stats::self_agreement(values[0]);
  pair.second_ceiling = stats::self_agreement(values[1]);
  if (!pair.withheld) pair.strength = stats::strength_on_means(pair.agreement.seeds);
}

std::optional<stats::Agreement> mean_of(const Group& group, const CarryOver& carry) {
  if (carry.pairs.size() < 2) return std::nullopt;
  Group members;  // of pairs; others may not have been run yet
  std::map<std::size_t, std::size_t> member_of;
  const auto join = [&](std::size_t setting) {
    const auto [found, is_new] = member_of.emplace(setting, members.size());
    if (is_new) members.push_back(group[setting]);
    return found->second;
  };
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (const SettingPair& pair : carry.pairs) {
    const std::size_t first = join(pair.first);
    pairs.emplace_back(first, join(pair.second));
  }
  const std::vector<std::string> encodings = common_encodings(members);
  if (encodings.size() < fewest_carried) return std::nullopt;
  const stats::Agreement mean =
      stats::agreement(setting_values(members, encodings), pairs, options_for(encodings.size()));
  return mean.tau ? std::optional(mean) : std::nullopt;
}

void conclude(CarryOver& carry, double alpha) {
  std::vector<SettingPair*> family;
  std::vector<double> carried, turned;
  for (SettingPair& pair : carry.pairs) {
    pair.adjusted_p_carried = pair.agreement.p_carried;
    pair.adjusted_p_turned = pair.agreement.p_turned;
    if (pair.strength == stats::Strength::none) continue;
    family.push_back(&pair);
    carried.push_back(pair.agreement.p_carried);
    turned.push_back(pair.agreement.p_turned);
  }
  carried = stats::holm(carried);
  turned = stats::holm(turned);
  for (std::size_t i = 0; i < family.size(); ++i) {
    family[i]->adjusted_p_carried = carried[i];
    family[i]->adjusted_p_turned = turned[i];
    family[i]->verdict = stats::carrying(carried[i], turned[i], alpha);
  }
}

bool is_decided(stats::Direction direction) { return direction != stats::Direction::undecided; }

}  // namespace

bool EncodingOrder::is_kept(std::size_t one, std::size_t other) const {
  return standings[one] && standings[other] && is_decided(standings[one]->direction) &&
         standings[one]->direction == standings[other]->direction;
}

bool EncodingOrder::is_turned(std::size_t one, std::size_t other) const {
  return standings[one] && standings[other] && is_decided(standings[one]->direction) &&
         standings[one]->direction == opposite(standings[other]->direction);
}

std::optional<double> SettingPair::ceiling() const {
  if (!first_ceiling || !second_ceiling) return std::nullopt;
  return std::min(*first_ceiling, *second_ceiling);
}

std::vector<CarryOver> carry_over(const Study& study, const std::vector<Analysis>& analyses) {
  const std::vector<Point> points = points_of(study, analyses);
  std::vector<CarryOver> all;
  std::vector<Group> groups;
  const auto add = [&](std::vector<Group> candidates, CarryOver::Over over) {
    for (Group& group : candidates) {
      CarryOver carry = compared(group, over);
      if (carry.pairs.empty()) continue;
      all.push_back(std::move(carry));
      groups.push_back(std::move(group));
    }
  };
  add(grouped_over_models(points), CarryOver::Over::models);
  add(grouped_over_datasets(points), CarryOver::Over::datasets);
  std::vector<std::pair<std::size_t, SettingPair*>> pairs;
  for (std::size_t i = 0; i < all.size(); ++i)
    for (SettingPair& pair : all[i].pairs) pairs.emplace_back(i, &pair);
  base::parallel_for(pairs.size(), [&](std::size_t i) { test(groups[pairs[i].first], *pairs[i].second); });
  base::parallel_for(all.size(), [&](std::size_t i) { all[i].mean = mean_of(groups[i], all[i]); });
  for (CarryOver& carry : all) conclude(carry, study.lock.judgement.alpha);
  return all;
}

}  // namespace pebench::report
