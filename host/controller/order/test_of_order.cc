#include "host/controller/order/test_of_order.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <numeric>
#include <stdexcept>

#include "host/base/parallel.h"
#include "host/controller/order/chain.h"
#include "host/controller/order/max_p.h"

namespace pebench::order {
namespace {

constexpr std::int64_t cutoff = 10;
constexpr double repeats_are_the_norm = 0.1;   // of the targets
constexpr double least_margin = 0.005;         // NDCG@10: a user in 200 whose item comes first
constexpr double share_of_the_shuffled = 0.1;  // or a tenth of what the shuffled history gives
constexpr double four_of_five = 0.8416;        // the 80 % point of a normal
constexpr double steps = 1ll << 40;  // NDCG is summed in whole steps, so that no order of threads matters

constexpr std::array<const char*, 5> words = {"order", "little order", "order of the file",
                                              "no order to be seen", "undecided"};

/// Means over users, [guess].
struct Scores {
  std::vector<double> hr, ndcg;
};

/// Sums over shuffles of every user's NDCG, in steps: [guess][user].
using Sums = std::vector<std::vector<std::int64_t>>;

std::vector<std::int64_t> tested_users(const Histories& histories) {
  std::vector<std::int64_t> users;
  for (std::int64_t user = 0; user < histories.users(); ++user)
    if (histories.targets[user] != 0) users.push_back(user);
  return users;
}

/// As many of the users as are ranked within `most_scores` sums, drawn at random, ascending.
std::vector<std::int64_t> ranked_users(const Histories& histories, std::int64_t most_scores) {
  auto users = tested_users(histories);
  std::vector<double> counts(histories.catalogue + 1, 0);
  for (const data::Item item : histories.items) ++counts[item];
  const double squares = std::inner_product(counts.begin(), counts.end(), counts.begin(), 0.0);
  const double of_an_event = squares / std::max<double>(1, static_cast<double>(histories.items.size()));
  const double of_a_user = static_cast<double>(guesses_by.back()) * of_an_event + 1;
  const auto most = static_cast<std::size_t>(static_cast<double>(most_scores) / of_a_user) + 1;
  if (users.size() <= most) return users;
  base::Stream stream(0, "statistics", "ranked users of the test of order");
  base::shuffle(users, stream);
  users.resize(most);
  std::sort(users.begin(), users.end());
  return users;
}

/// What the test does again and again.
class Ranking {
 public:
  Ranking(const Histories& histories, std::vector<std::int64_t> users, bool exclude)
      : histories_(histories), users_(std::move(users)), exclude_(exclude), popularity_(histories) {}

  /// Of chains counted on `items`, those of the histories in whatever order. NDCG by user, in steps, is left
  /// in `by_user`, [guess][user].
  Scores scores(const std::vector<data::Item>& items, Sums& by_user) const {
    const Chain chain(histories_, items);
    Chain::Room room(histories_);
    examiner::Gains gains;
    Scores scores{std::vector<double>(guesses_by.size()), std::vector<double>(guesses_by.size())};
    by_user.assign(guesses_by.size(), std::vector<std::int64_t>(users_.size()));
    for (std::size_t i = 0; i < users_.size(); ++i) {
      const Ranks ranks = chain.ranks(users_[i], popularity_, exclude_, room);
      for (std::size_t by = 0; by < ranks.size(); ++by) {
        const double ndcg = gains.ndcg(ranks[by], cutoff);
        scores.hr[by] += examiner::Gains::hr(ranks[by], cutoff);
        scores.ndcg[by] += ndcg;
        by_user[by][i] = std::llround(ndcg * steps);
      }
    }
    for (auto* sums : {&scores.hr, &scores.ndcg})
      for (double& sum : *sums) sum /= static_cast<double>(users_.size());
    return scores;
  }

 private:
  const Histories& histories_;
  std::vector<std::int64_t> users_;
  bool exclude_;
  Popularity popularity_;
};

/// The scores of histories shuffled `shuffles` times; where `sums` is asked for, NDCG is added to it.
std::vector<Scores> shuffled_scores(const Ranking& ranking, const Histories& histories, data::Shuffle scope,
                                    std::int64_t shuffles, Sums* sums) {
  const base::Stream streams(0, "statistics",
                             scope == data::Shuffle::profile ? "shuffled profiles" : "shuffled ties");
  std::vector<Scores> scores(shuffles);
  std::mutex adding;
  base::parallel_for(scores.size(), [&](std::size_t shuffle) {
    Sums by_user;
    const auto items = shuffled(histories, scope, streams, static_cast<std::uint32_t>(shuffle));
    scores[shuffle] = ranking.scores(items, by_user);
    if (sums == nullptr) return;
    const std::lock_guard lock(adding);
    for (std::size_t by = 0; by < by_user.size(); ++by)
      for (std::size_t user = 0; user < by_user[by].size(); ++user) (*sums)[by][user] += by_user[by][user];
  });
  return scores;
}

double mean_of(const std::vector<Scores>& scores, std::vector<double> Scores::*measure, std::size_t by) {
  double sum = 0;
  for (const Scores& draw : scores) sum += (draw.*measure)[by];
  return sum / static_cast<double>(scores.size());
}

double variance(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return n < 2 ? 0 : squares / (n - 1);
}

std::vector<std::vector<double>> observed_and(const std::vector<double>& observed,
                                              const std::vector<Scores>& draws) {
  std::vector<std::vector<double>> all = {observed};
  for (const Scores& draw : draws) all.push_back(draw.ndcg);
  return all;
}

std::vector<double> ndcg_of(const std::vector<Scores>& draws, std::size_t by) {
  std::vector<double> values;
  for (const Scores& draw : draws) values.push_back(draw.ndcg[by]);
  return values;
}

void add_file_order(const std::vector<Scores>& in_order, const std::vector<Scores>& profiles,
                    const std::vector<Scores>& ties, std::vector<Guess>& guesses) {
  std::vector<double> without_file;
  for (std::size_t by = 0; by < guesses.size(); ++by)
    without_file.push_back(mean_of(ties, &Scores::ndcg, by));
  const auto p = max_p(observed_and(in_order.front().ndcg, ties));
  const auto p_of_the_rest = max_p(observed_and(without_file, profiles));
  for (std::size_t by = 0; by < guesses.size(); ++by)
    guesses[by].file =
        FileOrder{without_file[by], guesses[by].ndcg - without_file[by], p[by], p_of_the_rest[by]};
}

/// Whether a difference of the margin would hardly have been missed. Where few users have a hit, neither
/// intervals nor shuffles tell what more users would: what none of n shows is below 3/n with a confidence of
/// 95 %.
bool could_show_margin(const Guess& guess, std::int64_t users) {
  constexpr double rule_of_three = 3;
  return guess.detectable <= guess.margin && rule_of_three / static_cast<double>(users) <= guess.margin;
}

Verdict verdict_on(const Finding& finding, double alpha) {
  const auto any = [&](const auto& what) {
    return std::any_of(finding.guesses.begin(), finding.guesses.end(), what);
  };
  const bool below_margin =
      finding.complete && !any([&](const Guess& guess) {
        return guess.interval.high >= guess.margin || !could_show_margin(guess, finding.users);
      });
  if (!any([&](const Guess& guess) { return guess.p <= alpha; }))
    return below_margin ? Verdict::none : Verdict::undecided;
  if (!any([&](const Guess& guess) { return !guess.file || guess.file->p_of_the_rest <= alpha; }))
    return Verdict::file_order;
  return below_margin ? Verdict::little : Verdict::order;
}

}  // namespace

const char* word_of(Verdict verdict) { return words[static_cast<std::size_t>(verdict)]; }

Verdict verdict_of(const std::string& word) {
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) throw std::invalid_argument("no verdict on order: " + word);
  return static_cast<Verdict>(found - words.begin());
}

Finding test(const Histories& histories, const Settings& settings) {
  Finding finding;
  const auto users = ranked_users(histories, settings.most_scores);
  finding.users = static_cast<std::int64_t>(users.size());
  finding.users_of = static_cast<std::int64_t>(tested_users(histories).size());
  finding.events = static_cast<std::int64_t>(histories.items.size());
  finding.complete = histories.complete;
  finding.shuffles = settings.shuffles;
  finding.excluded = share_repeated(histories) < repeats_are_the_norm;
  finding.share_tied = share_tied(histories);
  if (users.empty()) return finding;

  const Ranking ranking(histories, users, finding.excluded);
  Sums by_user;
  const std::vector<Scores> in_order = {ranking.scores(histories.items, by_user)};
  Sums sums(guesses_by.size(), std::vector<std::int64_t>(users.size(), 0));
  const auto profiles = shuffled_scores(ranking, histories, data::Shuffle::profile, settings.shuffles, &sums);

  const auto draws = observed_and(in_order.front().ndcg, profiles);
  const auto p = max_p(draws);
  const double critical = critical_value(draws, settings.alpha);
  for (std::size_t by = 0; by < guesses_by.size(); ++by) {
    Guess guess;
    guess.events = guesses_by[by];
    guess.hr = in_order.front().hr[by];
    guess.ndcg = in_order.front().ndcg[by];
    guess.hr_shuffled = mean_of(profiles, &Scores::hr, by);
    guess.ndcg_shuffled = mean_of(profiles, &Scores::ndcg, by);
    guess.difference = guess.ndcg - guess.ndcg_shuffled;
    std::vector<double> differences;
    for (std::size_t user = 0; user < users.size(); ++user)
      differences.push_back(static_cast<double>(by_user[by][user]) / steps -
                            static_cast<double>(sums[by][user]) / steps /
                                static_cast<double>(settings.shuffles));
    const double of_shuffles = variance(ndcg_of(profiles, by));
    const double error = std::sqrt(variance(differences) / static_cast<double>(users.size()) +
                                   of_shuffles / static_cast<double>(settings.shuffles));
    const double half = stats::normal_two_sided(0.95) * error;
    guess.interval = {guess.difference - half, guess.difference + half};
    guess.p = p[by];
    guess.detectable = (critical + four_of_five) * std::sqrt(of_shuffles);
    // Where counts hardly tell anything, what doubles it is not little.
    guess.margin =
        std::max(std::min(least_margin, guess.ndcg_shuffled), share_of_the_shuffled * guess.ndcg_shuffled);
    finding.guesses.push_back(guess);
  }
  if (finding.share_tied > 0)
    add_file_order(in_order, profiles,
                   shuffled_scores(ranking, histories, data::Shuffle::ties, settings.shuffles, nullptr),
                   finding.guesses);
  finding.verdict = verdict_on(finding, settings.alpha);
  return finding;
}

}  // namespace pebench::order
