#pragma once

#include <functional>
#include <string>
#include <vector>

#include "host/report/overview.h"

namespace pebench::report {

/// One form in which overviews are presented; the text ends with a newline.
using Reporter = std::function<std::string(const std::vector<Overview>&)>;

/// Tables for people: HR@k and NDCG@k on the primary metric's candidates, mean and SD over the seeds.
Reporter text_reporter(bool colour);
/// {"suites": [...]}, all that an Overview holds.
Reporter json_reporter();

/// How many trials are done, failed and missing, by encoding.
Reporter status_reporter(bool colour);
/// The same as {"suites": [...]}.
Reporter status_json_reporter();

}  // namespace pebench::report
