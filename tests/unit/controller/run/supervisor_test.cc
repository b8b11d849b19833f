#include "host/controller/run/supervisor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/contract/record.h"
#include "host/controller/run/exclusive.h"
#include "host/controller/run/local_launcher.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::run {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class SilentDisplay : public Display {
 public:
  void note(const std::string& text) override { notes.push_back(text); }
  void ended(const contract::TrialSpec& trial, const Ending&, double, const Snapshot& now) override {
    order.push_back(trial.encoding);
    standings.push_back(now.standing);
  }
  void draw(const Snapshot&) override {}

  std::vector<std::string> notes;
  std::vector<std::string> order, standings;
};

class Supervision : public ::testing::Test {
 protected:
  Supervision() { options_.limits.grace_seconds = 0.3; }

  static contract::TrialSpec trial(const std::string& behaviour, std::uint64_t seed = 1) {
    contract::TrialSpec spec;
    spec.data_hash = "data";
    spec.encoder_id = behaviour;
    spec.options = nlohmann::json::object();
    spec.seed = seed;
    spec.suite = "fakes";
    spec.dataset = "nothing";
    spec.encoding = behaviour;
    spec.sweep = nlohmann::json::object();
    spec.option_files = nlohmann::json::object();
    return spec;
  }

  Tally run(const std::vector<contract::TrialSpec>& trials) {
    return run_trials(trials, ExclusiveFolder(folder_), launcher_, options_, display_);
  }

  contract::Record run_one(const std::string& behaviour) {
    run({trial(behaviour)});
    return record_of(trial(behaviour));
  }

  contract::Record record_of(const contract::TrialSpec& spec) const {
    return contract::read_record(folder_.record(spec.id()));
  }
  bool has_record(const contract::TrialSpec& spec) const { return fs::exists(folder_.record(spec.id())); }

  std::vector<fs::path> attempts(const contract::TrialSpec& spec) const {
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(folder_.trial(spec.id()) / "attempts"))
      paths.push_back(entry.path());
    return paths;
  }
  fs::path only_attempt(const contract::TrialSpec& spec) const {
    auto paths = attempts(spec);
    EXPECT_EQ(paths.size(), 1u);
    return paths.at(0);
  }
  static nlohmann::json exit_of(const fs::path& attempt) {
    return nlohmann::json::parse(base::read_file(attempt / "exit.json"));
  }

  TemporaryFolder temporary_;
  contract::SuiteFolder folder_{temporary_.path() / "fakes"};
  LocalLauncher launcher_{FAKE_TRIAL};
  Options options_;
  SilentDisplay display_;
};

pid_t process_noted_in(const fs::path& file) { return std::stoi(base::read_file(file)); }

bool alive(pid_t process) {
  // Somebody else's child stays a zombie until that somebody looks.
  std::string stat;
  std::getline(std::ifstream("/proc/" + std::to_string(process) + "/stat"), stat);
  return !stat.empty() && stat.substr(stat.rfind(')') + 2, 1) != "Z";
}

/// Alive although it was killed: a signal that has been sent takes effect when the system comes to it.
bool survives(pid_t process) {
  constexpr int patience = 1000;  // of 10 ms
  for (int i = 0; i < patience && alive(process); ++i) ::usleep(10'000);
  return alive(process);
}

TEST_F(Supervision, AGoodTrialLeavesItsRecordAndTheTraceOfItsAttempt) {
  Tally tally = run({trial("good")});
  EXPECT_EQ(tally.total, 1);
  EXPECT_EQ(tally.ok, 1);
  EXPECT_EQ(tally.failed + tally.missing() + tally.signal, 0);
  EXPECT_EQ(record_of(trial("good")).result.status, contract::Status::ok);
  EXPECT_EQ(record_of(trial("good")).result.metrics.at("test.full.ndcg@10"), 0.25);

  fs::path attempt = only_attempt(trial("good"));
  EXPECT_EQ(exit_of(attempt)["status"], "ok");
  EXPECT_EQ(exit_of(attempt)["exit_code"], 0);
  EXPECT_EQ(base::read_file(attempt / "epochs.jsonl"),
            "{\"event\":\"start\",\"epochs\":2}\n"
            "{\"event\":\"epoch\",\"epoch\":1,\"epochs\":2,\"loss\":0.69,\"select\":0.1,\"best\":0.1,"
            "\"fraction\":0.5,"
            "\"seconds\":0.1}\n"
            "{\"event\":\"evaluate\",\"fraction\":0.8}\n");
}

TEST_F(Supervision, TheTrialSeesItsThreadsAnEmptyInputAndALog) {
  contract::TrialSpec spec = trial("reports");
  spec.settings.train.threads = 3;
  run({spec});
  EXPECT_EQ(base::read_file(only_attempt(spec) / "log.txt"),
            "threads 3 3 stdin empty group own\nand this on the error output\n");
}

TEST_F(Supervision, PassesAWarningOnOnce) {
  run({trial("warns", 1), trial("warns", 2)});
  EXPECT_THAT(display_.notes, ElementsAre("warning: this machine is slow"));
}

TEST_F(Supervision, AnOrderlyFailureKeepsItsOwnReason) {
  auto result = run_one("invalid").result;
  EXPECT_EQ(result.status, contract::Status::invalid);
  EXPECT_EQ(result.reason, "the loss of epoch 2 is nan");
  EXPECT_EQ(result.signal, std::nullopt);
}

TEST_F(Supervision, BadInputIsAFailureWithTheProgramsLastWords) {
  auto result = run_one("bad_input").result;
  EXPECT_EQ(result.status, contract::Status::failed);
  EXPECT_EQ(result.reason, "exited with code 2; last words: pebench-trial: no such data set");
}

TEST_F(Supervision, ASegmentationFaultIsACrashWithItsSignal) {
  contract::Record record = run_one("segfault");
  EXPECT_EQ(record.result.status, contract::Status::crashed);
  EXPECT_EQ(record.result.signal, SIGSEGV);
  EXPECT_EQ(record.result.reason, "killed by signal 11 (Segmentation fault); last words: entering the block");
  EXPECT_EQ(record.run.encoding, "segfault");
  EXPECT_EQ(record.run.attempts, 1);
}

TEST_F(Supervision, AnAbortIsACrashWithItsSignal) {
  auto result = run_one("abort").result;
  EXPECT_EQ(result.status, contract::Status::crashed);
  EXPECT_EQ(result.signal, SIGABRT);
}

TEST_F(Supervision, AnUnknownExitCodeIsACrash) {
  auto result = run_one("exit7").result;
  EXPECT_EQ(result.status, contract::Status::crashed);
  EXPECT_EQ(result.reason, "exited with code 7");
}

TEST_F(Supervision, OneThatHangsIsStoppedWithAllItsProcesses) {
  options_.limits.timeout_seconds = 2;  // enough for it to say who it is
  auto result = run_one("hang").result;
  EXPECT_EQ(result.status, contract::Status::timeout);
  EXPECT_EQ(result.signal, SIGKILL) << "it ignores SIGTERM";
  EXPECT_EQ(result.reason, "stopped after 2.0 s, the limit of time");
  for (const char* process : {"leader.pid", "companion.pid"})
    EXPECT_FALSE(survives(process_noted_in(only_attempt(trial("hang")) / process))) << process;
}

TEST_F(Supervision, OneThatIsStoppedHasTheGracePeriodToEndByItself) {
  options_.limits.timeout_seconds = 2;
  options_.limits.grace_seconds = 60;
  EXPECT_EQ(run_one("slow_goodbye").result.status, contract::Status::timeout);
  EXPECT_EQ(exit_of(only_attempt(trial("slow_goodbye")))["exit_code"], 3);
}

TEST_F(Supervision, WhatAGoodTrialLeavesRunningIsKilled) {
  EXPECT_EQ(run_one("leave_companion").result.status, contract::Status::ok);
  EXPECT_FALSE(survives(process_noted_in(only_attempt(trial("leave_companion")) / "companion.pid")));
}

TEST_F(Supervision, OneThatEatsMemoryIsStopped) {
  options_.limits.memory_bytes = std::int64_t{128} << 20;
  options_.limits.timeout_seconds = 120;  // for a supervisor that does not look at memory
  contract::Record record = run_one("eat");
  EXPECT_EQ(record.result.status, contract::Status::out_of_memory);
  EXPECT_THAT(record.result.reason, HasSubstr("over the limit of memory of 0.12 GiB"));
  EXPECT_GT(record.run.memory_peak_bytes, std::int64_t{128} << 20);
}

TEST_F(Supervision, GarbageOnTheOutputHarmsNothing) {
  EXPECT_EQ(run_one("garbage_output").result.status, contract::Status::ok);
  EXPECT_GT(fs::file_size(only_attempt(trial("garbage_output")) / "log.txt"), 1000000u);
}

TEST_F(Supervision, GarbageOnTheProgressPipeHarmsNothing) {
  EXPECT_EQ(run_one("garbage_progress").result.status, contract::Status::ok);
  fs::path attempt = only_attempt(trial("garbage_progress"));
  EXPECT_EQ(exit_of(attempt)["unreadable_progress_lines"], 4);
  EXPECT_THAT(base::read_file(attempt / "epochs.jsonl"), AllOf(HasSubstr("three"), Not(HasSubstr("xxx"))));
}

TEST_F(Supervision, SuccessWithoutARecordIsAFailure) {
  auto result = run_one("no_record").result;
  EXPECT_EQ(result.status, contract::Status::failed);
  EXPECT_EQ(result.reason, "exited with code 0, but left no valid record.json");
}

TEST_F(Supervision, ABrokenRecordIsPutAsideAndAFailure) {
  EXPECT_EQ(run_one("half_record").result.status, contract::Status::failed);
  EXPECT_EQ(base::read_file(only_attempt(trial("half_record")) / "rejected_record.json"), "{\"schema\":1,");
}

TEST_F(Supervision, TheRecordOfAnotherTrialIsPutAside) {
  EXPECT_EQ(run_one("foreign_record").result.status, contract::Status::failed);
  EXPECT_TRUE(fs::exists(only_attempt(trial("foreign_record")) / "rejected_record.json"));
}

TEST_F(Supervision, ACrashAfterTheRecordIsWrittenTakesNothingBack) {
  Tally tally = run({trial("crash_after_record")});
  EXPECT_EQ(tally.ok, 1);
  EXPECT_EQ(record_of(trial("crash_after_record")).result.status, contract::Status::ok);
  EXPECT_EQ(exit_of(only_attempt(trial("crash_after_record")))["signal"], SIGSEGV);
}

TEST_F(Supervision, AFailureDoesNotStopTheOthers) {
  Tally tally = run({trial("segfault"), trial("good")});
  EXPECT_EQ(tally.ok, 1);
  EXPECT_EQ(tally.failed, 1);
}

TEST_F(Supervision, TellsWhoLeadsOfGoodTrialsAndOfEarlierOnes) {
  run({trial("good")});
  std::vector<std::uint64_t> told;
  options_.standing = [&](const contract::TrialSpec& ended) {
    EXPECT_TRUE(has_record(ended));
    told.push_back(ended.seed);
    return "after seed " + std::to_string(ended.seed);
  };
  display_.standings.clear();
  run({trial("good"), trial("segfault", 3), trial("good", 2)});
  EXPECT_THAT(told, ElementsAre(1, 2)) << "a failed one has no value";
  EXPECT_THAT(display_.standings, ElementsAre("after seed 1", "after seed 2"));
}

TEST_F(Supervision, FailFastStopsAtTheFirstFailure) {
  options_.fail_fast = true;
  Tally tally = run({trial("exit7"), trial("good")});
  EXPECT_EQ(tally.failed, 1);
  EXPECT_EQ(tally.missing(), 1);
  EXPECT_FALSE(has_record(trial("good")));
}

TEST_F(Supervision, SigtermKeepsWhatIsDoneAndLeavesNobodyBehind) {
  Tally tally = run({trial("good"), trial("interrupt_parent"), trial("good", 2)});
  EXPECT_EQ(tally.signal, SIGTERM);
  EXPECT_EQ(tally.ok, 1);
  EXPECT_EQ(tally.failed, 0);
  EXPECT_EQ(tally.missing(), 2);
  EXPECT_TRUE(has_record(trial("good")));
  EXPECT_FALSE(has_record(trial("interrupt_parent"))) << "being interrupted says nothing about a trial";
  EXPECT_FALSE(fs::exists(folder_.trial(trial("good", 2).id())));
  fs::path attempt = only_attempt(trial("interrupt_parent"));
  EXPECT_EQ(exit_of(attempt)["status"], "interrupted");
  EXPECT_FALSE(survives(process_noted_in(attempt / "leader.pid")));
}

TEST_F(Supervision, CtrlCWorksEvenInAShellsBackgroundJob) {
  auto before = std::signal(SIGINT, SIG_IGN);  // as shells start background jobs
  Tally tally = run({trial("press_ctrl_c")});
  std::signal(SIGINT, before);
  EXPECT_EQ(tally.signal, SIGINT);
  EXPECT_FALSE(survives(process_noted_in(only_attempt(trial("press_ctrl_c")) / "leader.pid")));
}

TEST_F(Supervision, ASecondCtrlCKills) {
  options_.limits.grace_seconds = 3600;
  Tally tally = run({trial("press_ctrl_c_twice")});
  EXPECT_EQ(tally.signal, SIGINT);
  EXPECT_EQ(exit_of(only_attempt(trial("press_ctrl_c_twice")))["signal"], SIGKILL);
}

TEST_F(Supervision, GoesOnWhereItWasInterrupted) {
  std::vector<contract::TrialSpec> trials = {trial("good"), trial("good", 2)};
  run({trials[0]});
  Tally tally = run(trials);
  EXPECT_EQ(tally.ok, 2);
  EXPECT_EQ(attempts(trials[0]).size(), 1u) << "a finished trial was run again";
  EXPECT_EQ(attempts(trials[1]).size(), 1u);
  EXPECT_THAT(display_.notes, ElementsAre("1 of 2 trials are done already"));
}

TEST_F(Supervision, RunsAFailureAgainOnlyWhenAsked) {
  run({trial("exit7")});
  EXPECT_EQ(run({trial("exit7")}).failed, 1);
  EXPECT_EQ(attempts(trial("exit7")).size(), 1u);
  options_.retry_failed = true;
  EXPECT_EQ(run({trial("exit7")}).failed, 1);
  EXPECT_EQ(attempts(trial("exit7")).size(), 2u);
  EXPECT_EQ(record_of(trial("exit7")).run.attempts, 2);
}

TEST_F(Supervision, StartsACrashedTrialAgainAsOftenAsAllowed) {
  EXPECT_EQ(run({trial("crash_once", 1)}).ok, 0);
  options_.limits.retries = 1;
  EXPECT_EQ(run({trial("crash_once", 2)}).ok, 1);
  EXPECT_EQ(attempts(trial("crash_once", 2)).size(), 2u);
  EXPECT_EQ(run({trial("segfault")}).failed, 1);
  EXPECT_EQ(attempts(trial("segfault")).size(), 2u);
  run({trial("invalid")});
  EXPECT_EQ(attempts(trial("invalid")).size(), 1u) << "an orderly failure would only repeat itself";
}

TEST_F(Supervision, TrialsOfOneIdRunOnce) {
  contract::TrialSpec same = trial("good");
  same.suite = "another name";
  Tally tally = run({trial("good"), same});
  EXPECT_EQ(tally.total, 1);
  EXPECT_EQ(attempts(same).size(), 1u);
}

TEST_F(Supervision, TwoWorkersOverlap) {
  options_.limits.workers = 2;
  // Each waits until the other has started.
  Tally tally = run({trial("meet", 1), trial("meet", 2)});
  EXPECT_EQ(tally.ok, 2);
}

TEST_F(Supervision, OneWorkerKeepsTheOrderOfThePlan) {
  run({trial("reports"), trial("good"), trial("exit7")});
  EXPECT_THAT(display_.order, ElementsAre("reports", "good", "exit7"));
}

TEST_F(Supervision, SaysBeforeWorkStartsThatResultsCannotBeWritten) {
  std::ofstream(folder_.path()) << "a file where the folder should be";
  try {
    run({trial("good")});
    FAIL() << "ran without a place for its results";
  } catch (const base::InputError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr(folder_.path().string()), HasSubstr("--results")));
  }
}

TEST_F(Supervision, SaysThatAPathIsTooLongForResults) {
  fs::path deep = temporary_.path();
  while (deep.string().size() < 3900) deep /= std::string(100, 'x');
  folder_ = contract::SuiteFolder(deep / std::string(4040 - deep.string().size(), 'x'));
  try {
    run({trial("good")});
    FAIL() << "wrote to a path that the system does not take";
  } catch (const base::InputError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr(temporary_.path().string()),
                                    HasSubstr("File name too long; choose a shorter path")));
  }
}

TEST_F(Supervision, SaysBeforeWorkStartsThatTheDiskIsTooSmall) {
  const ExclusiveFolder folder(folder_);
  folder.require_space(1024);
  try {
    folder.require_space(1e18);
    FAIL() << "found an exabyte";
  } catch (const base::InputError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr(folder_.path().string()), HasSubstr("make room")));
  }
}

TEST_F(Supervision, RunsATrialAgainWhoseRecordIsDamaged) {
  const fs::path record = folder_.record(trial("good", 2).id());
  base::write_atomically(record, "{");
  const Tally tally = run({trial("good"), trial("good", 2)});
  EXPECT_EQ(tally.ok, 2);
  ASSERT_FALSE(display_.notes.empty());
  EXPECT_THAT(display_.notes.front(), AllOf(HasSubstr("warning: " + record.string()),
                                            HasSubstr("is run again"), HasSubstr("is kept as")));
  EXPECT_EQ(contract::read_record(record).id, trial("good", 2).id());
}

TEST_F(Supervision, RunsATrialAgainInPlaceOfTheRecordOfAnother) {
  run({trial("good")});
  fs::create_directories(folder_.trial(trial("good", 2).id()));
  fs::copy_file(folder_.record(trial("good").id()), folder_.record(trial("good", 2).id()));
  EXPECT_EQ(run({trial("good", 2)}).ok, 1);
  EXPECT_EQ(contract::read_record(folder_.record(trial("good", 2).id())).id, trial("good", 2).id());
}

TEST_F(Supervision, RefusesAFolderWhereAnotherRunIsAtWork) {
  ExclusiveFolder other(folder_);
  EXPECT_THROW(run({trial("good")}), base::InputError);
}

TEST_F(Supervision, SaysWhichProgramCannotBeStarted) {
  const fs::path program = temporary_.path() / "absent";
  LocalLauncher launcher(program);
  try {
    run_trials({trial("good")}, ExclusiveFolder(folder_), launcher, options_, display_);
    FAIL() << "started a program that does not exist";
  } catch (const base::InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr(program.string()));
  }
}

}  // namespace
}  // namespace pebench::run
