#pragma once

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/contract/trial_spec.h"
#include "host/controller/run/ending.h"
#include "host/controller/run/progress.h"

namespace pebench::run {

/// "beauty rope model.item_max_norm=0.1 seed 45"
std::string name_of(const contract::TrialSpec& trial);

/// A run at one moment.
struct Snapshot {
  struct Running {
    const contract::TrialSpec* trial = nullptr;
    Progress progress;
  };

  int total = 0;   ///< trials of the plan
  int done = 0;    ///< of these, ended well or badly, earlier runs included
  int failed = 0;  ///< of these, ended badly
  std::vector<Running> running;
  std::optional<double> seconds_left;
  std::string standing = {};  ///< who leads where a trial ended last; may be empty
};

/// Shows a run to whoever waits for it.
class Display {
 public:
  virtual ~Display() = default;

  /// A remark, one sentence.
  virtual void note(const std::string& text) = 0;
  virtual void ended(const contract::TrialSpec& trial, const Ending& ending, double seconds,
                     const Snapshot& now) = 0;
  /// Called several times a second.
  virtual void draw(const Snapshot& now) = 0;
};

/// For a terminal: a line per running trial and one in all, redrawn; for anything else: a line per trial that
/// ended. `file` must outlive the display.
std::unique_ptr<Display> make_display(std::FILE* file);
std::unique_ptr<Display> make_plain_display(std::FILE* file);
std::unique_ptr<Display> make_terminal_display(std::FILE* file);

}  // namespace pebench::run
