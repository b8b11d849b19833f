#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/controller/suite/place.h"

namespace pebench::suite {

class Section;

/// { from, to, log }: numbers of a stretch, all alike or all orders of magnitude alike.
struct Range {
  double from = 0;
  double to = 0;  ///< included
  bool log = false;
  bool integer = false;

  /// The number at a share of the way, in [0, 1); to four significant digits.
  nlohmann::json at(double share) const;
};

/// Something that tuning varies, and how: the one of `choices` and `range` that is there.
struct Dimension {
  std::string key;                      ///< "train.lr"; of an encoding's options "base"
  std::vector<nlohmann::json> choices;  ///< an infinite number is null
  std::optional<Range> range;
  Place place;

  /// What stands at a share of the way through all values, in [0, 1).
  nlohmann::json at(double share) const;
};

/// The settings that tuning may vary, those of [model] and [train]: not train.epochs and train.select, by
/// which it counts epochs and compares them.
const std::vector<std::string>& tunable_settings();

/// [tune.space]: settings of [model] and [train], whose values are held against what each allows. Throws
/// base::InputError with its place for anything else, and for what tuning sets itself.
std::vector<Dimension> read_settings_space(Section space);
/// An encoding's `space`: options of its plugin, which are not yet held against its descriptor.
std::vector<Dimension> read_options_space(Section space);

}  // namespace pebench::suite
