#include "host/controller/report/price.h"

#include <gmock/gmock.h>

#include <fstream>

#include "host/contract/speed_record.h"
#include "tests/unit/controller/report/results_folder.h"

namespace pebench::report {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// Trials of none and slow on one data set, and a measurement in which slow takes `factor` times as long.
class MeasuredPrice : public Report {
 protected:
  void add_trials() {
    for (const char* encoding : {"none", "slow"})
      for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        auto record = plan("beauty", encoding, seed);
        record.run.memory_peak_bytes = 1048576 * static_cast<std::int64_t>(100 * seed);
        if (seed == 1) measured_[encoding] = record.id;
        add_good(record, 0.2, 0.1 + 0.001 * static_cast<double>(seed));
      }
  }

  void measure(double factor, const std::string& finished = "2026-05-14T10:15:30Z",
               const std::string& host = "here") {
    contract::SpeedRecord record;
    record.trials = measured_;
    record.clock = "processor";
    record.run.dataset = "beauty";
    record.run.host = host;
    record.run.threads = 1;
    record.run.finished = finished;
    base::Stream random(1, "test", "speed");
    for (const auto& [encoding, id] : measured_)
      for (const char* operation : contract::speed_operations)
        for (int repetition = 0; repetition < 20; ++repetition)
          record.benchmark["benchmarks"].push_back(
              {{"run_name", contract::timing_name({encoding, operation, 128, 50, {}})},
               {"run_type", "iteration"},
               {"real_time", (10 + 0.01 * random.uniform()) * (encoding == "slow" ? factor : 1)},
               {"time_unit", "ms"}});
    contract::write_speed_record(folder_.speed() / (host + finished + ".json"), record);
  }

  Price price() { return reports().front().prices.at(0); }
  std::string text() { return markdown_reporter()(reports()); }

  std::map<std::string, std::string> measured_;
};

TEST_F(MeasuredPrice, StandsBesideQualityAndDeviation) {
  add_trials();
  measure(1.5);
  const Price found = price();
  ASSERT_EQ(found.encodings.size(), 2u);
  const EncodingPrice &none = found.encodings[0], &slow = found.encodings[1];
  const OperationPrice* step = slow.find("step", 128, 50);
  ASSERT_NE(step, nullptr);
  EXPECT_EQ(step->repetitions, 20u);
  EXPECT_NEAR(step->median, 0.015, 2e-5);
  EXPECT_LE(step->quartiles.low, step->median);
  EXPECT_GE(step->p95, step->quartiles.high);
  EXPECT_NEAR(step->ratio->ratio, 1.5, 1e-3);
  EXPECT_EQ(step->ratio->pace, Pace::slower);
  EXPECT_FALSE(none.find("step", 128, 50)->ratio);
  EXPECT_EQ(none.find("step", 64, 50), nullptr);
  EXPECT_EQ(*slow.memory, 350 * 1048576.0);
  EXPECT_EQ(*slow.parameters, 123456);
  EXPECT_NEAR(*slow.mean, 0.1035, 1e-12);
  EXPECT_TRUE(slow.deviation && slow.deviation_interval);
  EXPECT_THAT(text(),
              AllOf(HasSubstr("what an encoding costs in milliseconds: beauty, 128 users, windows of 50"),
                    HasSubstr("what an encoding is worth: beauty"), HasSubstr("slower"),
                    HasSubstr("median of 20 repetitions"), HasSubstr("1 thread, ")));
}

TEST_F(MeasuredPrice, WithinAHundredthIsNoise) {
  add_trials();
  measure(1.004);
  EXPECT_EQ(price().encodings[1].find("step", 128, 50)->ratio->pace, Pace::within_noise);
  measure(0.98, "2026-05-15T10:15:30Z");
  EXPECT_EQ(price().encodings[1].find("step", 128, 50)->ratio->pace, Pace::faster) << "the newer one counts";
}

TEST_F(MeasuredPrice, IsOfOneMachineAndOfTrialsThatAreThere) {
  add_trials();
  measure(1.5);
  measure(2.0, "2026-05-15T10:15:30Z", "there");
  EXPECT_EQ(reports().front().prices.size(), 2u) << "no times of two machines are mixed";
  measured_["slow"] = std::string(64, 'e');
  measure(3.0, "2026-05-16T10:15:30Z");
  EXPECT_NEAR(price().encodings[1].find("step", 128, 50)->ratio->ratio, 1.5, 1e-3)
      << "one of other trials is passed over";
}

TEST_F(MeasuredPrice, DamageIsSaidAndTheRestIsReported) {
  add_trials();
  measure(1.5);
  std::ofstream(folder_.speed() / "other.json") << "{}";
  EXPECT_THAT(text(), AllOf(HasSubstr("DAMAGED, and left out below"), HasSubstr("other.json"),
                            HasSubstr("what an encoding costs")));
}

TEST_F(MeasuredPrice, WithoutOneNothingIsSaid) {
  add_trials();
  EXPECT_THAT(text(), Not(HasSubstr("what an encoding costs")));
}

}  // namespace
}  // namespace pebench::report
