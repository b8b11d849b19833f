#include "host/process/run_child.h"

#include <csignal>

#include "host/process/child.h"
#include "host/process/wait.h"

namespace pebench::process {

ChildOutput run_child(const std::vector<std::string>& arguments, std::chrono::milliseconds limit) {
  constexpr std::chrono::milliseconds between_looks{5};
  const auto deadline = Clock::now() + limit;
  Command command{arguments};
  command.pipe = true;
  Child child(command);
  ChildOutput output;
  for (;;) {
    const auto exit = child.try_wait();
    output.text += child.read_news();
    if (exit) {
      output.wait_status = exit->wait_status;
      return output;
    }
    output.timed_out = Clock::now() >= deadline;
    if (output.timed_out) child.signal(SIGKILL);
    wait_for_news({child.news_fd()}, Clock::now() + between_looks);
  }
}

}  // namespace pebench::process
