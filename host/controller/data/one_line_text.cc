#include "host/controller/data/one_line_text.h"

#include <simdjson.h>

namespace pebench::data {

const char* fault_of(std::string_view text) {
  if (text.find_first_of("\r\n") != std::string_view::npos) return "has a line break: remove it";
  if (text.find('\0') != std::string_view::npos) return "has a zero byte: remove it";
  if (!simdjson::validate_utf8(text.data(), text.size()))
    return "is no UTF-8: convert the file, for example with iconv -f LATIN1 -t UTF-8";
  return nullptr;
}

}  // namespace pebench::data
