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
};

}  // namespace pebench::contract
