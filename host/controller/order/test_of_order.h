#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/controller/order/histories.h"
#include "host/controller/stats/interval.h"

namespace pebench::order {

/// What there is to say about a data set's order.
enum class Verdict {
  order,       ///< it tells the next item
  little,      ///< it does, and less than the margin
  file_order,  ///< it does, and only that of events of one second, which is the file's
  none,        ///< it does not, or less than the margin, which would have been seen
  undecided,   ///< too few users to tell
};
const char* word_of(Verdict verdict);  ///< "order", "little order", "order of the file", ...
/// Throws std::invalid_argument for another word.
Verdict verdict_of(const std::string& word);

/// What events of one second say by the order they have in the file.
struct FileOrder {
  double ndcg = 0;           ///< of histories whose events of one second are shuffled, mean of the shuffles
  double difference = 0;     ///< the file's order less that
  double p = 1;              ///< of no difference
  double p_of_the_rest = 1;  ///< of no order but the file's
};

/// How well the newest events guess the next item, in order and with the profiles shuffled. All over users,
/// each ranked among all items; p are adjusted for there being several guesses.
struct Guess {
  std::int64_t events = 1;             ///< how many of the newest ones it goes by
  double hr = 0, hr_shuffled = 0;      ///< HR@10
  double ndcg = 0, ndcg_shuffled = 0;  ///< NDCG@10
  double difference = 0;               ///< in NDCG@10, with its 95 % interval
  stats::Interval interval;
  double p = 1;                   ///< one-sided
  double detectable = 0;          ///< the difference that would be seen in four of five such data sets
  double margin = 0;              ///< a smaller difference would matter to nobody; at most `ndcg_shuffled`
  std::optional<FileOrder> file;  ///< where profiles have ties
};

struct Finding {
  Verdict verdict = Verdict::undecided;
  std::int64_t users = 0;     ///< ranked
  std::int64_t users_of = 0;  ///< that could have been
  std::int64_t events = 0;    ///< counted
  std::int64_t shuffles = 0;
  bool excluded = true;   ///< whether items of the profile competed not
  double share_tied = 0;  ///< of the events of profiles
  std::vector<Guess> guesses;
  /// Whether all users were counted. Of some, counts are thinner than those of all and tell less: that is no
  /// evidence of little order.
  bool complete = true;
};

struct Settings {
  std::int64_t shuffles = 99;
  double alpha = 0.05;
  std::int64_t most_events = 1'000'000;  ///< more are sampled by user
  std::int64_t most_scores =
      20'000'000;  ///< sums a shuffle may take; where all users need more, some are ranked
};

/// Whether the order of a profile tells the item behind it: chains are counted on the histories as they are
/// and, as often as `shuffles` says, on histories whose profiles are permuted as a whole; each ranks the same
/// targets. Were order without meaning, the histories as they are would be one more of these draws: that
/// gives an exact test, whatever users have in common through the counts (docs/data.md). The same on every
/// machine.
Finding test(const Histories& histories, const Settings& settings = {});

}  // namespace pebench::order
