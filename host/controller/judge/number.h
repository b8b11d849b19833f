#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pebench::judge {

/// Whether a cell says that there is no number: it is empty, or one of the words that programs write for
/// that.
bool says_nothing(std::string_view text);

/// A number in a cell, NaN and infinities included; nothing where the text is none. With `decimal_comma` 0,25
/// is a quarter, and 0.25 still is.
std::optional<double> number_of(std::string_view text, bool decimal_comma);

/// What to do about a text that is no number: `; give --decimal-comma ...` where that would help.
std::string number_remedy(std::string_view text, bool decimal_comma);

}  // namespace pebench::judge
