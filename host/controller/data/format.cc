#include "host/controller/data/format.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "host/base/error.h"
#include "host/controller/data/lines.h"
#include "host/controller/data/tsv_format.h"

namespace pebench::data {

const std::vector<Format>& formats() {
  static const std::vector<Format> all = {tsv_format()};
  return all;
}

std::optional<Source> find_source(const std::filesystem::path& folder) {
  for (const Format& format : formats())
    if (auto source = format.find(folder)) return source;
  return std::nullopt;
}

Columns read(const Source& source) {
  TextFile file(source.interactions);
  Lines lines(file);
  std::string_view first;
  if (!lines.next(first))
    throw base::InputError(fmt::format("{}:1: the file is empty: write a header and an event a line",
                                       source.interactions.string()));
  std::vector<std::string> known;
  for (const Format& format : formats()) {
    if (format.recognise(first)) return format.read(source);
    known.push_back(fmt::format("{} ({})", format.name, format.begin));
  }
  throw base::InputError(fmt::format("{}: no known format begins with '{:.60}'; write one of: {}",
                                     lines.place(), first, fmt::join(known, ", ")));
}

}  // namespace pebench::data
