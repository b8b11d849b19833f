#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace pebench::test {

/// A built-in plugin with options that take it another way through its code.
struct Variant {
  std::string plugin;
  nlohmann::json options = nlohmann::json::object();
};

std::vector<Variant> variants();

/// "rope {"base":100.0}"
std::string title(const Variant& variant);

}  // namespace pebench::test
