#include "host/controller/suite/place.h"

#include <fmt/format.h>

#include "host/base/error.h"

namespace pebench::suite {

std::string Place::text() const { return line == 0 ? file : fmt::format("{}:{}:{}", file, line, column); }

void refuse(const Place& place, std::string_view sentence) {
  throw base::InputError(fmt::format("{}: {}", place.text(), sentence));
}

}  // namespace pebench::suite
