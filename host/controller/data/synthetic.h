#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/base/random.h"
#include "host/controller/data/columns.h"
#include "host/controller/data/signal.h"

namespace pebench::data {

/// A data set that is generated, so that a suite needs no download and the truth is known.
struct SyntheticSettings {
  std::string signal = "position";  ///< one of signal_names()
  std::int64_t users = 5000;
  std::int64_t items = 2000;
  std::uint64_t seed = 1;

  double strength = 0.85;                            ///< how often an event obeys the signal
  double noise = 0;                                  ///< how many events show an item that is not their own
  std::vector<std::int64_t> length = {6, 20};        ///< events of a history: from, to; or all the same
  std::optional<double> mean_length = std::nullopt;  ///< nothing: all lengths alike
  std::string gaps = "uniform";                      ///< one of gap_names()
  std::optional<std::int64_t> lag = std::nullopt;    ///< nothing: the signal's own
  std::string period = "hour";                       ///< or "weekday", of the signal "period"

  std::int64_t shortest() const { return length.front(); }
  std::int64_t longest() const { return length.back(); }
  std::int64_t places_back() const { return lag.value_or(signal_named(signal).lag.value_or(1)); }
  Pace pace() const;

  /// As dataset.json's `source` keeps them: what was chosen otherwise than above, behind the first four.
  nlohmann::json source() const;
  /// What source() gave; nothing for the source of other data. Throws InputError for one of a later version.
  static std::optional<SyntheticSettings> from_source(const nlohmann::json& source);
};

/// The distributions of seconds between events: "uniform" from 1 to 60; "exponential" with mean 30; "heavy",
/// Pareto's with exponent 1 from 1 on. The last two end below half an hour.
const std::vector<std::string>& gap_names();
const std::vector<std::string>& period_names();

/// Throws InputError for settings that synthesise() cannot serve, with what to write instead.
void validate(const SyntheticSettings& settings);

/// The cycle of groups that the seed draws.
Cycle cycle_of(const SyntheticSettings& settings);

/// How many of `items` are of the group: 1 <= v <= items, v mod 8 == group.
std::int64_t items_of_group(int group, std::int64_t items);

/// A gap of seconds, without a pause.
std::int64_t draw_seconds(const SyntheticSettings& settings, base::Stream& stream);

/// Items belong to 8 groups (item v to group v mod 8, the sparse field "group"). An event obeys its signal
/// with probability `strength` and is of any group else; its item is uniform within the group. With
/// probability `noise` it shows any item instead of its own, and the history goes on as if it had not.
/// docs/data.md has the signals. All randomness comes from a stream of each user, in an order that must not
/// change: generated data are known by their settings.
///
/// Throws InputError as validate() does.
Columns synthesise(const SyntheticSettings& settings);

}  // namespace pebench::data
