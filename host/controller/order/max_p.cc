#include "host/controller/order/max_p.h"

#include <algorithm>
#include <cmath>

namespace pebench::order {
namespace {

constexpr double rounding = 1e-9;

std::vector<std::vector<double>> to_scale(std::vector<std::vector<double>> draws) {
  const auto n = static_cast<double>(draws.size());
  for (std::size_t s = 0; s < draws.front().size(); ++s) {
    double sum = 0, squares = 0;
    for (const auto& draw : draws) sum += draw[s];
    const double mean = sum / n;
    for (const auto& draw : draws) squares += (draw[s] - mean) * (draw[s] - mean);
    const double deviation = std::sqrt(squares / (n - 1));
    for (auto& draw : draws) draw[s] = deviation > rounding ? (draw[s] - mean) / deviation : 0;
  }
  return draws;
}

}  // namespace

std::vector<double> max_p(const std::vector<std::vector<double>>& draws) {
  const auto scaled = to_scale(draws);
  std::vector<double> p;
  for (const double observed : scaled.front()) {
    const auto reached = std::count_if(scaled.begin(), scaled.end(), [&](const auto& draw) {
      return *std::max_element(draw.begin(), draw.end()) >= observed - rounding;
    });
    p.push_back(static_cast<double>(reached) / static_cast<double>(scaled.size()));
  }
  return p;
}

double critical_value(const std::vector<std::vector<double>>& draws, double alpha) {
  std::vector<double> largest;
  for (const auto& draw : to_scale(draws)) largest.push_back(*std::max_element(draw.begin(), draw.end()));
  std::sort(largest.begin(), largest.end());
  const auto n = static_cast<double>(largest.size());
  const auto place = static_cast<std::size_t>(std::ceil((1 - alpha) * n));
  return largest[std::min(place, largest.size()) - 1];
}

}  // namespace pebench::order
