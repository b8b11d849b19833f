#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/controller/judge/numbers.h"

namespace pebench::judge {

/// A file that `trec_eval -q` printed, and whose numbers it holds.
struct TrecRun {
  std::optional<std::string> dataset;
  std::string encoding;
  std::optional<std::string> seed;
  std::string file;

  /// Reads "[DATASET/]NAME[:SEED]=FILE". Throws base::InputError for anything else.
  static TrecRun parse(const std::string& text);
};

/// Adds the file's numbers, query by query; its `all` rows where it has no others. Measures that are counts
/// or names (num_q, num_ret, num_rel, num_rel_ret, runid, relstring) are passed over, those of which there is
/// nothing but an `all` row beside other queries, too.
///
/// Throws base::InputError with file and line for a row that has not three fields or whose third is no
/// number, and for a file without numbers.
void add_trec(std::string_view text, const TrecRun& run, const std::string& dataset, Numbers& numbers);

}  // namespace pebench::judge
