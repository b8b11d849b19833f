#include "host/controller/suite/space.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/nearest.h"
#include "host/contract/settings.h"
#include "host/controller/suite/replacement.h"
#include "host/controller/suite/section.h"
#include "host/controller/suite/value.h"

namespace pebench::suite {
namespace {

/// What a space says of one key, before it is known what the key is.
struct Entry {
  std::string key;
  const toml::node* value;
};

bool is_range(const toml::node& node) {
  return node.is_table() && (node.as_table()->contains("from") || node.as_table()->contains("to"));
}

/// Whether written "train.lr" = [...] or train.lr = [...].
std::vector<Entry> entries_of(const Section& space) {
  std::vector<Entry> found;
  for (const auto& [name, value] : space.entries()) {
    if (!value->is_table() || is_range(*value)) {
      found.push_back({name, value});
      continue;
    }
    for (const auto& [key, inner] : *value->as_table())
      found.push_back({name + "." + std::string(key.str()), &inner});
  }
  return found;
}

Range read_range(const toml::node& node, const std::string& file) {
  Section section("range", node.as_table(), place_of(node, file));
  Range range;
  range.from = section.number("from");
  range.to = section.number("to");
  range.log = section.flag("log");
  section.finish();
  const toml::table& table = *node.as_table();
  range.integer = table["from"].is_integer() && table["to"].is_integer();
  if (!(range.from < range.to))
    refuse(section.place("to"),
           fmt::format("range.to = {} must be above range.from = {}", range.to, range.from));
  if (range.log && range.from <= 0)
    refuse(section.place("from"),
           fmt::format("range.from = {} must be above 0, where log = true counts orders of magnitude",
                       range.from));
  return range;
}

/// The list's elements as `read` makes them.
template <class Read>
std::vector<nlohmann::json> read_choices(const std::string& what, const toml::node& node,
                                         const std::string& file, const Read& read) {
  const toml::array* array = node.as_array();
  if (array == nullptr || array->empty())
    refuse(place_of(node, file),
           fmt::format("{} must be a list of values, [a, b], or a stretch, {{ from = a, to = b }}", what));
  std::vector<nlohmann::json> choices;
  for (const toml::node& element : *array) {
    choices.push_back(read(element));
    if (std::find(choices.begin(), choices.end() - 1, choices.back()) != choices.end() - 1)
      refuse(place_of(element, file),
             fmt::format("{} has {} twice; remove one", what, choices.back().dump()));
  }
  return choices;
}

Dimension read_setting(const Entry& entry, const std::string& file) {
  const Place place = place_of(*entry.value, file);
  if (std::find(tunable_settings().begin(), tunable_settings().end(), entry.key) == tunable_settings().end())
    refuse(place, fmt::format("tune.space cannot vary \"{}\"; {}", entry.key,
                              base::remedy(entry.key, tunable_settings())));
  const contract::Setting& setting = contract::setting(entry.key);
  Dimension dimension{entry.key, {}, {}, place};
  if (!is_range(*entry.value)) {
    dimension.choices = read_choices("tune.space, " + entry.key, *entry.value, file,
                                     [&](const toml::node& one) { return read_value(setting, one, file); });
    return dimension;
  }
  if (setting.type != contract::KeyType::integer && setting.type != contract::KeyType::number)
    refuse(place, fmt::format("tune.space, {} has no stretch from one value to another; write a list, [a, b]",
                              entry.key));
  dimension.range = read_range(*entry.value, file);
  for (const char* end : {"from", "to"})
    if (read_value(setting, *entry.value->as_table()->get(end), file).is_null())
      refuse(place, fmt::format("tune.space, {} must end at a number; write a list for inf", entry.key));
  dimension.range->integer = setting.type == contract::KeyType::integer;
  return dimension;
}

Dimension read_option(const Entry& entry, const std::string& file) {
  Dimension dimension{entry.key, {}, {}, place_of(*entry.value, file)};
  if (is_range(*entry.value))
    dimension.range = read_range(*entry.value, file);
  else
    dimension.choices =
        read_choices("encoding.space, " + entry.key, *entry.value, file, [&](const toml::node& one) {
          auto value = json_of(one);
          if (!value || value->is_array())
            refuse(place_of(one, file),
                   fmt::format("encoding.space, {} must have numbers, true or false, or texts in quotes",
                               entry.key));
          return *value;
        });
  return dimension;
}

/// To four significant digits, which people can read and type.
double rounded(double value) { return std::stod(fmt::format("{:.4g}", value)); }

template <class Read>
std::vector<Dimension> read_space(const Section& space, const Read& read) {
  std::vector<Dimension> dimensions;
  for (const Entry& entry : entries_of(space)) {
    dimensions.push_back(read(entry, space.place().file));
    for (std::size_t i = 0; i + 1 < dimensions.size(); ++i)
      if (dimensions[i].key == entry.key)
        refuse(dimensions.back().place,
               fmt::format("{} has \"{}\" twice; remove one", space.name(), entry.key));
  }
  return dimensions;
}

}  // namespace

const std::vector<std::string>& tunable_settings() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> found;
    for (const contract::Setting& setting : contract::settings_table()) {
      const auto& sections = own_sections();
      const bool own = std::find(sections.begin(), sections.end(), setting.section) != sections.end();
      if (own && setting.section != "protocol" && setting.full_name() != "train.epochs" &&
          setting.full_name() != "train.select")
        found.push_back(setting.full_name());
    }
    return found;
  }();
  return names;
}

nlohmann::json Range::at(double share) const {
  if (integer) {
    // Every integer has the stretch from half below it to half above.
    const double low = from - 0.5, high = to + 0.5;
    const double value = log ? low * std::pow(high / low, share) : low + share * (high - low);
    return static_cast<std::int64_t>(std::clamp(std::round(value), from, to));
  }
  const double value = log ? from * std::pow(to / from, share) : from + share * (to - from);
  return std::clamp(rounded(value), from, to);
}

nlohmann::json Dimension::at(double share) const {
  if (range) return range->at(share);
  return choices[static_cast<std::size_t>(share * static_cast<double>(choices.size()))];
}

std::vector<Dimension> read_settings_space(Section space) { return read_space(space, read_setting); }
std::vector<Dimension> read_options_space(Section space) { return read_space(space, read_option); }

}  // namespace pebench::suite
