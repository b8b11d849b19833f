#pragma once

#include <string>
#include <string_view>

#include "host/controller/judge/sheet.h"

namespace pebench::judge {

/// Whether the text begins like JSON, and so not like a line of column names.
bool looks_like_json(std::string_view text);

/// Reads a JSON object a line into a table whose columns are their keys, in the order in which they appear;
/// null and a key that a line lacks are empty cells. NaN, Infinity and -Infinity, which JSON lacks and many
/// programs write all the same, are read. Lines with nothing on them are passed over.
///
/// Throws base::InputError with file and line for a line that is no such object, and for a list or an object
/// in one.
Sheet read_json_lines(std::string_view text, const std::string& file);

}  // namespace pebench::judge
