#pragma once

#include <toml++/toml.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "host/contract/key.h"
#include "host/controller/suite/place.h"

namespace pebench::suite {

Place place_of(const toml::node& node, const std::string& file);

/// A number, boolean, string or array of these as JSON; an infinite number as the string "inf" or "-inf",
/// which JSON lacks. Nothing for tables and dates.
std::optional<nlohmann::json> json_of(const toml::node& node);

/// A number, boolean or string as a suite would have it, null and "inf" as infinity: what json_of() and
/// read_value() made of one node. Null for lists and objects.
std::unique_ptr<toml::node> toml_of(const nlohmann::json& value);

/// The value of a key that is no table, as JSON of its type; an infinite number is null. Throws
/// base::InputError with its place for one of another type or that is not allowed, and for a list that is
/// empty or has something twice.
nlohmann::json read_value(const contract::Key& key, const toml::node& node, const std::string& file);

/// Throws base::InputError at the node, "model.width = 'ninety' (a string) will not do; write <wanted>".
[[noreturn]] void refuse_value(const contract::Key& key, const toml::node& node, const std::string& file,
                               std::string_view wanted);

/// Throws base::InputError at the place for a word that is none of `known`.
[[noreturn]] void refuse_word(const std::string& what, const std::string& word, const contract::Words& known,
                              const Place& place);

}  // namespace pebench::suite
