#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "host/controller/stats/interval.h"

namespace pebench::stats {

/// Differences d[s][u] of two encodings for every seed s and user u, crossed: d = mean + seed + user +
/// seed:user, each drawn on its own (Searle, Casella & McCulloch 1992, chapter 4). What a mean of them can
/// say depends on what is taken to be drawn anew.
struct Crossed {
  std::size_t seeds = 0, users = 0;
  double difference = 0;  ///< mean over seeds and users
  // Variance components, by analysis of variance; one that comes out negative is 0.
  double seed = 0;           ///< between seeds, on average over users
  double user = 0;           ///< between users, on average over seeds
  double interaction = 0;    ///< what one seed does to one user, and what is left
  Interval other_seeds;      ///< for these users and other seeds: Student's, on the seeds' means
  Interval other_users;      ///< for other users and other seeds: degrees of freedom of Satterthwaite (1946)
  double p_other_users = 1;  ///< two-sided, of a difference of 0 there; 1 without any variance

  /// Half width that `other_users` would about have with this many seeds and users.
  double half_width(std::size_t with_seeds, std::size_t with_users) const;

  double confidence = 0.95;
};

/// Sums over d[s][u] that the analysis needs, so that nobody has to keep the table.
class CrossedSums {
 public:
  explicit CrossedSums(std::size_t users) : users_(users, 0.0) {}

  /// The differences of one more seed, one per user.
  void add(const std::vector<float>& first, const std::vector<float>& second);

  /// Nothing for fewer than two seeds or users.
  std::optional<Crossed> analyse(double confidence = 0.95) const;

 private:
  std::vector<double> users_;  ///< sum over seeds
  std::vector<double> seeds_;  ///< mean over users
  double squares_ = 0;         ///< sum of all d^2
};

}  // namespace pebench::stats
