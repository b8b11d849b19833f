#include "host/controller/order/order_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace pebench::order {
namespace {

constexpr double alpha = 0.05;
constexpr double much_of_the_order = 0.1;

/// The guess that says most for order.
const Guess& best_of(const Finding& finding) {
  return *std::max_element(finding.guesses.begin(), finding.guesses.end(),
                           [](const Guess& a, const Guess& b) { return a.difference < b.difference; });
}

/// The guess whose interval reaches highest above its margin.
const Guess& least_excluded(const Finding& finding) {
  return *std::max_element(
      finding.guesses.begin(), finding.guesses.end(),
      [](const Guess& a, const Guess& b) { return a.interval.high - a.margin < b.interval.high - b.margin; });
}

std::string newest(const Guess& guess) {
  return guess.events == 1 ? "the newest event" : fmt::format("the newest {} events", guess.events);
}

/// "NDCG@10 0.0503 of the newest event, 0.0134 with the profiles shuffled"
std::string measured(const Guess& guess) {
  return fmt::format("NDCG@10 of counts by {} {:.4f}, {:.4f} with the profiles shuffled", newest(guess),
                     guess.ndcg, guess.ndcg_shuffled);
}

std::string verdict_text(const Finding& finding) {
  const std::string word = word_of(finding.verdict);
  if (finding.guesses.empty()) return word + ": no user has three events";
  const Guess& best = best_of(finding);
  const Guess& open = least_excluded(finding);
  switch (finding.verdict) {
    case Verdict::order:
      return fmt::format("{}: in order {} guess{} the next item better than out of order", word, newest(best),
                         best.events == 1 ? "es" : "");
    case Verdict::little:
      return fmt::format(
          "{}: it tells the next item, but less than {:.4f} of NDCG@10, the margin below which it hardly "
          "matters",
          word, open.margin);
    case Verdict::file_order:
      return fmt::format(
          "{}: nothing is left of it when events of the same second are shuffled, and their order is that "
          "of lines in the file",
          word);
    case Verdict::none:
      return fmt::format(
          "{}: what it tells is below the margin of {:.4f} (the interval ends at {:.4f}); a difference of "
          "{:.4f} would be seen in four of five such data sets",
          word, open.margin, open.interval.high, open.detectable);
    case Verdict::undecided:
      break;
  }
  if (!finding.complete)
    return word + ": no difference is seen, but not all users were counted, and counts of some tell less";
  return fmt::format(
      "{}: no difference is seen, but {} users would not have to show one of {:.4f}, which would matter: "
      "one of {:.4f} is seen in four of five such data sets, and the interval ends at {:.4f}",
      word, finding.users, open.margin, open.detectable, open.interval.high);
}

std::optional<std::string> file_text(const Finding& finding) {
  if (finding.guesses.empty() || finding.verdict == Verdict::file_order) return std::nullopt;
  const Guess& best = best_of(finding);
  if (!best.file || best.file->p > alpha || best.difference <= 0 ||
      best.file->difference < much_of_the_order * best.difference)
    return std::nullopt;
  return fmt::format(
      "of this difference of {:.4f}, {:.4f} ({:.0f} %) is the order in which the file has events of the "
      "same second",
      best.difference, best.file->difference, 100 * std::min(1.0, best.file->difference / best.difference));
}

std::string method_text(const Finding& finding) {
  const std::string users = finding.users < finding.users_of ? fmt::format("{} of {} users, drawn at random,",
                                                                           finding.users, finding.users_of)
                                                             : fmt::format("{} users", finding.users);
  return fmt::format(
      "{}{} ranked among all items{}; {} shuffles of every profile, with the counts made anew; p by "
      "comparison with these, adjusted for {} guesses",
      finding.complete ? "" : fmt::format("{} events of random users counted; ", finding.events), users,
      finding.excluded ? " but their own" : ", their own too, since repeats are common", finding.shuffles,
      finding.guesses.size());
}

}  // namespace

std::vector<std::string> explained(const Finding& finding) {
  std::vector<std::string> sentences = {verdict_text(finding)};
  if (auto file = file_text(finding)) sentences.push_back(std::move(*file));
  if (!finding.guesses.empty()) sentences.push_back(method_text(finding));
  return sentences;
}

std::optional<std::string> warning(const Finding& finding) {
  if (finding.guesses.empty() || finding.verdict == Verdict::undecided) return std::nullopt;
  const auto file = file_text(finding);
  if (finding.verdict == Verdict::order)
    return file ? std::optional(fmt::format("{}; {}", measured(best_of(finding)), *file)) : std::nullopt;
  return fmt::format(
      "{} ({}), so that encodings have little to tell the model; `pebench data info` has the test",
      verdict_text(finding), measured(best_of(finding)));
}

}  // namespace pebench::order
