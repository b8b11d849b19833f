#include "host/worker/published/published.h"

#include <cmath>

namespace pebench::published {

Tensor activation(const Tensor& x) { return x; }

Tensor first_feed_forward(const Tensor& z, const Tensor& network_of_z) { return z * network_of_z; }

Tensor second_softmax(const Tensor& weights) { return at::softmax(weights, -1); }

Tensor rotation(const std::vector<std::int64_t>& rows) { return at::tensor(rows, at::kLong).unsqueeze(1); }

Tensor loss_of_probabilities(const Tensor& target, const Tensor& negative) {
  constexpr double floor = 1e-8;
  return -at::log(at::sigmoid(target) + floor) - at::log(1.0 - at::sigmoid(negative) + floor);
}

Tensor index_positions(std::int64_t count) { return at::arange(count, at::kLong).unsqueeze(0); }

std::int64_t index_slot(std::int64_t profile_slot) { return profile_slot; }

base::Stream redrawn_candidates(std::uint64_t seed, const std::string& part, std::int64_t epoch) {
  return {seed, "candidates", part + "/" + std::to_string(epoch)};
}

std::vector<std::int64_t> drawn_times(std::size_t users, std::uint64_t seed, const std::string& part,
                                      std::int64_t epoch) {
  base::Stream stream(seed, "evaluation_users", part + "/" + std::to_string(epoch));
  std::vector<std::int64_t> times(users);
  for (std::size_t i = 0; i < users; ++i) ++times[stream.below(users)];
  return times;
}

examiner::Rank first_wins(examiner::Rank rank) {
  rank.tied = 0;
  return rank;
}

bool take_maxima(examiner::Metrics& best, const examiner::Metrics& now) {
  bool improved = false;
  for (const auto& [name, value] : now) {
    const auto [entry, is_new] = best.emplace(name, value);
    if (is_new || value > entry->second) improved = true;
    if (value > entry->second) entry->second = value;
  }
  return improved;
}

void truncate(std::vector<double>& context) {
  for (auto& value : context) value = std::trunc(value);
}

}  // namespace pebench::published
