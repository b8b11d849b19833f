#include "host/controller/stats/crossed.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cassert>
#include <cmath>

#include "host/controller/stats/summary.h"

namespace pebench::stats {
namespace {

double student(double degrees, double confidence) {
  return boost::math::quantile(boost::math::students_t(degrees), 0.5 + confidence / 2);
}

double two_sided(double t, double degrees) {
  return 2 * boost::math::cdf(boost::math::complement(boost::math::students_t(degrees), std::abs(t)));
}

/// Mean squares of the two-way table without replication.
struct MeanSquares {
  double seeds = 0, users = 0, rest = 0;
  double n_seeds = 0, n_users = 0;

  /// Of the mean over both, seeds and users being drawn anew. Where the rest happens to exceed both, the
  /// seeds' own.
  double variance_of_mean() const {
    return std::max(seeds + users - rest, std::max(seeds, users)) / (n_seeds * n_users);
  }
  double degrees() const {
    const double numerator = std::pow(variance_of_mean() * n_seeds * n_users, 2);
    const double denominator = seeds * seeds / (n_seeds - 1) + users * users / (n_users - 1) +
                               rest * rest / ((n_seeds - 1) * (n_users - 1));
    return denominator > 0 ? std::max(1.0, numerator / denominator) : n_seeds - 1;
  }
};

Interval around(double center, double half) { return {center - half, center + half}; }

}  // namespace

double Crossed::half_width(std::size_t with_seeds, std::size_t with_users) const {
  const auto s = static_cast<double>(with_seeds), u = static_cast<double>(with_users);
  const double variance = seed / s + user / u + interaction / (s * u);
  MeanSquares squares{u * seed + interaction, s * user + interaction, interaction, s, u};
  return student(squares.degrees(), confidence) * std::sqrt(variance);
}

void CrossedSums::add(const std::vector<float>& first, const std::vector<float>& second) {
  assert(first.size() == users_.size() && second.size() == users_.size());
  double sum = 0;
  for (std::size_t u = 0; u < users_.size(); ++u) {
    const double difference = static_cast<double>(first[u]) - static_cast<double>(second[u]);
    users_[u] += difference;
    sum += difference;
    squares_ += difference * difference;
  }
  seeds_.push_back(sum / static_cast<double>(users_.size()));
}

std::optional<Crossed> CrossedSums::analyse(double confidence) const {
  if (seeds_.size() < 2 || users_.size() < 2) return std::nullopt;
  const auto n_seeds = static_cast<double>(seeds_.size()), n_users = static_cast<double>(users_.size());
  Crossed result;
  result.confidence = confidence;
  result.seeds = seeds_.size();
  result.users = users_.size();
  result.difference = mean(seeds_);

  double between_seeds = 0, between_users = 0;
  for (const double of_seed : seeds_) between_seeds += std::pow(of_seed - result.difference, 2);
  for (const double of_user : users_) between_users += std::pow(of_user / n_seeds - result.difference, 2);
  const double all = squares_ - n_seeds * n_users * result.difference * result.difference;
  const double rest = std::max(0.0, all - n_users * between_seeds - n_seeds * between_users);
  const MeanSquares squares{n_users * between_seeds / (n_seeds - 1), n_seeds * between_users / (n_users - 1),
                            rest / ((n_seeds - 1) * (n_users - 1)), n_seeds, n_users};

  result.interaction = squares.rest;
  result.seed = std::max(0.0, (squares.seeds - squares.rest) / n_users);
  result.user = std::max(0.0, (squares.users - squares.rest) / n_seeds);
  result.other_seeds = around(
      result.difference, student(n_seeds - 1, confidence) * std::sqrt(squares.seeds / (n_seeds * n_users)));
  // To draw users anew as well cannot tell more than to draw seeds alone, which degrees of freedom that are
  // estimated may make it seem.
  const double error = std::sqrt(squares.variance_of_mean()),
               error_of_seeds = std::sqrt(squares.seeds / (n_seeds * n_users));
  result.other_users = around(result.difference, std::max(student(squares.degrees(), confidence) * error,
                                                          student(n_seeds - 1, confidence) * error_of_seeds));
  if (error > 0)
    result.p_other_users =
        std::max(two_sided(result.difference / error, squares.degrees()),
                 error_of_seeds > 0 ? two_sided(result.difference / error_of_seeds, n_seeds - 1) : 0);
  return result;
}

}  // namespace pebench::stats
