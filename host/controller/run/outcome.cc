#include "host/controller/run/outcome.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <fstream>
#include <iterator>

namespace pebench::run {
namespace {

// process::Exit codes of pebench-trial: bad input, and a trial that failed in an orderly way.
constexpr int exit_bad_input = 2;
constexpr int exit_failed = 3;

Failure explanation(const Outcome& outcome) {
  using contract::Status;
  if (outcome.signal == SIGKILL)
    return {Status::crashed, "killed by signal 9 (Killed), perhaps by the system because memory ran out"};
  if (outcome.signal)
    return {Status::crashed,
            fmt::format("killed by signal {} ({})", *outcome.signal, ::strsignal(*outcome.signal))};
  if (outcome.exit_code == 0) return {Status::failed, "exited with code 0, but left no valid record.json"};
  bool orderly = outcome.exit_code == exit_bad_input || outcome.exit_code == exit_failed;
  return {orderly ? Status::failed : Status::crashed, fmt::format("exited with code {}", *outcome.exit_code)};
}

}  // namespace

Outcome outcome_of_failure(const process::Exit& exit, const std::optional<Failure>& limit,
                           const std::optional<Failure>& failure, const std::string& last_words) {
  Outcome outcome;
  if (WIFSIGNALED(exit.wait_status))
    outcome.signal = WTERMSIG(exit.wait_status);
  else
    outcome.exit_code = WEXITSTATUS(exit.wait_status);
  Failure why = limit ? *limit : failure ? *failure : explanation(outcome);
  if (why.reason.empty()) why.reason = "gave no reason";
  outcome.status = why.status;
  outcome.reason = why.reason;
  if (!limit && !failure && !last_words.empty())
    outcome.reason += fmt::format("; last words: {}", last_words);
  return outcome;
}

std::string last_words(const std::filesystem::path& log) {
  constexpr std::streamoff most_read = 4096;
  constexpr std::size_t most_kept = 300;
  std::ifstream in(log, std::ios::binary | std::ios::ate);
  if (!in) return {};
  in.seekg(std::max<std::streamoff>(0, static_cast<std::streamoff>(in.tellg()) - most_read));
  std::string text(std::istreambuf_iterator<char>(in), {});
  std::string words;
  for (unsigned char c : text) {
    bool blank = c < 0x20 || c == 0x7f || c == ' ';
    if (!blank)
      words += static_cast<char>(c);
    else if (!words.empty() && words.back() != ' ')
      words += ' ';
  }
  while (!words.empty() && words.back() == ' ') words.pop_back();
  if (words.size() <= most_kept) return words;
  return "... " + words.substr(words.size() - most_kept);
}

}  // namespace pebench::run
