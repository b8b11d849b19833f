#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

namespace pebench::data {

/// What repr() of Python 2 or 3 writes of dictionaries, lists, tuples, texts ('..', "..", u'..'), numbers,
/// True, False and None; nothing where the text is something else. Nothing is evaluated.
std::optional<nlohmann::json> python_literal(std::string_view text);

}  // namespace pebench::data
