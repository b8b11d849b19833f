#pragma once

#include <nlohmann/json.hpp>

#include "host/controller/tune/search.h"

namespace pebench::tune {

/// All of a finished search: budgets, every configuration's value in every round (null where it failed), the
/// best of each encoding, the expected curves and where the ranking turns. docs/tuning.md, A search from
/// outside.
nlohmann::json json_of(const Subject& subject, const Search& search);

/// One configuration of one encoding, for who drives the search from outside.
nlohmann::json json_of(const Subject& subject, const std::string& encoding, std::int64_t epochs,
                       const Tried& tried);

}  // namespace pebench::tune
