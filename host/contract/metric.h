#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pebench::contract {

/// The name of a number that a trial reports: "<sample>.<candidate set>.<measure>", as in
/// "test.uniform:100.ndcg@10".
struct Metric {
  std::string sample;             ///< "valid" or "test"
  std::string candidates;         ///< as in [protocol].candidates
  std::string measure;            ///< "hr", "ndcg" or "mrr"
  std::optional<std::int64_t> k;  ///< of hr and ndcg

  /// Throws base::InputError with the grammar when `text` is not such a name. Whether the candidate set
  /// exists is not asked.
  static Metric parse(std::string_view text);
  /// Nothing where `text` is not such a name, as of a number that no trial measured.
  static std::optional<Metric> find(std::string_view text);

  /// The name that parse() reads.
  std::string name() const;
  /// "ndcg@10"
  std::string measure_name() const;
  /// Another number of the same sample and candidate set.
  Metric with(std::string other_measure, std::optional<std::int64_t> other_k) const;
};

/// "ndcg@10" of "ndcg" and 10.
std::string measure_at(std::string_view measure, std::int64_t k);
/// "test.full.ndcg@10" of its parts; the measure may also be one that no suite can name, as "tie_rate".
std::string metric_name(std::string_view sample, std::string_view candidates, std::string_view measure);

}  // namespace pebench::contract
