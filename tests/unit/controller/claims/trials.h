#pragma once

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "host/controller/claims/answer.h"
#include "host/controller/claims/observations.h"
#include "host/controller/claims/parser.h"

namespace pebench::claims {

inline const std::string metric = "test.full.ndcg@10";

/// Trials of these encodings with these values of `metric`, NaN where one failed.
inline Observations observed(const std::map<std::string, std::vector<double>>& values,
                             const std::string& dataset = "beauty") {
  Observations observations;
  observations.dataset = dataset;
  for (const auto& [encoding, seeds] : values) {
    observations.seeds = seeds.size();
    for (const double value : seeds)
      observations.trials[encoding].push_back(Trial{std::isnan(value), {{metric, value}}});
  }
  return observations;
}

inline std::vector<std::string> encodings_of(const Observations& observations) {
  std::vector<std::string> names;
  for (const auto& [encoding, trials] : observations.trials) names.push_back(encoding);
  return names;
}

inline Answer answer_to(const std::string& claim, const std::vector<Observations>& datasets) {
  return judge(parse(claim, encodings_of(datasets.front())), metric, datasets, {});
}

inline Answer answer_to(const std::string& claim, const Observations& observations) {
  return answer_to(claim, std::vector{observations});
}

}  // namespace pebench::claims
