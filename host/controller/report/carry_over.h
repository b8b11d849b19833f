#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/controller/report/analysis.h"
#include "host/controller/report/study.h"
#include "host/controller/stats/agreement.h"

namespace pebench::report {

/// The fewest encodings whose order is compared between settings.
constexpr std::size_t fewest_carried = 3;

/// One data set under one point of the sweep.
struct Setting {
  std::string dataset;
  nlohmann::json sweep;
};

/// How two encodings stand in one setting: the verdict of all pairs there (PairAnalysis).
struct Standing {
  stats::Direction direction = stats::Direction::undecided;  ///< of the first of the two
  double difference = 0;                                     ///< of their means, first - second
  double adjusted_p = 1;
  stats::Strength strength = stats::Strength::none;
};

/// Two encodings in all settings.
struct EncodingOrder {
  std::string first, second;
  std::vector<std::optional<Standing>> standings;  ///< [setting]; nothing where one of the two has no values

  /// Whether a verdict is given in both settings, and the same one, or the opposite.
  bool is_kept(std::size_t one, std::size_t other) const;
  bool is_turned(std::size_t one, std::size_t other) const;
};

/// Two settings.
struct SettingPair {
  std::size_t first = 0, second = 0;   ///< indices of settings
  std::vector<std::string> encodings;  ///< that have two values or more in both
  stats::Agreement agreement;
  std::optional<double> first_ceiling, second_ceiling;  ///< stats::self_agreement of either
  std::size_t kept = 0, turned = 0;                     ///< of all pairs of these encodings
  // Holm over the pairs of settings of one CarryOver that admit a verdict.
  double adjusted_p_carried = 1, adjusted_p_turned = 1;
  stats::Strength strength = stats::Strength::none;
  bool withheld = false;  ///< as in PairAnalysis
  stats::Carrying verdict = stats::Carrying::not_known;

  std::optional<double> ceiling() const;  ///< the lower of the two
};

/// How far the order of encodings in one setting is that of another, among settings that differ in one thing:
/// in their data set, or in their backbone and what attention sees while it is trained.
struct CarryOver {
  enum class Over { models, datasets };
  Over over = Over::models;
  std::vector<Setting> settings;
  std::vector<EncodingOrder> orders;  ///< all pairs of encodings
  std::vector<SettingPair> pairs;  ///< those that differ, with fewest_carried encodings and two seeds or more
  /// Mean tau over these pairs of settings, of the encodings that all have; nothing of a single pair, or of
  /// fewer than fewest_carried encodings.
  std::optional<stats::Agreement> mean;
};

/// `analyses` are those of the study.
std::vector<CarryOver> carry_over(const Study& study, const std::vector<Analysis>& analyses);

}  // namespace pebench::report
