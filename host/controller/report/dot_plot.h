#pragma once

#include <string>

#include "host/controller/report/document.h"

namespace pebench::report {

/// A figure in characters, without title and caption; 80 columns unless labels are long:
///
///     none  |    ·  ·─●──·      |
///     rope  |        ─:─●──  ·  |
///            0.04    HR@5   0.06
///
/// `·` is a point, `:` several in one place, `●` the mean, `─` its interval; later ones cover earlier ones.
std::string dot_plot(const Figure& figure);

}  // namespace pebench::report
