#include "host/data/files.h"

namespace pebench::data {

std::string field_file(const std::string& field, const std::string& what) {
  return "field." + field + "." + what;
}

}  // namespace pebench::data
