#include "host/controller/data/synthetic.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/controller/data/length_distribution.h"

namespace pebench::data {
namespace {

constexpr std::int64_t hour = 3600, day = 24 * hour;
constexpr std::int64_t first_day = 16071;  // 2014-01-01, in days since 1970
constexpr std::int64_t days = 365;
constexpr std::int64_t most = 10'000'000;
constexpr std::int64_t longest_history = 10'000;
constexpr std::int64_t longest_gap = 1799;  // seconds; half a pause

/// A random cycle through all groups: successor[g] follows g.
Cycle random_cycle(base::Stream stream) {
  Cycle order, successor{};
  std::iota(order.begin(), order.end(), 0);
  base::shuffle(order, stream);
  for (int i = 0; i < synthetic_groups; ++i) successor[order[i]] = order[(i + 1) % synthetic_groups];
  return successor;
}

base::Stream streams_of(const SyntheticSettings& settings) {
  return base::Stream(settings.seed, "synthetic", settings.signal);
}

/// A uniformly random item of a group.
Item item_of_group(int group, std::int64_t items, base::Stream& stream) {
  const std::int64_t first = group == 0 ? synthetic_groups : group;
  return static_cast<Item>(first + synthetic_groups *
                                       static_cast<std::int64_t>(stream.below(items_of_group(group, items))));
}

Item any_item(std::int64_t items, base::Stream& stream) { return static_cast<Item>(1 + stream.below(items)); }

/// A history as it grows.
class Walk {
 public:
  Walk(const SyntheticSettings& settings, const Cycle& successor, std::int64_t begin, base::Stream& stream)
      : settings_(settings),
        signal_(signal_named(settings.signal)),
        pace_(settings.pace()),
        successor_(successor),
        stream_(stream),
        lag_(settings.places_back()) {
    moment_.time = begin;
    if (signal_.of == Signal::Of::all) return;
    for (std::int64_t i = 0; i < lag_; ++i)
      events_.push_back({static_cast<int>(stream_.below(synthetic_groups)), 0});
  }

  /// The next event's item; its time is time().
  Item next() {
    pass();
    if (signal_.of == Signal::Of::nothing) return any_item(settings_.items, stream_);
    const bool obeys = stream_.uniform() < settings_.strength;
    const int group =
        obeys && !events_.empty() ? expected() : static_cast<int>(stream_.below(synthetic_groups));
    events_.push_back({group, moment_.time});
    const Item item = item_of_group(group, settings_.items, stream_);
    if (settings_.noise > 0 && stream_.uniform() < settings_.noise) return any_item(settings_.items, stream_);
    return item;
  }

  std::int64_t time() const { return moment_.time; }

 private:
  struct Past {
    int group;
    std::int64_t time;
  };

  void pass() {
    switch (pace_) {
      case Pace::seconds:
      case Pace::pauses:
        moment_.time += draw_seconds(settings_, stream_);
        moment_.paused = pace_ == Pace::pauses && stream_.below(2) == 1;
        if (moment_.paused) moment_.time += synthetic_pause;
        break;
      case Pace::hours:
        pass_units(hour, 24);
        break;
      case Pace::days:
        pass_units(day, 7);
        break;
    }
  }

  /// On to any second of one of the next `count` units, all alike.
  void pass_units(std::int64_t seconds, std::int64_t count) {
    moment_.time = seconds * (moment_.time / seconds + 1 + static_cast<std::int64_t>(stream_.below(count)));
    moment_.time += static_cast<std::int64_t>(stream_.below(seconds));
  }

  int expected() {
    if (signal_.of == Signal::Of::all) return recalled();
    const Past& past = events_[events_.size() - static_cast<std::size_t>(lag_)];
    return signal_.expected(successor_, past.group, moment_, pace_);
  }

  /// The group of an earlier event, each with the weight exp(-seconds since / synthetic_memory).
  int recalled() {
    std::vector<double> sums;
    double sum = 0;
    for (const Past& past : events_)
      sums.push_back(sum += std::exp(-static_cast<double>(moment_.time - past.time) / synthetic_memory));
    const double drawn = stream_.uniform() * sum;
    const auto found = std::upper_bound(sums.begin(), sums.end() - 1, drawn) - sums.begin();
    return events_[static_cast<std::size_t>(found)].group;
  }

  const SyntheticSettings& settings_;
  const Signal& signal_;
  const Pace pace_;
  const Cycle& successor_;
  base::Stream& stream_;
  const std::int64_t lag_;
  Moment moment_;
  std::vector<Past> events_;  ///< oldest first
};

FieldColumn group_field(std::int64_t items) {
  FieldColumn column;
  column.field = {"group", true, synthetic_groups};
  column.offsets = {0, 0};
  for (int group = 0; group < synthetic_groups; ++group) column.vocabulary.push_back(std::to_string(group));
  for (std::int64_t item = 1; item <= items; ++item) {
    column.ids.push_back(static_cast<std::int32_t>(item % synthetic_groups));
    column.offsets.push_back(item);
  }
  return column;
}

[[noreturn]] void refuse(const std::string& message) { throw base::InputError(message); }

void check_word(const char* what, const std::string& word, const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), word) == known.end())
    refuse(fmt::format("synthetic {} '{}' is unknown; {}", what, word, base::remedy(word, known)));
}

void check_sizes(const SyntheticSettings& settings) {
  if (settings.users < 10 || settings.users > most)
    refuse(fmt::format("{} synthetic users: use 10 to {}", settings.users, most));
  if (settings.items < 2 * synthetic_groups || settings.items > most)
    refuse(fmt::format("{} synthetic items: use {} to {}", settings.items, 2 * synthetic_groups, most));
}

void check_lengths(const SyntheticSettings& settings) {
  const auto& length = settings.length;
  if (length.empty() || length.size() > 2 || length.front() > length.back() || length.front() < 3 ||
      length.back() > longest_history)
    refuse(fmt::format("a synthetic length is [from, to], or [n] where all are alike, from 3 to {} events",
                       longest_history));
  if (settings.mean_length && !(*settings.mean_length > static_cast<double>(length.front()) &&
                                *settings.mean_length < static_cast<double>(length.back())))
    refuse(fmt::format("a synthetic mean_length of {} does not lie between the lengths {} and {}",
                       *settings.mean_length, length.front(), length.back()));
}

void check_what_the_signal_takes(const SyntheticSettings& settings, const Signal& signal) {
  const SyntheticSettings initial;
  const auto refuse_unused = [&](const char* key) {
    refuse(fmt::format("the signal '{}' takes no {}; remove it", signal.name, key));
  };
  if (!(settings.strength >= 0 && settings.strength <= 1))
    refuse(fmt::format("a synthetic strength of {}: use 0 to 1", settings.strength));
  if (!(settings.noise >= 0 && settings.noise < 1))
    refuse(fmt::format("a synthetic noise of {}: use 0 to below 1", settings.noise));
  if (signal.of == Signal::Of::nothing && settings.strength != initial.strength) refuse_unused("strength");
  if (signal.of == Signal::Of::nothing && settings.noise != 0) refuse_unused("noise");
  if (signal.of == Signal::Of::all && settings.noise != 0)
    refuse("the signal 'recency' takes no noise, since every event counts as it is seen; lower its strength");
  const bool is_periodic = settings.pace() == Pace::hours || settings.pace() == Pace::days;
  if (is_periodic && settings.gaps != initial.gaps) refuse_unused("gaps, which are hours or days");
  if (!is_periodic && settings.period != initial.period) refuse_unused("period");
  if (!settings.lag) return;
  if (!signal.lag) refuse_unused("lag");
  const std::int64_t least = signal.name == "distance" ? 2 : 1;
  if (*settings.lag < least || *settings.lag > longest_history)
    refuse(fmt::format("a synthetic lag of {}: use {} or more for '{}'", *settings.lag, least, signal.name));
}

}  // namespace

const std::vector<std::string>& gap_names() {
  static const std::vector<std::string> names = {"uniform", "exponential", "heavy"};
  return names;
}

const std::vector<std::string>& period_names() {
  static const std::vector<std::string> names = {"hour", "weekday"};
  return names;
}

Pace SyntheticSettings::pace() const {
  const Pace own = signal_named(signal).pace;
  return own == Pace::hours && period == "weekday" ? Pace::days : own;
}

nlohmann::json SyntheticSettings::source() const {
  const SyntheticSettings initial;
  nlohmann::json kept = {{"signal", signal}, {"users", users}, {"items", items}, {"seed", seed}};
  if (strength != initial.strength) kept["strength"] = strength;
  if (noise != initial.noise) kept["noise"] = noise;
  if (shortest() != initial.shortest() || longest() != initial.longest())
    kept["length"] = {shortest(), longest()};
  if (mean_length) kept["mean_length"] = *mean_length;
  if (gaps != initial.gaps) kept["gaps"] = gaps;
  if (places_back() != signal_named(signal).lag.value_or(1)) kept["lag"] = places_back();
  if (period != initial.period) kept["period"] = period;
  return {{"synthetic", kept}};
}

std::optional<SyntheticSettings> SyntheticSettings::from_source(const nlohmann::json& source) {
  if (!source.is_object() || !source.contains("synthetic")) return std::nullopt;
  SyntheticSettings settings;
  try {
    for (const auto& [key, value] : source.at("synthetic").items()) {
      if (key == "signal")
        value.get_to(settings.signal);
      else if (key == "users")
        value.get_to(settings.users);
      else if (key == "items")
        value.get_to(settings.items);
      else if (key == "seed")
        value.get_to(settings.seed);
      else if (key == "strength")
        value.get_to(settings.strength);
      else if (key == "noise")
        value.get_to(settings.noise);
      else if (key == "length")
        value.get_to(settings.length);
      else if (key == "mean_length")
        settings.mean_length = value.get<double>();
      else if (key == "gaps")
        value.get_to(settings.gaps);
      else if (key == "lag")
        settings.lag = value.get<std::int64_t>();
      else if (key == "period")
        value.get_to(settings.period);
      else
        refuse(fmt::format("'{}'", key));
    }
    validate(settings);
  } catch (const nlohmann::json::exception&) {
    refuse("its source is no setting of generated data that this version knows");
  } catch (const base::InputError& error) {
    refuse(
        fmt::format("its source is no setting of generated data that this version knows: {}", error.what()));
  }
  return settings;
}

void validate(const SyntheticSettings& settings) {
  const Signal& signal = signal_named(settings.signal);
  check_word("gaps", settings.gaps, gap_names());
  check_word("period", settings.period, period_names());
  check_sizes(settings);
  check_lengths(settings);
  check_what_the_signal_takes(settings, signal);
  if (settings.places_back() >= settings.shortest())
    refuse(fmt::format(
        "a synthetic lag of {} leaves nothing to tell in histories of {} events; use a length from {}",
        settings.places_back(), settings.shortest(), settings.places_back() + 1));
}

Cycle cycle_of(const SyntheticSettings& settings) { return random_cycle(streams_of(settings).at(0)); }

std::int64_t items_of_group(int group, std::int64_t items) {
  const std::int64_t first = group == 0 ? synthetic_groups : group;
  return (items - first) / synthetic_groups + 1;
}

std::int64_t draw_seconds(const SyntheticSettings& settings, base::Stream& stream) {
  if (settings.gaps == "uniform") return 1 + static_cast<std::int64_t>(stream.below(60));
  const double left = 1.0 - stream.uniform();  // in (0, 1]
  const double drawn = settings.gaps == "exponential" ? 1.0 - 30.0 * std::log(left) : 1.0 / left;
  return static_cast<std::int64_t>(std::min(drawn, static_cast<double>(longest_gap)));
}

Columns synthesise(const SyntheticSettings& settings) {
  validate(settings);
  const base::Stream streams = streams_of(settings);
  const Cycle successor = cycle_of(settings);
  const LengthDistribution lengths(settings.shortest(), settings.longest(), settings.mean_length);
  Columns columns;
  columns.offsets.push_back(0);
  for (std::int64_t user = 0; user < settings.users; ++user) {
    base::Stream stream = streams.at(static_cast<std::uint64_t>(user) + 1);
    const std::int64_t length = lengths.draw(stream);
    const auto begin = day * (first_day + static_cast<std::int64_t>(stream.below(days)));
    Walk walk(settings, successor, begin, stream);
    for (std::int64_t i = 0; i < length; ++i) {
      columns.items.push_back(walk.next());
      columns.times.push_back(walk.time());
    }
    columns.offsets.push_back(static_cast<std::int64_t>(columns.items.size()));
    columns.user_ids.push_back(fmt::format("u{}", user));
  }
  for (std::int64_t item = 1; item <= settings.items; ++item)
    columns.item_ids.push_back(fmt::format("i{}", item));
  columns.fields.push_back(group_field(settings.items));
  return columns;
}

}  // namespace pebench::data
