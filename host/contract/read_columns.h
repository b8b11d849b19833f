#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <exception>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "host/base/error.h"
#include "host/contract/byte_planes.h"
#include "host/contract/damaged.h"
#include "host/contract/kept_file.h"

namespace pebench::contract {

/// What parse(header, columns) makes of a file that is a line of JSON, with a schema and a number of users,
/// and then columns. Throws Damaged, naming `file`, where it is no such file, of which `what` ("no rank
/// file") says what it is not; InputError for another schema.
template <class Parse>
auto read_columns(std::string_view bytes, int schema, const std::string& file, const char* what,
                  Parse parse) {
  const auto damaged = [&](const char* why) {
    return Damaged(fmt::format("{} is {} ({}): {}", file, what, why, damaged_remedy));
  };
  const std::size_t end = bytes.find('\n');
  if (end == std::string_view::npos) throw damaged("it has no header");
  try {
    const auto header = nlohmann::json::parse(bytes.substr(0, end));
    if (header.at("schema") != schema)
      throw base::InputError(
          fmt::format("{}: schema {} is another version's; read it with the version that wrote it", file,
                      header.at("schema").dump()));
    ColumnReader columns(bytes.substr(end + 1), header.at("users").template get<std::size_t>());
    auto found = parse(header, columns);
    columns.finish();
    return found;
  } catch (const base::InputError&) {
    throw;
  } catch (const std::exception& error) {  // nlohmann's among them
    throw damaged(error.what());
  }
}

}  // namespace pebench::contract
