#pragma once

#include <string>

#include "host/worker/check/check.h"
#include "host/worker/check/inputs.h"
#include "host/worker/check/outputs.h"

namespace pebench::check {

constexpr double tolerance = 1e-9;  ///< float64, relative to the greatest number of an output

Finding fail(std::string text);
Finding skip(std::string text);
/// A pass that says something.
Finding remark(std::string text);
bool failed(const Finding& finding);

bool equal(const Outputs& found, const Outputs& expected);
/// A pass if both agree; else what differs, after `situation`, as in "row 1 alone and among others".
Finding agreement(const Outputs& found, const Outputs& expected, const std::string& situation);

/// first .. last - 1
Indices range(std::int64_t first, std::int64_t last);
/// Other contents of the same sizes, at the same positions.
Inputs others(const Sizes& sizes, const Subject& subject);

}  // namespace pebench::check
