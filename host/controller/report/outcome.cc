#include "host/controller/report/outcome.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <csignal>

#include "host/contract/metric.h"
#include "host/controller/stats/chance.h"
#include "host/controller/stats/rounding.h"

namespace pebench::report {
namespace {

constexpr std::array sent_from_outside = {SIGKILL, SIGTERM, SIGINT,  SIGHUP,
                                          SIGQUIT, SIGSTOP, SIGXCPU, SIGPWR};

bool same(double first, double second) {
  return (std::isnan(first) && std::isnan(second)) || stats::tied(first, second);
}

bool same_numbers(const contract::Result& first, const contract::Result& second) {
  const auto same_metric = [](const auto& a, const auto& b) {
    return a.first == b.first && same(a.second, b.second);
  };
  const auto same_loss = [](const contract::Epoch& a, const contract::Epoch& b) {
    return same(a.loss, b.loss);
  };
  return std::equal(first.metrics.begin(), first.metrics.end(), second.metrics.begin(), second.metrics.end(),
                    same_metric) &&
         std::equal(first.epochs.begin(), first.epochs.end(), second.epochs.begin(), second.epochs.end(),
                    same_loss);
}

bool was_run_here(const contract::Record& record) { return !record.identity.contains("origin"); }

bool same_number(const contract::Result& first, const contract::Result& second, const std::string& metric) {
  const auto a = first.metrics.find(metric), b = second.metrics.find(metric);
  if (a == first.metrics.end() || b == second.metrics.end()) return false;
  return same(a->second, b->second);
}

}  // namespace

Outcome outcome_of(const contract::Result& result) {
  switch (result.status) {
    case contract::Status::ok:
      return Outcome::measured;
    case contract::Status::invalid:
    case contract::Status::failed:
      return Outcome::failed;
    case contract::Status::crashed: {
      const bool sent = result.signal && std::find(sent_from_outside.begin(), sent_from_outside.end(),
                                                   *result.signal) != sent_from_outside.end();
      return sent ? Outcome::stopped : Outcome::failed;
    }
    case contract::Status::timeout:
    case contract::Status::out_of_memory:
    case contract::Status::bad_input:
      return Outcome::stopped;
  }
  return Outcome::stopped;
}

Outcome outcome_of(const std::optional<contract::Record>& record) {
  return record ? outcome_of(record->result) : Outcome::missing;
}

std::optional<bool> is_at_chance(const contract::Result& result, const std::string& primary) {
  if (!result.ranks) return std::nullopt;
  const auto metric =
      contract::Metric::parse(primary);  // records with ranks are of trials that were run here
  const std::string hits = metric.with("hr", metric.k.value_or(10)).name();
  const auto users = result.ranks->users.find("test");
  const auto share = result.metrics.find(hits), chance = result.chance.find(hits);
  if (users == result.ranks->users.end() || share == result.metrics.end() || chance == result.chance.end())
    return std::nullopt;
  return stats::at_chance(share->second, chance->second, static_cast<std::size_t>(users->second));
}

std::size_t copies_among(const std::vector<std::optional<contract::Record>>& records,
                         const std::string& metric) {
  const contract::Result* first = nullptr;
  std::size_t count = 0;
  for (const auto& record : records) {
    if (outcome_of(record) != Outcome::measured) continue;
    if (first == nullptr) first = &record->result;
    const bool copy = was_run_here(*record) ? same_numbers(*first, record->result)
                                            : same_number(*first, record->result, metric);
    if (!copy) return 0;
    ++count;
  }
  return count < 2 ? 0 : count;
}

}  // namespace pebench::report
