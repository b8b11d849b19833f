#include "host/contract/progress.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace pebench::contract {
namespace {

EpochEvent epoch_event() {
  EpochEvent event;
  event.epoch = 3;
  event.epochs = 20;
  event.loss = 0.5;
  event.gradient_norm = 1.5;
  event.select = 0.125;
  event.best = 0.25;
  event.fraction = 0.15;
  event.seconds = 2.0;
  return event;
}

// epochs.jsonl of every folder of results is made of these.
TEST(ProgressEvent, IsALineOfJson) {
  EXPECT_EQ(to_line(StartEvent{20}), "{\"epochs\":20,\"event\":\"start\"}\n");
  EXPECT_EQ(to_line(epoch_event()),
            "{\"best\":0.25,\"epoch\":3,\"epochs\":20,\"event\":\"epoch\",\"fraction\":0.15,"
            "\"gradient_norm\":1.5,\"loss\":0.5,\"seconds\":2.0,\"select\":0.125}\n");
  EXPECT_EQ(to_line(EvaluateEvent{0.75}), "{\"event\":\"evaluate\",\"fraction\":0.75}\n");
  EXPECT_EQ(to_line(WarningEvent{"slow"}), "{\"event\":\"warning\",\"text\":\"slow\"}\n");
  EXPECT_EQ(to_line(Failure{Status::invalid, "nan"}),
            "{\"event\":\"failed\",\"reason\":\"nan\",\"status\":\"invalid\"}\n");
}

TEST(ProgressEvent, IsOneLineWhateverItSays) {
  EXPECT_EQ(to_line(WarningEvent{"two\nlines \xff"}),
            "{\"event\":\"warning\",\"text\":\"two\\nlines \xef\xbf\xbd\"}\n");
  EXPECT_EQ(to_line(EvaluateEvent{std::nan("")}), "{\"event\":\"evaluate\",\"fraction\":null}\n");
}

TEST(ProgressEvent, IsReadAsItWasWritten) {
  for (const ProgressEvent& event :
       {ProgressEvent(StartEvent{20}), ProgressEvent(epoch_event()), ProgressEvent(EvaluateEvent{0.75}),
        ProgressEvent(WarningEvent{"slow"}), ProgressEvent(Failure{Status::invalid, "nan"})}) {
    const std::string line = to_line(event);
    const auto read = progress_event(std::string_view(line).substr(0, line.size() - 1));
    ASSERT_TRUE(read) << line;
    EXPECT_EQ(read->index(), event.index()) << line;
    EXPECT_EQ(to_line(*read), line);
  }
}

TEST(ProgressEvent, PassesOverWhatIsOfAnotherType) {
  const auto event = progress_event(
      R"({"event":"epoch","epoch":"three","epochs":7,"loss":null,"best":[],"fraction":"much"})");
  ASSERT_TRUE(event);
  const auto& epoch = std::get<EpochEvent>(*event);
  EXPECT_EQ(epoch.epoch, 0);
  EXPECT_EQ(epoch.epochs, 7);
  for (const double untold : {epoch.loss, epoch.best, epoch.fraction, epoch.seconds})
    EXPECT_TRUE(std::isnan(untold));
}

TEST(ProgressEvent, IsNoneIfItHasNoNameOfOne) {
  for (const char* line :
       {"", "not json \xff", "[1, 2]", "{}", R"({"event":7})", R"({"event":"party"})", "{\"event\":"})
    EXPECT_FALSE(progress_event(line)) << line;
}

TEST(Failure, IsNeverOk) {
  for (const char* line : {R"({"event":"failed","status":"ok"})", R"({"event":"failed","status":"odd"})",
                           R"({"event":"failed"})"})
    EXPECT_EQ(std::get<Failure>(*progress_event(line)).status, Status::failed) << line;
}

}  // namespace
}  // namespace pebench::contract
