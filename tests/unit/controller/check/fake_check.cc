// Stands in for pebench-trial --check: what it does is the encoder of the request.
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "host/contract/check_request.h"

using namespace pebench;

namespace {

[[noreturn]] void hang() {
  for (;;) ::pause();
}

// Leaves its id where the test looks, and a companion that outlives it.
void note_companion(const std::string& path) {
  const pid_t companion = ::fork();
  if (companion == 0) hang();
  std::ofstream(path) << companion;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 || std::string(argv[1]) != "--check") return 64;
  const std::filesystem::path folder = std::filesystem::path(argv[2]).parent_path();
  const auto request = check::read_request(argv[2]);
  const std::string& behaviour = request.subject.encoder;
  const auto write = [&](check::Outcome outcome, const std::string& text) {
    check::write_finding(folder, {outcome, text});
  };
  std::printf("this is %s\n", behaviour.c_str());
  std::fflush(stdout);
  if (behaviour == "pass") write(check::Outcome::pass, "");
  if (behaviour == "echo") write(check::Outcome::pass, nlohmann::json(request.subject.options).dump());
  if (behaviour == "fail") write(check::Outcome::fail, "a reason");
  if (behaviour == "segfault") std::raise(SIGSEGV);
  if (behaviour == "exit_7") std::_Exit(7);
  if (behaviour == "scribble")
    std::ofstream(folder / "finding.json") << "{\"outcome\": \"splendid\", \"text\": 7}";
  if (behaviour == "hang") {
    note_companion(request.subject.options.at("companion").get<std::string>());
    hang();
  }
  if (behaviour == "interrupt") {
    ::kill(::getppid(), SIGINT);
    hang();
  }
  if (behaviour == "crash_after_pass") {
    write(check::Outcome::pass, "");
    std::abort();
  }
  if (behaviour == "crash_after_fail") {
    write(check::Outcome::fail, "a reason");
    std::abort();
  }
  return 0;
}
