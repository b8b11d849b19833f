#pragma once

#include <optional>
#include <string>

#include "host/contract/record.h"

namespace pebench::results {

/// The arithmetic behind a result. A trial has the same result, to the bit, wherever this is the same.
struct Fingerprint {
  std::string instruction_sets;  ///< "avx2 avx512f"
  std::string libtorch;
  std::string blas;  ///< its file

  bool operator==(const Fingerprint& other) const;
  /// "avx2 avx512f, LibTorch 1.13.1, /usr/lib/.../openblas-pthread/libblas.so.3"
  std::string text() const;
};

Fingerprint fingerprint_of(const contract::Run& run);

/// How far apart, relative to the larger, the numbers of one trial may be under two fingerprints.
constexpr double tolerance = 1e-3;

/// Where two results are furthest apart.
struct Difference {
  std::string place;  ///< "/metrics/test.full.ndcg@10"
  std::string first;  ///< the values there, as JSON; "nothing" where a result has none
  std::string second;
  double relative = 0;  ///< |a - b| / max(|a|, |b|); infinite where they are not both real numbers

  /// "/metrics/test.full.ndcg@10 is 0.1 and 0.2"
  std::string text() const;
};

/// Two results of one trial.
struct Agreement {
  bool same_fingerprint = false;
  std::optional<Difference> difference;  ///< the largest; nothing if they are the same to the bit

  /// The same to the bit, or within the tolerance where the fingerprints differ.
  bool agrees() const;
};

/// Compares the results, but for the reason of a failure, which may quote sizes and times. What records of
/// older versions lack is compared where both have it: each of the baselines, and the ranks, these by their
/// digest, and across fingerprints by the number of users alone, since a single score may move them.
Agreement agreement_of(const contract::Record& first, const contract::Record& second);

}  // namespace pebench::results
