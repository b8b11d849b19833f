#include "host/data/files.h"

namespace pebench::data {

std::string field_file(const std::string& field, const std::string& what) {
  return "field." + field + "." + what;
}

std::string values_file(const std::string& field, bool half) {
  return field_file(field, half ? "values.f16" : "values.f32");
}

std::string event_file(const std::string& feature, const std::string& what) {
  return "event." + feature + "." + what;
}

}  // namespace pebench::data
