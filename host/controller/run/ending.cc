#include "host/controller/run/ending.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <fstream>
#include <iterator>

#include "host/contract/exit_code.h"

namespace pebench::run {
namespace {

using contract::Failure;
using contract::Status;

Failure explanation(const Ending& ending) {
  if (ending.signal == SIGKILL)
    return {Status::crashed, "killed by signal 9 (Killed), perhaps by the system because memory ran out"};
  if (ending.signal)
    return {Status::crashed,
            fmt::format("killed by signal {} ({})", *ending.signal, ::strsignal(*ending.signal))};
  if (ending.exit_code == 0) return {Status::failed, "exited with code 0, but left no valid record.json"};
  bool orderly = ending.exit_code == contract::exit_bad_input || ending.exit_code == contract::exit_failed;
  return {orderly ? Status::failed : Status::crashed, fmt::format("exited with code {}", *ending.exit_code)};
}

}  // namespace

Ending ending_of_failure(const process::Exit& exit, const std::optional<Failure>& limit,
                         const std::optional<Failure>& failure, const std::string& last_words) {
  Ending ending;
  if (WIFSIGNALED(exit.wait_status))
    ending.signal = WTERMSIG(exit.wait_status);
  else
    ending.exit_code = WEXITSTATUS(exit.wait_status);
  Failure why = limit ? *limit : failure ? *failure : explanation(ending);
  if (why.reason.empty()) why.reason = "gave no reason";
  ending.status = why.status;
  ending.reason = why.reason;
  if (!limit && !failure && !last_words.empty()) ending.reason += fmt::format("; last words: {}", last_words);
  return ending;
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
