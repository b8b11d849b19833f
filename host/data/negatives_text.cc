#include "host/data/negatives_text.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "host/base/error.h"

namespace pebench::data {

std::vector<std::string> ids_in(std::string_view negatives_text) {
  try {
    return nlohmann::json::parse(negatives_text).get<std::vector<std::string>>();
  } catch (const nlohmann::json::exception&) {
    throw base::InputError(fmt::format(
        "the negatives '{:.60}' are no list of items: import the data set again", negatives_text));
  }
}

}  // namespace pebench::data
