#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/contract/settings.h"

namespace pebench::suite {

/// What each word of a section's `preset` stands for.
struct PresetTable {
  struct Row {
    std::string setting;                 ///< "model.width"
    std::vector<nlohmann::json> values;  ///< one of each preset
  };

  std::string section;
  std::vector<std::string> names;
  std::vector<Row> rows;

  /// Sets what the preset of that name sets. Throws std::logic_error if there is none.
  void apply(const std::string& name, contract::Settings& settings) const;
  bool sets(const std::string& setting) const;
};

/// Models with the training they were tuned for: study/*, those of the encodings study (arXiv 2405.10436),
/// one for each of its data sets, and strong/*, each backbone where it recommends well (docs/model.md,
/// Presets). Every preset has a value for every row, so that it means the same behind whatever was set
/// before.
const PresetTable& model_presets();
/// The defaults, and what the study's published code measures.
const PresetTable& protocol_presets();

}  // namespace pebench::suite
