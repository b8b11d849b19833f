#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pebench::data {

/// Names numbered from 0 by first appearance.
class Numbering {
 public:
  std::int64_t number(std::string_view name) {
    const auto found = numbers_.find(name);
    if (found != numbers_.end()) return found->second;
    names_.emplace_back(name);
    return numbers_.emplace(names_.back(), static_cast<std::int64_t>(names_.size()) - 1).first->second;
  }
  std::optional<std::int64_t> find(std::string_view name) const {
    const auto found = numbers_.find(name);
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
  }
  std::int64_t count() const { return static_cast<std::int64_t>(names_.size()); }
  const std::string& name(std::int64_t number) const { return names_[static_cast<std::size_t>(number)]; }
  std::vector<std::string> names() const { return {names_.begin(), names_.end()}; }

 private:
  std::deque<std::string> names_;  // of which the keys are views
  std::unordered_map<std::string_view, std::int64_t> numbers_;
};

}  // namespace pebench::data
