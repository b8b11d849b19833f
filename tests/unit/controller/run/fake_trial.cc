// Stands in for pebench-trial: what it does is the label of the trial's encoding.
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "host/base/file.h"
#include "host/contract/folder.h"
#include "host/contract/progress.h"
#include "host/contract/record.h"
#include "host/contract/trial_spec.h"

namespace fs = std::filesystem;
using namespace pebench;

namespace {

fs::path trial_folder;
fs::path attempt_folder;
contract::TrialSpec trial;

void say(const std::string& line) {
  static const int fd = std::atoi(std::getenv(contract::progress_variable));
  std::string text = line + "\n";
  if (::write(fd, text.data(), text.size()) < 0) std::exit(4);
}

int write_good_record_of(const contract::TrialSpec& spec) {
  contract::Record record;
  record.id = spec.id();
  record.identity = spec.identity();
  record.result.metrics = {{"test.full.ndcg@10", 0.25}};
  contract::write_record(trial_folder / "record.json", record);
  return 0;
}

int write_good_record() { return write_good_record_of(trial); }

void sleep_forever() {
  for (;;) std::this_thread::sleep_for(std::chrono::seconds(1));
}

void note_process(const char* name) { std::ofstream(attempt_folder / name) << ::getpid(); }

// Holds the pipe and the group, and survives SIGTERM.
void start_stubborn_companion() {
  std::signal(SIGTERM, SIG_IGN);
  if (::fork() == 0) {
    note_process("companion.pid");
    sleep_forever();
  }
  while (!fs::exists(attempt_folder / "companion.pid") || fs::is_empty(attempt_folder / "companion.pid"))
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

int meet_the_other() {
  fs::path place = trial_folder.parent_path().parent_path().parent_path() / "meeting";
  fs::create_directories(place);
  std::ofstream(place / std::to_string(trial.seed)).flush();
  for (int i = 0; i < 3000; ++i) {
    if (std::distance(fs::directory_iterator(place), {}) >= 2) return write_good_record();
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return 3;
}

int act(const std::string& what) {
  if (what == "good") {
    say(R"({"event":"start","epochs":2})");
    say(R"({"event":"epoch","epoch":1,"epochs":2,"loss":0.69,"select":0.1,"best":0.1,"fraction":0.5,"seconds":0.1})");
    say(R"({"event":"evaluate","fraction":0.8})");
    return write_good_record();
  }
  if (what == "reports") {
    std::string variables;
    for (const char* name : {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"})
      variables += std::getenv(name) + std::string(" ");
    std::cout << "threads " << variables << "stdin " << (std::cin.get() == EOF ? "empty" : "open")
              << " group " << (::getpgrp() == ::getpid() ? "own" : "shared") << std::endl;
    std::cerr << "and this on the error output" << std::endl;
    return write_good_record();
  }
  if (what == "warns") {
    say(R"({"event":"warning","text":"this machine is slow"})");
    return write_good_record();
  }
  if (what == "invalid") {
    say(R"({"event":"failed","status":"invalid","reason":"the loss of epoch 2 is nan"})");
    return 3;
  }
  if (what == "bad_input") {
    std::cerr << "pebench-trial: no such data set" << std::endl;
    return 2;
  }
  if (what == "segfault") {
    std::cerr << "entering\nthe block" << std::endl;
    std::raise(SIGSEGV);
  }
  if (what == "abort") std::abort();
  if (what == "exit7") return 7;
  if (what == "crash_once") {
    if (fs::exists(trial_folder / "record.json")) return write_good_record();
    std::raise(SIGSEGV);
  }
  if (what == "hang") {
    start_stubborn_companion();
    note_process("leader.pid");
    sleep_forever();
  }
  if (what == "slow_goodbye") {
    static volatile std::sig_atomic_t asked = 0;
    std::signal(SIGTERM, [](int) { asked = 1; });
    while (asked == 0) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    std::this_thread::sleep_for(
        std::chrono::milliseconds(600));  // a supervisor that kills at once would do so by now
    return 3;
  }
  if (what == "leave_companion") {
    start_stubborn_companion();
    return write_good_record();
  }
  if (what == "eat") {
    std::vector<std::string> eaten;
    for (int i = 0; i < 40; ++i) {
      eaten.emplace_back(8 << 20, 'x');
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    sleep_forever();
  }
  if (what == "garbage_output") {
    for (int i = 0; i < 1000; ++i) std::cout << "\x01\xff{\"event\":\"failed\"}\n" << std::string(1000, '\0');
    std::cout << std::flush;
    return write_good_record();
  }
  if (what == "garbage_progress") {
    say("not json \xff");
    say("[1, 2]");
    say(R"({"event":7})");
    say(R"({"event":"epoch","epoch":"three","fraction":"much","loss":null})");
    say("{\"event\":\"" + std::string(200000, 'x') + "\"}");
    say(R"({"event":"epoch","epoch":1,"epochs":1,"fraction":7})");
    return write_good_record();
  }
  if (what == "no_record") return 0;
  if (what == "half_record") {
    std::ofstream(trial_folder / "record.json") << "{\"schema\":1,";
    return 0;
  }
  if (what == "foreign_record") {
    contract::TrialSpec other = trial;
    ++other.seed;
    return write_good_record_of(other);
  }
  if (what == "crash_after_record") {
    write_good_record();
    std::raise(SIGSEGV);
  }
  if (what == "interrupt_parent" || what == "press_ctrl_c") {
    note_process("leader.pid");
    ::kill(::getppid(), what == "press_ctrl_c" ? SIGINT : SIGTERM);
    sleep_forever();
  }
  if (what == "press_ctrl_c_twice") {
    std::signal(SIGTERM, [](int) { ::kill(::getppid(), SIGINT); });  // the first has been answered
    ::kill(::getppid(), SIGINT);
    sleep_forever();
  }
  if (what == "meet") return meet_the_other();
  std::cerr << "unknown behaviour " << what << std::endl;
  return 9;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 9;
  trial_folder = fs::path(argv[1]).parent_path();
  attempt_folder = fs::read_symlink("/proc/self/fd/1").parent_path();  // where its log is
  trial = contract::read_trial(argv[1]);
  return act(trial.encoding);
}
