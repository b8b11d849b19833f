#include "host/controller/cli/data_work.h"

#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "host/terminal/duration.h"

namespace pebench::cli {
namespace {

using std::chrono::seconds;

/// Bytes of the files together; 0 where one is no file of a known size, as a pipe.
std::int64_t bytes_of(const std::vector<std::filesystem::path>& files) {
  std::int64_t all = 0;
  for (const auto& file : files) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error)) return 0;
    all += static_cast<std::int64_t>(std::filesystem::file_size(file, error));
    if (error) return 0;
  }
  return all;
}

bool is_terminal(std::FILE* file) {
  const char* terminal = std::getenv("TERM");
  return ::isatty(::fileno(file)) != 0 && terminal != nullptr && std::strcmp(terminal, "dumb") != 0;
}

}  // namespace

DataWork::DataWork(const std::vector<std::filesystem::path>& files)
    : bytes_(bytes_of(files)),
      redraws_(is_terminal(stderr)),
      next_(begin_ + seconds(redraws_ ? 1 : 10)),
      pause_(seconds(redraws_ ? 1 : 10)) {}

DataWork::~DataWork() {
  if (drawn_) fmt::print(stderr, "\r\x1b[K");
}

void DataWork::checkpoint() {
  if (!signals_) signals_.emplace();
  while (const int number = signals_->next())
    if (number != SIGCHLD) throw Signalled{number};
}

void DataWork::on_read(std::int64_t bytes) {
  read_ += bytes;
  if (!is_time()) return;
  if (bytes_ > 0)
    show(fmt::format("reading: {} MB of {} MB", read_ / 1'000'000, bytes_ / 1'000'000),
         static_cast<double>(read_) / static_cast<double>(bytes_));
  else
    show(fmt::format("reading: {} MB", read_ / 1'000'000), 0);
}

void DataWork::on_next(const char* doing, std::size_t done, std::size_t all) {
  checkpoint();
  if (is_time())
    show(fmt::format("{}: {} of {}", doing, done, all), static_cast<double>(done) / static_cast<double>(all));
}

bool DataWork::is_time() {
  if (Clock::now() < next_) return false;
  if (!redraws_) pause_ *= 2;
  next_ = Clock::now() + pause_;
  return true;
}

/// `share`: how much of the work is done; 0 where that is not known.
void DataWork::show(std::string line, double share) {
  const double spent = std::chrono::duration<double>(Clock::now() - begin_).count();
  if (share > 0)
    line += fmt::format(", {:.0f} %, {} left", 100.0 * share,
                        terminal::duration_text(spent * (1.0 - share) / share));
  if (redraws_)
    fmt::print(stderr, "\r\x1b[K{}", line);
  else
    fmt::print(stderr, "{}\n", line);
  std::fflush(stderr);
  drawn_ = redraws_;
}

int DataWork::run(const std::function<void(DataWork&)>& work) {
  try {
    work(*this);
    return 0;
  } catch (const Signalled& signal) {
    return 128 + signal.number;
  }
}

}  // namespace pebench::cli
