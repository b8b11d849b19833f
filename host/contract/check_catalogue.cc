#include "host/contract/check_catalogue.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

namespace pebench::check {
namespace {

constexpr std::array<std::string_view, 6> outcome_names = {"pass",  "warn",    "fail",
                                                           "crash", "timeout", "skip"};

}  // namespace

std::string_view name_of(Outcome outcome) { return outcome_names[static_cast<std::size_t>(outcome)]; }

Outcome outcome_of(std::string_view name) {
  const auto found = std::find(outcome_names.begin(), outcome_names.end(), name);
  if (found == outcome_names.end()) throw std::invalid_argument("there is no outcome " + std::string(name));
  return static_cast<Outcome>(found - outcome_names.begin());
}

const std::vector<Row>& catalogue() {
  static const std::vector<Row> all = [] {
    std::vector<Row> rows;
    for (const auto& group : {library_rows(), life_rows(), numbers_rows(), meaning_rows()})
      rows.insert(rows.end(), group.begin(), group.end());
    return rows;
  }();
  return all;
}

std::string_view group_of(std::string_view id) { return id.substr(0, id.find('.')); }

}  // namespace pebench::check
