#pragma once

#include <string>
#include <vector>

#include "host/controller/report/suite_report.h"

namespace pebench::page {

/// What is read first of a suite.
struct Summary {
  std::string question;                  ///< the first sentence of the suite's own comment; may be empty
  std::vector<std::string> description;  ///< what else it says, a paragraph each
  std::vector<std::string> facts;        ///< how many trials, of what, by which metric
  std::vector<std::string> verdicts;     ///< each with the data set and setting it is about
  std::vector<std::string> claims;       ///< answer and claim
  std::vector<std::string> warnings;
};

Summary summary_of(const report::SuiteReport& report);

}  // namespace pebench::page
