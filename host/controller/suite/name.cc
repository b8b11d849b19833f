#include "host/controller/suite/name.h"

#include <fmt/format.h>

#include <regex>

namespace pebench::suite {

std::string read_name(Section& section, std::string_view example) {
  static const std::regex grammar("[A-Za-z0-9][A-Za-z0-9_.-]*");
  std::string name;
  section.require("name", example);
  section.read("name", name);
  if (!std::regex_match(name, grammar))
    refuse(section.place("name"),
           fmt::format("{} = \"{}\" will not do; use letters, digits, '_', '-' and '.', beginning with a "
                       "letter or digit",
                       section.full_name("name"), name));
  return name;
}

}  // namespace pebench::suite
