#include "host/worker/check/agreement.h"

#include <numeric>

namespace pebench::check {

Finding fail(std::string text) { return {Outcome::fail, std::move(text)}; }
Finding skip(std::string text) { return {Outcome::skip, std::move(text)}; }
Finding remark(std::string text) { return {Outcome::pass, std::move(text)}; }
bool failed(const Finding& finding) { return finding.outcome == Outcome::fail; }

bool equal(const Outputs& found, const Outputs& expected) {
  return difference(found, expected, tolerance).empty();
}

Finding agreement(const Outputs& found, const Outputs& expected, const std::string& situation) {
  const std::string gap = difference(found, expected, tolerance);
  return gap.empty() ? Finding{} : fail(situation + ": " + gap);
}

Indices range(std::int64_t first, std::int64_t last) {
  Indices index(static_cast<std::size_t>(last - first));
  std::iota(index.begin(), index.end(), first);
  return index;
}

Inputs others(const Sizes& sizes, const Subject& subject) { return make_inputs(sizes, subject.seed + 1); }

}  // namespace pebench::check
