#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "host/controller/report/metric_names.h"
#include "host/controller/report/sections.h"
#include "host/controller/stats/seed_policy.h"

namespace pebench::report {
namespace {

constexpr std::size_t most_turned_listed = 10;

std::string plain(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

bool is_common(const std::string& key, const nlohmann::json& value, const CarryOver& carry) {
  return std::all_of(carry.settings.begin(), carry.settings.end(), [&](const Setting& setting) {
    return setting.sweep.contains(key) && setting.sweep.at(key) == value;
  });
}

/// What tells a setting from the others of its table: "games", "sasrec, prefix".
std::string label_of(const Setting& setting, const CarryOver& carry) {
  if (carry.over == CarryOver::Over::datasets) return setting.dataset;
  std::vector<std::string> words;
  for (const auto& item : setting.sweep.items())
    if (!is_common(item.key(), item.value(), carry)) words.push_back(plain(item.value()));
  return fmt::format("{}", fmt::join(words, ", "));
}

/// What the settings of a table have in common.
std::string scope_of(const CarryOver& carry) {
  const Setting& first = carry.settings.front();
  auto common = nlohmann::json::object();
  for (const auto& item : first.sweep.items())
    if (is_common(item.key(), item.value(), carry)) common[item.key()] = item.value();
  return title_of(carry.over == CarryOver::Over::datasets ? "all data sets" : first.dataset, common);
}

std::string tau_text(const std::optional<double>& tau) { return tau ? fmt::format("{:.2f}", *tau) : "n/a"; }

std::string tau_text(const stats::Interval& interval) {
  return fmt::format("[{:.2f}, {:.2f}]", interval.low, interval.high);
}

std::string verdict_text(const SettingPair& pair) {
  if (pair.withheld) return "withheld";
  if (pair.strength == stats::Strength::none) return "too few seeds";
  const bool weak = pair.strength == stats::Strength::weak && pair.verdict != stats::Carrying::not_known;
  return std::string(stats::name_of(pair.verdict)) + (weak ? " (weak)" : "");
}

Row row_of(const SettingPair& pair, const CarryOver& carry) {
  const std::size_t encodings = pair.encodings.size();
  Row row;
  row.cells = {{label_of(carry.settings[pair.first], carry)},
               {label_of(carry.settings[pair.second], carry)},
               {std::to_string(pair.agreement.seeds)},
               {tau_text(pair.agreement.tau)},
               {tau_text(pair.agreement.interval)},
               {tau_text(pair.ceiling())},
               {std::to_string(pair.kept)},
               {std::to_string(pair.turned)},
               {std::to_string(encodings * (encodings - 1) / 2)},
               {verdict_text(pair)}};
  row.cells[3].significant = pair.verdict != stats::Carrying::not_known;
  return row;
}

TableBlock table_of(const CarryOver& carry, const results::SuiteLock& lock) {
  TableBlock table{fmt::format("does the order carry over? encodings by {}: {}", metric_title(lock.primary),
                               scope_of(carry)),
                   {{"in", true},
                    {"and in", true},
                    {"seeds"},
                    {"tau"},
                    {"95 % interval"},
                    {"ceiling"},
                    {"kept"},
                    {"turned"},
                    {"of"},
                    {"verdict", true}},
                   {}};
  for (const SettingPair& pair : carry.pairs) table.rows.push_back(row_of(pair, carry));
  return table;
}

/// The settings in which a verdict has the first encoding on this side.
std::vector<std::string> settings_with(stats::Direction direction, const EncodingOrder& order,
                                       const CarryOver& carry, bool& weak) {
  std::vector<std::string> labels;
  for (std::size_t s = 0; s < carry.settings.size(); ++s) {
    const auto& standing = order.standings[s];
    if (!standing || standing->direction != direction) continue;
    weak = weak || standing->strength == stats::Strength::weak;
    labels.push_back(label_of(carry.settings[s], carry));
  }
  return labels;
}

bool turns(const EncodingOrder& order, const CarryOver& carry) {
  return std::any_of(carry.pairs.begin(), carry.pairs.end(),
                     [&](const SettingPair& pair) { return order.is_turned(pair.first, pair.second); });
}

void add_turned(const CarryOver& carry, Document& document) {
  std::size_t count = 0;
  for (const EncodingOrder& order : carry.orders) {
    if (!turns(order, carry) || ++count > most_turned_listed) continue;
    bool weak = false;
    const auto ahead = settings_with(stats::Direction::better, order, carry, weak);
    const auto behind = settings_with(stats::Direction::worse, order, carry, weak);
    document.push_back(Paragraph{fmt::format("turned: {} is ahead of {} in {}, and behind in {}{}",
                                             order.first, order.second, fmt::join(ahead, ", "),
                                             fmt::join(behind, ", "), weak ? " (weak)" : "")});
  }
  if (count > most_turned_listed)
    document.push_back(
        Paragraph{fmt::format("and {} more like it; --json has them all", count - most_turned_listed)});
}

std::string legend(const results::SuiteLock& lock) {
  return fmt::format(
      "tau: Kendall's tau-b of the encodings' means, 1 the same order, -1 the opposite one; interval: "
      "bootstrap "
      "over seeds; "
      "ceiling: tau of two halves of one setting's own seeds, of the setting where it is lower: where that "
      "is "
      "low, a low tau says little; kept, turned: pairs of encodings with the same verdict in both settings, "
      "with opposite ones, of all; carries over: tau above {}, three pairs of four in the same order; turns: "
      "tau below 0; both at {} (Holm over a table), from {} seeds on, weak below {}",
      stats::carried_tau, lock.judgement.alpha, stats::seeds_for(stats::Evidence::weak_means),
      stats::seeds_for(stats::Evidence::means));
}

bool has_few_encodings(const CarryOver& carry) {
  return std::any_of(carry.pairs.begin(), carry.pairs.end(),
                     [](const SettingPair& pair) { return pair.encodings.size() == fewest_carried; });
}

}  // namespace

Document carry_over_section(const SuiteReport& report) {
  Document document;
  bool few_encodings = false;
  for (const CarryOver& carry : report.carry_overs) {
    document.push_back(table_of(carry, report.study.lock));
    if (carry.mean)
      document.push_back(
          Paragraph{fmt::format("mean tau over these {} pairs of settings: {} {}", carry.pairs.size(),
                                tau_text(carry.mean->tau), tau_text(carry.mean->interval))});
    add_turned(carry, document);
    few_encodings = few_encodings || has_few_encodings(carry);
  }
  if (document.empty()) return document;
  document.push_back(Paragraph{legend(report.study.lock)});
  if (few_encodings)
    document.push_back(
        Paragraph{"three encodings have three pairs, so that without ties tau is -1, -0.33, 0.33 or 1: read "
                  "the pairs"});
  return document;
}

}  // namespace pebench::report
