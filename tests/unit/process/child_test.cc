#include "host/process/child.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <string>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/process/memory.h"
#include "host/process/run_child.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::process {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

constexpr std::chrono::minutes patience{2};

ChildOutput run_script(const std::string& script, std::chrono::milliseconds limit = patience) {
  return run_child({"/bin/sh", "-c", script}, limit);
}

TEST(RunChild, TakesWhatIsWrittenToThePipe) {
  const ChildOutput output = run_script("echo lost; echo kept >&3; exit 5");
  EXPECT_EQ(output.text, "kept\n");
  EXPECT_FALSE(output.timed_out);
  EXPECT_EQ(WEXITSTATUS(output.wait_status), 5);
}

TEST(RunChild, TakesMoreThanAPipeHolds) {
  EXPECT_EQ(run_script("head -c 3000000 /dev/zero >&3").text, std::string(3'000'000, '\0'));
}

TEST(RunChild, KillsAtTheLimit) {
  const ChildOutput output = run_script("echo early >&3; sleep 1000", std::chrono::milliseconds(500));
  EXPECT_TRUE(output.timed_out);
  EXPECT_EQ(WTERMSIG(output.wait_status), SIGKILL);
}

TEST(RunChild, DoesNotWaitForWhatTheChildLeavesBehind) {
  const ChildOutput output = run_script("sleep 1000 & echo $! >&3");
  EXPECT_FALSE(output.timed_out);
  const pid_t left = std::stoi(output.text);
  while (::kill(left, 0) == 0) {
    std::string stat;
    try {
      stat = base::read_file("/proc/" + std::to_string(left) + "/stat");
    } catch (const base::InputError&) {
      break;  // gone in between
    }
    if (stat.find(") Z ") != std::string::npos) break;  // somebody else's to wait for
    ::usleep(1000);
  }
}

TEST(RunChild, WaitsEvenIfItsParentIgnoresChildren) {
  const auto before = std::signal(SIGCHLD, SIG_IGN);
  const ChildOutput output = run_script("exit 5", std::chrono::seconds(5));
  std::signal(SIGCHLD, before);
  EXPECT_FALSE(output.timed_out);
  EXPECT_EQ(WEXITSTATUS(output.wait_status), 5);
}

TEST(RunChild, BlocksNoSignal) {
  sigset_t blocked, before;
  ::sigemptyset(&blocked);
  ::sigaddset(&blocked, SIGTERM);
  ::sigprocmask(SIG_BLOCK, &blocked, &before);
  const ChildOutput output = run_script("kill -TERM $$");
  ::sigprocmask(SIG_SETMASK, &before, nullptr);
  EXPECT_TRUE(WIFSIGNALED(output.wait_status));
  EXPECT_EQ(WTERMSIG(output.wait_status), SIGTERM);
}

TEST(RunChild, KeepsThisProcesssFilesFromTheChild) {
  constexpr int open_here = 9;
  ASSERT_EQ(::dup2(STDIN_FILENO, open_here), open_here);
  const ChildOutput output = run_script("test -e /proc/$$/fd/9 && echo open >&3; echo end >&3");
  ::close(open_here);
  EXPECT_EQ(output.text, "end\n");
}

TEST(RunChild, FindsThePipeWhicheverDescriptorsAreFreeHere) {
  constexpr int out_of_the_way = 20;
  for (int subset = 0; subset < 8; ++subset) {
    std::array<int, 3> kept{-1, -1, -1};
    for (int fd = 0; fd < 3; ++fd)
      if ((subset >> fd & 1) != 0) {
        kept[static_cast<std::size_t>(fd)] = ::fcntl(fd, F_DUPFD_CLOEXEC, out_of_the_way);
        ::close(fd);
      }
    const ChildOutput output = run_script("read nothing || echo kept >&3");
    for (int fd = 0; fd < 3; ++fd)
      if (const int saved = kept[static_cast<std::size_t>(fd)]; saved >= 0) {
        ::dup2(saved, fd);
        ::close(saved);
      }
    EXPECT_EQ(output.text, "kept\n") << "free: " << subset;
  }
}

TEST(Child, AddsToTheEnvironment) {
  ::setenv("PEBENCH_TEST_OF_CHILDREN", "old", 1);
  const TemporaryFolder folder;
  Command command{{"/bin/sh", "-c", "echo $PEBENCH_TEST_OF_CHILDREN $HOME"}};
  command.environment = {{"PEBENCH_TEST_OF_CHILDREN", "new"}, {"HOME", "/home"}};
  command.log = folder.path() / "log";
  Child child(command);
  while (!child.try_wait()) ::usleep(1000);
  EXPECT_EQ(base::read_file(*command.log), "new /home\n");
}

TEST(Child, AppendsWhatIsPrintedToItsLog) {
  const TemporaryFolder folder;
  Command command{{"/bin/sh", "-c", "echo output; echo error >&2"}};
  command.log = folder.path() / "log";
  for (int i = 0; i < 2; ++i) {
    Child child(command);
    while (!child.try_wait()) ::usleep(1000);
  }
  EXPECT_EQ(base::read_file(*command.log), "output\nerror\noutput\nerror\n");
}

TEST(Child, SaysWhichProgramCannotBeStarted) {
  EXPECT_THAT([] { Child(Command{{"/no/such/program"}}); },
              ThrowsMessage<base::InputError>(HasSubstr("cannot start /no/such/program: No such file")));
}

TEST(Child, SaysWhichLogCannotBeWritten) {
  Command command{{"/bin/true"}};
  command.log = "/no/such/folder/log";
  EXPECT_THAT([&] { Child child(command); }, ThrowsMessage<base::InputError>(AllOf(
                                                 HasSubstr("/bin/true"), HasSubstr("/no/such/folder/log"))));
}

TEST(ResidentBytes, CountThisProcess) {
  const std::string eaten(64 << 20, 'x');
  const auto bytes = static_cast<std::int64_t>(eaten.size());
  EXPECT_GT(resident_bytes_by_group().at(::getpgrp()), bytes);
  GroupMemory memory;
  EXPECT_GT(memory.of(::getpgrp()), bytes);
  EXPECT_EQ(memory.of(-1), 0);
}

}  // namespace
}  // namespace pebench::process
