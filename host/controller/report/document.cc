#include "host/controller/report/document.h"

#include <algorithm>

namespace pebench::report {

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return text;
}

}  // namespace pebench::report
