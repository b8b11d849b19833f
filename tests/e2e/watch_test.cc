// `pebench watch` beside a run: who gets the page, what is on it, and that it ends with the run.

#include <gmock/gmock.h>
#include <httplib.h>
#include <signal.h>
#include <sys/wait.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "tests/e2e/program.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

/// A program that runs until it ends or is stopped; its output goes to a file.
class Background {
 public:
  Background(const std::string& command, const fs::path& output) {
    pid_ = ::fork();
    if (pid_ != 0) return;
    ::setpgid(0, 0);
    ::execl("/bin/sh", "sh", "-c", ("exec " + command + " >" + output.string() + " 2>&1").c_str(), nullptr);
    ::_exit(127);
  }
  ~Background() {
    if (!ended_) ::kill(-pid_, SIGKILL);
    exit_code();
  }
  void interrupt() const { ::kill(pid_, SIGINT); }
  /// Waits for its end.
  int exit_code() {
    if (!ended_) ::waitpid(pid_, &status_, 0);
    ended_ = true;
    return WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_);
  }

 private:
  pid_t pid_ = -1;
  int status_ = 0;
  bool ended_ = false;
};

/// Waits until it holds, a minute at most.
template <class Condition>
bool soon(const Condition& holds) {
  for (int i = 0; i < 600; ++i) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return false;
}

TEST(Watch, ShowsARunToThisMachineAndEndsWithIt) {
  const TemporaryFolder temporary;
  const fs::path folder = temporary.path(), results = folder / "results", page = folder / "watch.txt";
  std::string text = read(std::string(PEBENCH_SOURCE_DIR) + "/tests/e2e/tiny.toml");
  for (const auto& [from, to] :
       {std::pair("epochs = 4", "epochs = 100000"), {"patience = 4", "patience = 100000"}})
    text.replace(text.find(from), std::string(from).size(), to);
  std::ofstream(folder / "suite.toml") << text;
  ::setenv("PEBENCH_CACHE", (folder / "cache").c_str(), 1);
  const std::string program = PEBENCH_PROGRAM;

  EXPECT_EQ(shell(program + " watch " + folder.string()).exit_code, 2) << "nothing is there";
  Background run(program + " run " + (folder / "suite.toml").string() + " --results " + results.string(),
                 folder / "run.txt");
  ASSERT_TRUE(soon([&] { return shell("grep -rqs '\"epoch\":3' " + results.string()).exit_code == 0; }))
      << read(folder / "run.txt");
  Background watch(program + " watch " + results.string(), page);
  ASSERT_TRUE(soon([&] { return read(page).find("/\n") != std::string::npos; })) << read(page);

  std::string address = read(page);
  address.resize(address.find('\n'));
  const auto slash = address.find('/', std::string("http://").size());
  const std::string origin = address.substr(0, slash), path = address.substr(slash);
  EXPECT_THAT(origin, HasSubstr("http://127.0.0.1:"));
  EXPECT_EQ(path.size(), 34u) << "128 bits of a token";

  httplib::Client client(origin);
  const auto shown = client.Get(path);
  ASSERT_TRUE(shown);
  EXPECT_EQ(shown->status, 200);
  EXPECT_THAT(shown->body, HasSubstr("0 of 8 trials are done."));
  EXPECT_THAT(shown->body, HasSubstr("order, none, seed 1"));
  EXPECT_THAT(shown->body, HasSubstr("validation of the trials at work"));
  EXPECT_THAT(shown->body, HasSubstr("http-equiv=\"refresh\""));
  EXPECT_EQ(shown->get_header_value("Cache-Control"), "no-store");
  EXPECT_EQ(shown->get_header_value("X-Frame-Options"), "DENY");

  for (const std::string& other :
       {std::string("/"), std::string("/") + std::string(32, '0') + "/", path + "x"}) {
    const auto refused = client.Get(other);
    ASSERT_TRUE(refused) << other;
    EXPECT_EQ(refused->status, 404) << other;
    EXPECT_THAT(refused->body, Not(HasSubstr("pebench"))) << other;
  }
  const auto rebound = client.Get(path, {{"Host", "somewhere.example"}});
  ASSERT_TRUE(rebound);
  EXPECT_EQ(rebound->status, 404) << "a name of somebody else's that leads here";
  EXPECT_NE(client.Post(path, "", "text/plain")->status, 200);

  run.interrupt();
  EXPECT_EQ(run.exit_code(), 130);
  ASSERT_TRUE(soon([&] {
    const auto last = client.Get(path);
    return last && last->body.find("the run has ended") != std::string::npos &&
           last->body.find("http-equiv=\"refresh\"") == std::string::npos;
  }));
  EXPECT_EQ(watch.exit_code(), 0) << read(page);
  EXPECT_THAT(read(page), HasSubstr("has ended"));
}

}  // namespace
}  // namespace pebench
