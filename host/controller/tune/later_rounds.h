#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "host/controller/run/display.h"
#include "host/controller/tune/halving.h"

namespace pebench::tune {

/// Shows a round with the time left for those that follow, which are taken to last as long as their epochs
/// are many.
class LaterRounds : public run::Display {
 public:
  /// `display` must outlive this.
  LaterRounds(run::Display& display, const std::vector<Round>& rounds, std::size_t current);

  void note(const std::string& text) override { display_.note(text); }
  void ended(const contract::TrialSpec& trial, const run::Ending& ending, double seconds,
             const run::Snapshot& now) override;
  void draw(const run::Snapshot& now) override;

 private:
  using Clock = std::chrono::steady_clock;

  run::Snapshot with_later(run::Snapshot now);

  run::Display& display_;
  double later_;  ///< epochs of the rounds that follow / of this one
  Clock::time_point start_ = Clock::now();
  std::optional<int> done_at_start_;
};

}  // namespace pebench::tune
