#pragma once

#include <vector>

#include "host/controller/claims/answer.h"
#include "host/controller/report/study.h"

namespace pebench::report {

struct ClaimAnswer {
  results::LockedClaim claim;
  claims::Answer answer;  ///< over the data sets (and points of the sweep) that the claim is about
};

/// Judges the suite's claims by the trials that have a record. Throws base::InputError for a claim that
/// cannot be read or needs a metric that was not measured.
std::vector<ClaimAnswer> answer_claims(const Study& study);

}  // namespace pebench::report
