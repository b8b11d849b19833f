#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/contract/key.h"

namespace pebench::contract {

// The types of settings.
using Integer = std::int64_t;
using Number = double;
using Limit = std::optional<double>;  ///< none for no limit: `inf` in a suite, null in JSON
using Flag = bool;
using Text = std::string;
using Integers = std::vector<std::int64_t>;
using Texts = std::vector<std::string>;

/// [model]: the backbone.
struct ModelSettings {
#define MODEL(key, type, initial, allowed, help) type key = initial;
#include "host/contract/settings.def"
};

/// [protocol]: what is measured. The defaults are the preset "clean"; docs/protocol.md, The switches, says
/// why each matters.
struct ProtocolSettings {
#define PROTOCOL(key, type, initial, allowed, help) type key = initial;
#include "host/contract/settings.def"
};

/// [train]
struct TrainSettings {
#define TRAIN(key, type, initial, allowed, help) type key = initial;
#include "host/contract/settings.def"
};

/// [eval]
struct EvalSettings {
#define EVAL(key, type, initial, allowed, help) type key = initial;
#include "host/contract/settings.def"
};

/// Everything of a suite that a sweep may vary and a trial depends on.
struct Settings {
  ModelSettings model;
  ProtocolSettings protocol;
  TrainSettings train;
  EvalSettings eval;
};

/// A line of settings.def.
struct Setting : Key {
  std::function<nlohmann::json(const Settings&)> get;
  /// Throws nlohmann::json::exception for a value of another type; what is allowed is not asked.
  std::function<void(Settings&, const nlohmann::json&)> set;
};

/// All lines in their order.
const std::vector<Setting>& settings_table();
/// The line of "model.width". Throws std::logic_error if there is none.
const Setting& setting(std::string_view full_name);
/// "model", "protocol", "train", "eval"
const std::vector<std::string>& setting_sections();

/// Settings that came after trials had been published. At their default, which is what those trials did, they
/// are left out of JSON, so that trials keep their ids. The next numeric contract may empty the list.
const std::vector<std::string>& later_settings();

void to_json(nlohmann::json& json, const Settings& settings);
/// Throws nlohmann::json::exception when a key that is none of the later ones is missing, or of another type.
void from_json(const nlohmann::json& json, Settings& settings);

}  // namespace pebench::contract
