#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "host/controller/report/analysis.h"
#include "host/controller/report/attribution.h"
#include "host/controller/report/carry_over.h"
#include "host/controller/report/churn.h"
#include "host/controller/report/claim_answers.h"
#include "host/controller/report/price.h"
#include "host/controller/report/user_side.h"
#include "host/controller/report/users.h"

namespace pebench::report {

// The statistical parts of the JSON report; report.schema.json describes their keys.

nlohmann::json json_of(const std::vector<Analysis>& analyses);
nlohmann::json json_of(const std::vector<UserAnalysis>& analyses);
nlohmann::json json_of(const std::vector<Churn>& churns);
nlohmann::json json_of(const std::vector<Price>& prices);
nlohmann::json json_of(const std::vector<UserSide>& sides);
nlohmann::json json_of(const std::vector<CarryOver>& carry_overs);
nlohmann::json json_of(const std::vector<Attribution>& attributions);
nlohmann::json json_of(const std::vector<ClaimAnswer>& answers);

}  // namespace pebench::report
