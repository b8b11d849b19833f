#include "host/contract/candidate_set.h"

#include <fmt/format.h>

#include <charconv>

#include "host/base/error.h"

namespace pebench::contract {

CandidateSet CandidateSet::parse(std::string_view text, std::int64_t max_len) {
  const auto refuse = [&]() -> CandidateSet {
    throw base::InputError(
        fmt::format("'{}' is no candidate set: write \"full\", \"given\", \"uniform:100\" or "
                    "\"popular:100\" (the number may be L or L-1)",
                    text));
  };
  CandidateSet set;
  set.name = text;
  if (text == "full") return set;
  if (text == "given") {
    set.kind = Kind::given;
    return set;
  }
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return refuse();
  const auto kind = text.substr(0, colon), number = text.substr(colon + 1);
  if (kind == "uniform")
    set.kind = Kind::uniform;
  else if (kind == "popular")
    set.kind = Kind::popular;
  else
    return refuse();
  if (number == "L") {
    set.count = max_len;
  } else if (number == "L-1") {
    set.count = max_len - 1;
  } else {
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), set.count);
    if (error != std::errc() || end != number.data() + number.size()) return refuse();
  }
  return set.count >= 1 ? set : refuse();
}

}  // namespace pebench::contract
