#include "host/contract/metric.h"

#include <fmt/format.h>

#include <regex>

#include "host/base/error.h"

namespace pebench::contract {

Metric Metric::parse(std::string_view text) {
  if (const std::optional<Metric> metric = find(text)) return *metric;
  throw base::InputError(
      fmt::format("\"{}\" is not a metric; write <valid or test>.<candidate set>.<hr@k, ndcg@k or mrr>, "
                  "for example \"test.full.ndcg@10\"",
                  text));
}

std::optional<Metric> Metric::find(std::string_view text) {
  static const std::regex grammar(R"((valid|test)\.([^.]+)\.(?:(hr|ndcg)@([1-9][0-9]{0,6})|(mrr)))");
  std::match_results<std::string_view::const_iterator> part;
  if (!std::regex_match(text.begin(), text.end(), part, grammar)) return std::nullopt;
  Metric metric{part[1], part[2], part[3].matched ? part[3] : part[5], std::nullopt};
  if (part[4].matched) metric.k = std::stoll(part[4]);
  return metric;
}

std::string Metric::name() const { return metric_name(sample, candidates, measure_name()); }

std::string Metric::measure_name() const { return k ? measure_at(measure, *k) : measure; }

Metric Metric::with(std::string other_measure, std::optional<std::int64_t> other_k) const {
  return {sample, candidates, std::move(other_measure), other_k};
}

std::string measure_at(std::string_view measure, std::int64_t k) { return fmt::format("{}@{}", measure, k); }

std::string metric_name(std::string_view sample, std::string_view candidates, std::string_view measure) {
  return fmt::format("{}.{}.{}", sample, candidates, measure);
}

}  // namespace pebench::contract
