#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/controller/report/document.h"
#include "host/controller/report/study.h"
#include "host/controller/results/agreement.h"
#include "host/controller/stats/means.h"

namespace pebench::report {

/// A trial of both studies: the same data set, settings of the sweep, encoding and seed, by their names.
struct CommonTrial {
  results::LockedTrial first, second;
  results::Agreement agreement;
};

/// The primary metric of an encoding in both studies, seed by seed.
struct CommonEncoding {
  std::string dataset;
  nlohmann::json sweep;
  std::string encoding;
  std::size_t different = 0;  ///< of its trials
  std::optional<double> first_mean, second_mean;
  std::optional<stats::MeanComparison> paired;  ///< of second - first
  double p = 1;                                 ///< sign flips, adjusted over all encodings listed
};

/// Two runs of a suite, or of two suites that share names.
struct StudyAgreement {
  std::string metric;               ///< the first one's primary metric
  std::vector<CommonTrial> trials;  ///< with a record in both
  std::size_t only_first = 0;       ///< trials with a record there alone
  std::size_t only_second = 0;
  std::size_t in_neither = 0;  ///< planned in both, without any record
  /// Where identities differ ("/encoder/version"), with both values and the number of trials.
  std::map<std::string, std::map<std::pair<std::string, std::string>, std::size_t>> identities;
  std::vector<CommonEncoding> encodings;

  std::size_t different() const;  ///< trials whose results do not agree
  /// Every trial with a record in one has one in the other, and their results agree.
  bool same() const;
};

/// Throws base::InputError when no trial has a record in both: then there is nothing to compare.
StudyAgreement agreement_of(const Study& first, const Study& second);

Document compose(const StudyAgreement& agreement);
nlohmann::json json_of(const StudyAgreement& agreement);

}  // namespace pebench::report
