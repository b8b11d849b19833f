#pragma once

#include <string>
#include <vector>

#include "host/controller/judge/question.h"
#include "host/controller/results/suite_lock.h"

namespace pebench::judge {

/// Names that a claim may use.
struct Vocabulary {
  std::vector<std::string> datasets, encodings, metrics;
  std::string primary;
};

/// The claims of a question: those of its file, then those given one by one. Throws base::InputError with its
/// place for a claim that cannot be read or names what there is not.
std::vector<results::LockedClaim> read_claims(const Question& question, const Vocabulary& known);

}  // namespace pebench::judge
