#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/controller/report/study.h"
#include "host/controller/stats/interval.h"
#include "host/controller/stats/likeness.h"
#include "host/controller/stats/seed_policy.h"

namespace pebench::report {

/// Places over which shared items are counted.
constexpr std::size_t shared_depth = 10;

/// How much more alike an encoding's lists are than the baseline's.
struct LikenessComparison {
  std::size_t seeds = 0;  ///< that both have, three at least
  double difference = 0;  ///< of mean rank-biased overlaps
  stats::Interval interval;
  double p = 1;
  double adjusted_p = 1;  ///< Holm over the encodings and data sets of one setting
  stats::Strength strength = stats::Strength::none;
  stats::Likeness verdict = stats::Likeness::undecided;
};

/// How much two seeds of one encoding recommend the same to the same user.
struct EncodingChurn {
  std::string encoding;
  std::size_t seeds = 0;  ///< with lists; copies of a trial count as one
  std::size_t failed = 0;
  std::optional<double> alike;              ///< mean rank-biased overlap over pairs of seeds and users
  std::optional<stats::Interval> interval;  ///< by the jackknife over seeds, from 6 on
  std::optional<double> shared;             ///< mean share of the first `shared_depth` items in common
  std::optional<double> alike_to_baseline;  ///< a seed of this encoding with another seed of the baseline
  std::optional<LikenessComparison> against_baseline;  ///< from three common seeds on
  bool withheld = false;  ///< it or the baseline has failed trials, which recommend nothing
};

/// Churn of the lists on one data set under one point of the sweep.
struct Churn {
  std::string dataset;
  nlohmann::json sweep;
  std::size_t users = 0;
  std::size_t places = 0;
  std::size_t without_lists = 0;           ///< trials with values that kept none: of older versions
  std::optional<double> alike_by_chance;   ///< of lists drawn at random from what competed for the users
  std::optional<double> shared_by_chance;  ///< likewise
  std::vector<EncodingChurn> encodings;    ///< in the suite's order
};

/// For every table whose trials keep recommendations; none for others. Throws like read_recommendations.
std::vector<Churn> churn(const Study& study);

}  // namespace pebench::report
