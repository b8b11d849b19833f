#include "host/contract/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace pebench::contract {
namespace {

// The two directions of JSON and the type of each member of the structs.

template <class Value>
nlohmann::json json_of(const Value& value) {
  return value;
}
nlohmann::json json_of(const Limit& limit) { return limit ? nlohmann::json(*limit) : nlohmann::json(); }

template <class Value>
void read(const nlohmann::json& json, Value& value) {
  json.get_to(value);
}
void read(const nlohmann::json& json, Limit& limit) {
  limit = json.is_null() ? std::nullopt : Limit(json.get<double>());
}

constexpr KeyType type_of(const Integer&) { return KeyType::integer; }
constexpr KeyType type_of(const Number&) { return KeyType::number; }
constexpr KeyType type_of(const Limit&) { return KeyType::number; }
constexpr KeyType type_of(const Flag&) { return KeyType::flag; }
KeyType type_of(const Text&) { return KeyType::text; }
KeyType type_of(const Integers&) { return KeyType::integers; }
KeyType type_of(const Texts&) { return KeyType::texts; }

template <class Section, class Value>
Setting line(const char* section, const char* name, Section Settings::*part, Value Section::*member,
             Allowed allowed, const char* help) {
  const Value initial = Section().*member;
  return {{section, name, type_of(initial), std::move(allowed), initially(json_of(initial)), help},
          [=](const Settings& settings) { return json_of(settings.*part.*member); },
          [=](Settings& settings, const nlohmann::json& json) { read(json, settings.*part.*member); }};
}

bool is_later(const Setting& setting) {
  const auto& later = later_settings();
  return std::find(later.begin(), later.end(), setting.full_name()) != later.end();
}

}  // namespace

const std::vector<Setting>& settings_table() {
  static const std::vector<Setting> table = {
#define MODEL(key, type, initial, allowed, help) \
  line("model", #key, &Settings::model, &ModelSettings::key, allowed, help),
#define PROTOCOL(key, type, initial, allowed, help) \
  line("protocol", #key, &Settings::protocol, &ProtocolSettings::key, allowed, help),
#define TRAIN(key, type, initial, allowed, help) \
  line("train", #key, &Settings::train, &TrainSettings::key, allowed, help),
#define EVAL(key, type, initial, allowed, help) \
  line("eval", #key, &Settings::eval, &EvalSettings::key, allowed, help),
#include "host/contract/settings.def"
  };
  return table;
}

const Setting& setting(std::string_view full_name) {
  const auto& table = settings_table();
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Setting& setting) { return setting.full_name() == full_name; });
  if (found == table.end()) throw std::logic_error(fmt::format("there is no setting {}", full_name));
  return *found;
}

const std::vector<std::string>& setting_sections() {
  static const std::vector<std::string> sections = [] {
    std::vector<std::string> found;
    for (const Setting& setting : settings_table())
      if (found.empty() || found.back() != setting.section) found.push_back(setting.section);
    return found;
  }();
  return sections;
}

const std::vector<std::string>& later_settings() {
  static const std::vector<std::string> names = {
      "model.backbone",      "model.norm_place",  "model.feed_forward",       "model.init",
      "model.init_std",      "train.objective",   "train.negatives",          "train.negatives_from",
      "train.negatives_per", "train.calibration", "train.mask_share",         "train.mask_last",
      "eval.test",           "model.scorer",      "protocol.shuffle_history", "eval.window",
  };
  return names;
}

void to_json(nlohmann::json& json, const Settings& settings) {
  json = nlohmann::json::object();
  for (const Setting& setting : settings_table()) {
    nlohmann::json value = setting.get(settings);
    if (is_later(setting) && value == *setting.initial.value) continue;
    json[setting.section][setting.name] = std::move(value);
  }
}

void from_json(const nlohmann::json& json, Settings& settings) {
  for (const Setting& setting : settings_table()) {
    const nlohmann::json& section = json.at(setting.section);
    if (is_later(setting) && !section.contains(setting.name))
      setting.set(settings, *setting.initial.value);
    else
      setting.set(settings, section.at(setting.name));
  }
}

}  // namespace pebench::contract
