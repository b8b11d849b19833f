#include "host/controller/tune/later_rounds.h"

namespace pebench::tune {

LaterRounds::LaterRounds(run::Display& display, const std::vector<Round>& rounds, std::size_t current)
    : display_(display) {
  const auto epochs = [&](std::size_t from, std::size_t to) {
    return static_cast<double>(epochs_of({rounds.begin() + static_cast<std::ptrdiff_t>(from),
                                          rounds.begin() + static_cast<std::ptrdiff_t>(to)},
                                         1));
  };
  later_ = epochs(current + 1, rounds.size()) / epochs(current, current + 1);
}

void LaterRounds::ended(const contract::TrialSpec& trial, const run::Ending& ending, double seconds,
                        const run::Snapshot& now) {
  display_.ended(trial, ending, seconds, with_later(now));
}

void LaterRounds::draw(const run::Snapshot& now) { display_.draw(with_later(now)); }

run::Snapshot LaterRounds::with_later(run::Snapshot now) {
  if (!done_at_start_) done_at_start_ = now.done;
  const int here = now.total - *done_at_start_;
  if (now.seconds_left && here > 0) {
    const double passed = std::chrono::duration<double>(Clock::now() - start_).count();
    const double whole = (passed + *now.seconds_left) * now.total / here;
    now.seconds_left = *now.seconds_left + later_ * whole;
  }
  return now;
}

}  // namespace pebench::tune
