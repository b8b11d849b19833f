#include "host/controller/suite/variants.h"

#include <fmt/format.h>

#include <map>

#include "host/controller/suite/sweep.h"

namespace pebench::suite {
namespace {

/// The first of these with the same settings; null if there is none.
const Variant* twin_of(const Variant& variant, const std::vector<Variant>& others) {
  const nlohmann::json settings = variant.settings;
  for (const Variant& other : others)
    if (nlohmann::json(other.settings) == settings) return &other;
  return nullptr;
}

}  // namespace

std::vector<Variant> read_variants(std::vector<Section> variants, Section& sweep,
                                   const SettingSections& settings, const std::vector<OwnSettings>& own) {
  if (variants.empty()) return read_sweep(sweep, settings, own);
  std::vector<Variant> all;
  std::map<std::string, Place> names;
  for (Section& section : variants) {
    const std::string name = section.text("name");
    if (!names.emplace(name, section.place("name")).second)
      refuse(section.place("name"), fmt::format("two [[variant]] are called \"{}\"; rename one", name));
    SettingSections changed = settings;
    const auto replaced = read_replacements(section, contract::setting_sections());
    replace(changed, replaced);
    section.finish();
    for (Variant& point : read_sweep(sweep, changed, own)) {
      refuse_swept(replaced, point.sweep, "in every variant");
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
