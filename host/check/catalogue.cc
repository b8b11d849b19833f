#include "host/check/catalogue.h"

namespace pebench::check {

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass:
      return "pass";
    case Outcome::warn:
      return "warn";
    case Outcome::fail:
      return "fail";
    case Outcome::crash:
      return "crash";
    case Outcome::timeout:
      return "timeout";
    case Outcome::skip:
      return "skip";
  }
  return {};
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
