#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "host/controller/judge/mapping.h"
#include "host/controller/judge/numbers.h"

namespace pebench::judge {

/// Reads a table, CSV or JSON lines by what it looks like, as `mapping` says. `file` is its name for
/// messages, `dataset` what rows belong to where no column tells.
///
/// Throws base::InputError for what read_csv(), read_json_lines() and find_columns() refuse, and with its
/// place for a row without a data set, encoding, seed, user or metric though there is a column of them.
Numbers read_table(std::string_view text, const std::string& file, const std::string& dataset,
                   const Mapping& mapping, std::optional<char> delimiter);

}  // namespace pebench::judge
