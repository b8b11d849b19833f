#include "host/controller/run/display.h"

#include <gtest/gtest.h>

#include <functional>

#include "host/controller/run/estimate.h"
#include "host/terminal/duration.h"

namespace pebench::run {
namespace {

contract::TrialSpec trial(const std::string& dataset, const std::string& encoding, std::uint64_t seed) {
  contract::TrialSpec spec;
  spec.dataset = dataset;
  spec.encoding = encoding;
  spec.seed = seed;
  spec.sweep = nlohmann::json::object();
  return spec;
}

// What is printed to a file that is no terminal.
std::string printed(const std::function<void(std::FILE*)>& print) {
  char* text = nullptr;
  std::size_t size = 0;
  std::FILE* file = ::open_memstream(&text, &size);
  print(file);
  std::fclose(file);
  std::string result(text, size);
  std::free(text);
  return result;
}

TEST(Duration, IsShort) {
  EXPECT_EQ(terminal::duration_text(0.44), "0.4 s");
  EXPECT_EQ(terminal::duration_text(9.96), "10 s");
  EXPECT_EQ(terminal::duration_text(192), "3 min 12 s");
  EXPECT_EQ(terminal::duration_text(3599.6), "1 h 00 min");
  EXPECT_EQ(terminal::duration_text(3900), "1 h 05 min");
  EXPECT_EQ(terminal::duration_text(183600), "2 d 03 h");
}

TEST(Estimate, KnowsNothingBeforeTheFirstNews) {
  contract::TrialSpec one = trial("beauty", "rope", 1);
  EXPECT_EQ(Estimate().seconds_left({&one}, {}, 1), std::nullopt);
  EXPECT_EQ(Estimate().seconds_left({}, {{&one, 5.0, 0.0, 0.0}}, 1), std::nullopt);
  EXPECT_EQ(Estimate().seconds_left({}, {}, 1), 0.0);
}

TEST(Estimate, ProjectsRunningTrialsByTheirFraction) {
  contract::TrialSpec one = trial("beauty", "rope", 1), two = trial("beauty", "rope", 2);
  EXPECT_DOUBLE_EQ(*Estimate().seconds_left({}, {{&one, 25.0, 0.25, 25.0}}, 1), 75.0);
  EXPECT_DOUBLE_EQ(*Estimate().seconds_left({&two}, {{&one, 25.0, 0.25, 25.0}}, 1), 175.0);
}

TEST(Estimate, CountsDownWhileATrialIsSilent) {
  contract::TrialSpec one = trial("beauty", "rope", 1);
  EXPECT_DOUBLE_EQ(*Estimate().seconds_left({}, {{&one, 30.0, 0.25, 25.0}}, 1), 70.0);
  EXPECT_DOUBLE_EQ(*Estimate().seconds_left({}, {{&one, 130.0, 0.25, 25.0}}, 1), 0.0);
}

TEST(Estimate, TakesTheMostSimilarFinishedTrials) {
  contract::TrialSpec rope = trial("beauty", "rope", 1), none = trial("beauty", "none", 1),
                      men = trial("men", "rope", 1);
  Estimate estimate;
  estimate.add(rope, 100);
  estimate.add(none, 50);
  EXPECT_DOUBLE_EQ(*estimate.seconds_left({&rope}, {}, 1), 100.0);
  contract::TrialSpec abs = trial("beauty", "abs", 1);
  EXPECT_DOUBLE_EQ(*estimate.seconds_left({&abs}, {}, 1), 75.0);
  EXPECT_DOUBLE_EQ(*estimate.seconds_left({&men}, {}, 1), 75.0);
  estimate.add(men, 1000);
  EXPECT_DOUBLE_EQ(*estimate.seconds_left({&men}, {}, 1), 1000.0);
}

TEST(Estimate, SharesWorkAmongWorkersButNeverSplitsATrial) {
  contract::TrialSpec rope = trial("beauty", "rope", 1);
  Estimate estimate;
  estimate.add(rope, 100);
  EXPECT_DOUBLE_EQ(*estimate.seconds_left({&rope, &rope, &rope, &rope}, {}, 2), 200.0);
  EXPECT_DOUBLE_EQ(*estimate.seconds_left({&rope}, {}, 4), 100.0);
}

TEST(PlainDisplay, PrintsALinePerTrialThatEnded) {
  contract::TrialSpec spec = trial("beauty", "rope", 45);
  spec.sweep = {{"model.item_max_norm", 0.1}};
  Snapshot now;
  now.total = 3;
  now.done = 1;
  EXPECT_EQ(printed([&](std::FILE* file) {
              auto display = make_display(file);
              display->draw(now);
              display->ended(spec, {}, 192, now);
              now.done = 2;
              now.seconds_left = 192;
              display->ended(spec, {contract::Status::crashed, "killed by signal 11", 11, {}}, 3, now);
              now.done = 3;
              display->ended(spec, {}, 192, now);
            }),
            "[1/3] beauty rope model.item_max_norm=0.1 seed 45: ok in 3 min 12 s; time left not known yet\n"
            "[2/3] beauty rope model.item_max_norm=0.1 seed 45: crashed in 3.0 s (killed by signal 11); 3 "
            "min 12 s left\n"
            "[3/3] beauty rope model.item_max_norm=0.1 seed 45: ok in 3 min 12 s\n");
}

TEST(TerminalDisplay, RedrawsALinePerRunningTrial) {
  contract::TrialSpec spec = trial("beauty", "rope", 45);
  Snapshot now;
  now.total = 2;
  now.failed = now.done = 1;
  now.seconds_left = 10;
  Progress progress;
  progress.fraction = 0.5;
  progress.epoch = 3;
  progress.epochs = 20;
  progress.loss = 0.5;
  now.running = {{&spec, progress}};
  EXPECT_EQ(printed([&](std::FILE* file) {
              auto display = make_terminal_display(file);
              display->draw(now);
              now.running[0].progress.evaluating = true;
              display->draw(now);
              display->note("a remark");
            }),
            "  beauty rope seed 45 [##########..........]  50 %  epoch 3/20  loss 0.5000\n"
            "1 of 2 done, 1 failed, 10 s left\n"
            "\x1b[2A\x1b[J"
            "  beauty rope seed 45 [##########..........]  50 %  evaluating\n"
            "1 of 2 done, 1 failed, 10 s left\n"
            "\x1b[2A\x1b[J"
            "a remark\n");
}

TEST(TerminalDisplay, SaysWhoLeads) {
  Snapshot now;
  now.total = 2;
  now.done = 1;
  now.seconds_left = 10;
  now.standing = "beauty: rope leads";
  EXPECT_EQ(printed([&](std::FILE* file) { make_terminal_display(file)->draw(now); }),
            "beauty: rope leads\n1 of 2 done, 10 s left\n\x1b[2A\x1b[J");
}

TEST(TerminalDisplay, CutsLinesBetweenCharacters) {
  std::string name;
  for (int i = 0; i < 100; ++i) name += "\u00e9";
  contract::TrialSpec spec = trial(name, "rope", 1);
  Snapshot now;
  now.running = {{&spec, {}}};
  std::string text = printed([&](std::FILE* file) { make_terminal_display(file)->draw(now); });
  std::string first = text.substr(0, text.find('\n'));
  EXPECT_EQ(first.size(), 2u + 2 * 77) << "79 columns: two blanks and 77 letters of two bytes";
}

}  // namespace
}  // namespace pebench::run
