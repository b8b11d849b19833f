#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pebench::data {

/// The item ids of a text of Dataset::negatives_text(). Throws InputError for a text that no import wrote.
std::vector<std::string> ids_in(std::string_view negatives_text);

}  // namespace pebench::data
