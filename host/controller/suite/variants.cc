#include "host/controller/suite/variants.h"

#include <fmt/format.h>

#include <map>

#include "host/controller/suite/sweep.h"
#include "host/controller/suite/value.h"

namespace pebench::suite {
namespace {

/// Puts a variant's keys in place of the suite's; returns them as "protocol.ties", with their places.
std::map<std::string, Place> replace_keys(Section& variant, SettingSections& settings) {
  std::map<std::string, Place> replaced;
  for (const std::string& name : contract::setting_sections()) {
    Section keys = variant.table(name);
    for (const auto& [key, value] : keys.entries()) {
      settings.at(name).replace(key, *value);
      replaced.emplace(name + "." + key, place_of(*value, variant.place().file));
    }
  }
  return replaced;
}

void refuse_swept(const std::map<std::string, Place>& replaced, const nlohmann::json& swept) {
  for (const auto& [setting, place] : replaced)
    if (swept.contains(setting))
      refuse(place,
             fmt::format("{} stands in [sweep] too, which sets it in every variant; remove it from one",
                         setting));
}

/// The first of these with the same settings; null if there is none.
const Variant* twin_of(const Variant& variant, const std::vector<Variant>& others) {
  const nlohmann::json settings = variant.settings;
  for (const Variant& other : others)
    if (nlohmann::json(other.settings) == settings) return &other;
  return nullptr;
}

}  // namespace

std::vector<Variant> read_variants(std::vector<Section> variants, Section& sweep,
                                   const SettingSections& settings) {
  if (variants.empty()) return read_sweep(sweep, settings);
  std::vector<Variant> all;
  std::map<std::string, Place> names;
  for (Section& section : variants) {
    const std::string name = section.text("name");
    if (!names.emplace(name, section.place("name")).second)
      refuse(section.place("name"), fmt::format("two [[variant]] are called \"{}\"; rename one", name));
    SettingSections changed = settings;
    const auto replaced = replace_keys(section, changed);
    section.finish();
    for (Variant& point : read_sweep(sweep, changed)) {
      refuse_swept(replaced, point.sweep);
      if (const Variant* twin = twin_of(point, all))
        refuse(section.place("name"),
               fmt::format(
                   "variant \"{}\" has the same settings as \"{}\"; remove one, or change a setting in it",
                   name, twin->sweep.at(variant_label).get<std::string>()));
      point.sweep[variant_label] = name;
      all.push_back(std::move(point));
    }
  }
  return all;
}

}  // namespace pebench::suite
