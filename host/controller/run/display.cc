#include "host/controller/run/display.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "host/terminal/columns.h"
#include "host/terminal/duration.h"

namespace pebench::run {

std::string name_of(const contract::TrialSpec& trial) {
  std::string name = fmt::format("{} {}", trial.dataset, trial.encoding);
  for (const auto& item : trial.sweep.items()) name += fmt::format(" {}={}", item.key(), item.value().dump());
  return name + fmt::format(" seed {}", trial.seed);
}

namespace {

std::string time_left(const Snapshot& now) {
  return now.seconds_left ? fmt::format("{} left", terminal::duration_text(*now.seconds_left))
                          : "time left not known yet";
}

// "[12/60] beauty rope seed 45: ok in 3 min 12 s"
std::string ended_line(const contract::TrialSpec& trial, const Ending& ending, double seconds,
                       const Snapshot& now) {
  std::string line = fmt::format("[{}/{}] {}: {} in {}", now.done, now.total, name_of(trial),
                                 contract::name_of(ending.status), terminal::duration_text(seconds));
  if (ending.status != contract::Status::ok) line += fmt::format(" ({})", ending.reason);
  return line;
}

class PlainDisplay : public Display {
 public:
  explicit PlainDisplay(std::FILE* file) : file_(file) {}

  void note(const std::string& text) override { print(text); }

  void ended(const contract::TrialSpec& trial, const Ending& ending, double seconds,
             const Snapshot& now) override {
    std::string line = ended_line(trial, ending, seconds, now);
    print(now.done < now.total ? fmt::format("{}; {}", line, time_left(now)) : line);
  }

  void draw(const Snapshot&) override {}

 private:
  void print(const std::string& line) {
    fmt::print(file_, "{}\n", line);
    std::fflush(file_);
  }

  std::FILE* file_;
};

// Cut to so many columns, between two characters of UTF-8.
std::string cut(const std::string& line, std::size_t columns) {
  std::size_t used = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    bool first_byte = (line[i] & 0xC0) != 0x80;
    if (first_byte && used++ == columns) return line.substr(0, i);
  }
  return line;
}

std::string running_line(const Snapshot::Running& running) {
  constexpr int width = 20;
  const Progress& progress = running.progress;
  int filled = static_cast<int>(progress.fraction * width);
  std::string line = fmt::format("  {} [{:#>{}}{:.>{}}] {:3.0f} %", name_of(*running.trial), "", filled, "",
                                 width - filled, 100 * progress.fraction);
  if (progress.evaluating) return line + "  evaluating";
  if (progress.epochs > 0) line += fmt::format("  epoch {}/{}", progress.epoch, progress.epochs);
  if (progress.loss) line += fmt::format("  loss {:.4f}", *progress.loss);
  if (progress.best) line += fmt::format("  best {:.4f}", *progress.best);
  return line;
}

class TerminalDisplay : public Display {
 public:
  explicit TerminalDisplay(std::FILE* file) : file_(file) {}
  ~TerminalDisplay() override {
    erase();
    std::fflush(file_);
  }

  void note(const std::string& text) override { print_above(text); }

  void ended(const contract::TrialSpec& trial, const Ending& ending, double seconds,
             const Snapshot& now) override {
    print_above(ended_line(trial, ending, seconds, now));
  }

  void draw(const Snapshot& now) override {
    std::vector<std::string> lines;
    for (const auto& running : now.running) lines.push_back(running_line(running));
    if (!now.standing.empty()) lines.push_back(now.standing);
    std::string failed = now.failed > 0 ? fmt::format(", {} failed", now.failed) : "";
    lines.push_back(fmt::format("{} of {} done{}, {}", now.done, now.total, failed, time_left(now)));
    erase();
    for (const auto& line : lines) fmt::print(file_, "{}\n", cut(line, columns() - 1));
    lines_ = lines.size();
    std::fflush(file_);
  }

 private:
  std::size_t columns() const { return terminal::columns_of(file_).value_or(80); }

  // Back to the first of the drawn lines, everything below it cleared.
  void erase() {
    if (lines_ > 0) fmt::print(file_, "\x1b[{}A\x1b[J", lines_);
    lines_ = 0;
  }

  void print_above(const std::string& line) {
    erase();
    fmt::print(file_, "{}\n", line);
    std::fflush(file_);
  }

  std::FILE* file_;
  std::size_t lines_ = 0;
};

}  // namespace

std::unique_ptr<Display> make_plain_display(std::FILE* file) { return std::make_unique<PlainDisplay>(file); }

std::unique_ptr<Display> make_terminal_display(std::FILE* file) {
  return std::make_unique<TerminalDisplay>(file);
}

std::unique_ptr<Display> make_display(std::FILE* file) {
  const char* terminal = std::getenv("TERM");
  bool redraws = ::isatty(::fileno(file)) != 0 && terminal != nullptr && std::strcmp(terminal, "dumb") != 0;
  return redraws ? make_terminal_display(file) : make_plain_display(file);
}

}  // namespace pebench::run
