#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pebench::base {

/// The word of `known` that `word` was probably meant to be: the fewest edits (insertion, removal,
/// replacement, swap of neighbours), at most a third of the longer one's length; null if none is that near.
const std::string* nearest(std::string_view word, const std::vector<std::string>& known);

/// The end of an error's sentence: `did you mean "width"?`, or `choose from "a", "b"` when nothing is near.
std::string remedy(std::string_view word, const std::vector<std::string>& known);

}  // namespace pebench::base
