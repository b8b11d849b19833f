#pragma once

#include <vector>

#include "host/contract/folder.h"
#include "host/controller/report/analysis.h"
#include "host/controller/report/attribution.h"
#include "host/controller/report/carry_over.h"
#include "host/controller/report/churn.h"
#include "host/controller/report/claim_answers.h"
#include "host/controller/report/known_answer.h"
#include "host/controller/report/overview.h"
#include "host/controller/report/price.h"
#include "host/controller/report/study.h"
#include "host/controller/report/user_side.h"
#include "host/controller/report/users.h"

namespace pebench::report {

/// All that is said of a suite; the reporters only put it into words.
struct SuiteReport {
  Study study;
  Overview overview;
  std::vector<Analysis> analyses;
  std::vector<UserAnalysis> users;
  std::vector<UserSide> user_sides;
  std::vector<Churn> churns;
  std::vector<Price> prices;
  std::vector<CarryOver> carry_overs;
  std::vector<Attribution> attributions;
  std::vector<ClaimAnswer> claims;
  std::vector<KnownAnswer> known_answers;
};

/// From the suite's lock and its records. Throws base::InputError for a damaged lock, a record of another
/// version, and for a claim that cannot be judged.
SuiteReport make_report(const contract::SuiteFolder& folder);
/// From a study that is there already. Throws base::InputError for a claim that cannot be judged.
SuiteReport make_report(Study study);

}  // namespace pebench::report
