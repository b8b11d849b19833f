#pragma once

#include <vector>

#include "host/record/folder.h"
#include "host/report/analysis.h"
#include "host/report/attribution.h"
#include "host/report/claim_answers.h"
#include "host/report/overview.h"
#include "host/report/study.h"

namespace pebench::report {

/// All that is said of a suite; the reporters only put it into words.
struct SuiteReport {
  Study study;
  Overview overview;
  std::vector<Analysis> analyses;
  std::vector<Attribution> attributions;
  std::vector<ClaimAnswer> claims;
};

/// From the suite's lock and its records. Throws base::InputError for a damaged lock or record, and for a
/// claim that cannot be judged.
SuiteReport make_report(const record::SuiteFolder& folder);

}  // namespace pebench::report
