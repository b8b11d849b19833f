#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/contract/folder.h"
#include "host/contract/metric.h"
#include "host/contract/record.h"

namespace pebench::contract {

/// Where every user's target came in one candidate set: the ranks behind some metrics of a record.
struct RankedSet {
  std::string candidates;             ///< as in [protocol].candidates
  std::int64_t epoch = 0;             ///< finished epochs of the model that ranked
  std::vector<std::string> measures;  ///< "hr@10": those of this set whose metrics are means over these ranks
  // [users], in the order of Ranks::users
  std::vector<std::uint32_t> better;  ///< g: candidates with a strictly higher score
  std::vector<std::uint32_t> tied;    ///< e: others with the target's score, whatever the rule of ties
  std::vector<std::uint32_t> pool;    ///< C: candidates, the target included
  std::string lists;                  ///< SHA-256 over who competed: the candidates as they were drawn
};

/// The ranks of all test users of a trial: what its rank file, beside the record, holds. With
/// protocol.selection = "best_validation" one RankedSet per candidate set, of the chosen epoch; with
/// "max_test" one per candidate set and epoch in which one of its measures had its maximum, no measure in two
/// of them.
struct Ranks {
  std::string trial;                 ///< id
  std::string ties;                  ///< protocol.ties
  std::vector<std::uint32_t> users;  ///< their numbers in the data set, ascending
  std::vector<RankedSet> sets;

  /// The ranks behind a metric of the record, or one with another k where that cannot matter. Throws
  /// InputError if there are none.
  const RankedSet& of(const Metric& metric) const;
};

/// The content of a rank file, uncompressed: a line of JSON (schema, trial, ties, number of users, and for
/// each set its name, epoch, measures, lists and largest pool), and then columns (byte_planes.h): first the
/// users, as differences, then for each set better, tied, and how much smaller than the largest pool the
/// user's is.
std::string bytes_of(const Ranks& ranks);
/// Throws Damaged, naming `file`, for anything else; InputError for ranks of another version.
Ranks ranks_of(std::string_view bytes, const std::string& file);

/// SHA-256 of bytes_of: of the content, since another zlib may compress it otherwise.
std::string digest_of(const Ranks& ranks);

/// What a record tells of them.
KeptRanks kept(const Ranks& ranks, std::map<std::string, std::int64_t> users);

/// Writes the content, gzip-compressed, in one step. Throws InputError if that fails.
void write_ranks(const std::filesystem::path& path, const Ranks& ranks);

/// The ranks of a record's trial, from beside it in `trial_folder`; nothing where the trial kept none. Throws
/// Damaged if the file is missing or is not that which the record tells of, InputError if it is of another
/// version.
std::optional<Ranks> read_ranks(const std::filesystem::path& trial_folder, const Record& record);

}  // namespace pebench::contract
