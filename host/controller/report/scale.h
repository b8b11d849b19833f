#pragma once

#include "host/controller/report/document.h"

namespace pebench::report {

/// The stretch of a figure's axis that holds all its marks.
struct Scale {
  double low = 0;
  double high = 1;

  /// 0 at the low end, 1 at the high one.
  double place(double value) const { return (value - low) / (high - low); }
};

/// Never so short that both ends have the same text.
Scale scale_of(const Figure& figure);

/// An end of the scale, or a value on it: "0.0569".
std::string tick(double value);
/// "NDCG@10 (mean over test users)"
std::string title_of(const Axis& axis);

}  // namespace pebench::report
