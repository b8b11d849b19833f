#include "host/controller/suite/sweep.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/controller/suite/value.h"

namespace pebench::suite {
namespace {

constexpr std::size_t most_variants = 10'000;

/// One swept setting.
struct Axis {
  std::string section;
  std::string key;
  std::vector<const toml::node*> values;
  nlohmann::json shown;  ///< the values, as labels

  std::string name() const { return section + "." + key; }
};

Axis read_axis(const std::string& setting, const toml::node& values, SettingSections sections,
               const std::string& file) {
  auto dot = setting.find('.');
  Axis axis{setting.substr(0, dot),
            dot == std::string::npos ? "" : setting.substr(dot + 1),
            {},
            nlohmann::json::array()};
  Place place = place_of(values, file);
  if (sections.find(axis.section) == nullptr || axis.key.empty())
    refuse(
        place,
        fmt::format("sweep cannot vary \"{}\"; name a setting of model, protocol, train or eval, for example "
                    "\"model.item_max_norm\"",
                    setting));
  const toml::array* array = values.as_array();
  if (array == nullptr || array->empty())
    refuse(place, fmt::format("sweep.\"{}\" must be an array of the values to try, [a, b]", setting));
  for (const toml::node& value : *array) {
    auto label = json_of(value);
    if (!label)
      refuse(place_of(value, file),
             fmt::format("sweep.\"{}\" has a value that no setting can have", setting));
    if (std::find(axis.shown.begin(), axis.shown.end(), *label) != axis.shown.end())
      refuse(place_of(value, file),
             fmt::format("sweep.\"{}\" has {} twice; remove one", setting, label->dump()));
    axis.values.push_back(&value);
    axis.shown.push_back(*label);
  }
  return axis;
}

/// The settings that [sweep] names, whether written "model.width" = [...] or model.width = [...].
std::vector<Axis> read_axes(Section& sweep, const SettingSections& settings) {
  const std::string& file = sweep.place().file;
  std::vector<Axis> axes;
  for (const auto& [name, value] : sweep.entries()) {
    if (const toml::table* table = value->as_table())
      for (const auto& [key, values] : *table)
        axes.push_back(read_axis(name + "." + std::string(key.str()), values, settings, file));
    else
      axes.push_back(read_axis(name, *value, settings, file));
  }
  for (std::size_t i = 1; i < axes.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (axes[i].name() == axes[j].name())
        refuse(place_of(*axes[i].values.front(), file),
               fmt::format("sweep has \"{}\" twice; remove one", axes[i].name()));
  return axes;
}

}  // namespace

std::vector<Variant> read_sweep(Section& sweep, const SettingSections& settings,
                                const std::vector<OwnSettings>& own) {
  std::vector<Axis> axes = read_axes(sweep, settings);
  std::size_t count = 1;
  for (const Axis& axis : axes) {
    count *= axis.values.size();
    if (count > most_variants)
      refuse(sweep.place(),
             fmt::format("sweep asks for more than {} variants; try fewer values", most_variants));
  }
  std::vector<Variant> variants;
  for (std::size_t index = 0; index < count; ++index) {
    SettingSections sections = settings;
    Variant variant;
    std::size_t rest = index;
    for (auto axis = axes.rbegin(); axis != axes.rend(); ++axis) {
      std::size_t choice = rest % axis->values.size();
      rest /= axis->values.size();
      sections.at(axis->section)
          .replace(axis->key, *axis->values[choice], place_of(*axis->values[choice], sweep.place().file));
      variant.sweep[axis->name()] = axis->shown[choice];
    }
    variant.settings = read_settings(sections);
    for (const OwnSettings& one : own) {
      refuse_swept(one.keys, variant.sweep, "for every encoding");
      variant.own.emplace(one.encoding, read_own(one, sections, variant.settings));
    }
    variants.push_back(std::move(variant));
  }
  return variants;
}

}  // namespace pebench::suite
