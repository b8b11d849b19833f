// How training went: what the records of epochs say.

#include <gmock/gmock.h>

#include "tests/unit/controller/report/results_folder.h"

namespace pebench::report {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

class TrainingReport : public Report {
 protected:
  void add_trained(const std::string& encoding, std::uint64_t seed, double share) {
    contract::Record record = plan("beauty", encoding, seed);
    record.result.epochs = {{1, 2.0, 4.0, 0.2, {}, 4.0 * share}, {2, 1.0, 2.0, 0.2, {}, 2.0 * share}};
    add_good(record, 0.1, 0.05);
  }
  std::string text() { return text_reporter(/*colour=*/false)(reports()); }
};

TEST_F(TrainingReport, HasJumpsAndTheEncodingsShareOfTheGradient) {
  for (const std::uint64_t seed : {1, 2}) {
    add_trained("none", seed, 0.0);
    add_trained("learnt", seed, seed == 1 ? 0.25 : 0.75);
  }
  const std::string found = text();
  EXPECT_THAT(found, HasSubstr("how training went: beauty"));
  // Jumps: (0.2 / 2 + 0.2 / 1) / 2; gradient: (4 + 2) / 2; shares .25 and .75.
  EXPECT_THAT(found,
              ContainsRegex("learnt +2.0 ± 0.0 +1.0000 ± 0.0000 +0.1500 ± 0.0000 +3 ± 0 +0.5000 ± 0.3536"));
  EXPECT_THAT(found, ContainsRegex("none +2.0 ± 0.0 .* 0.0000 ± 0.0000"));
  EXPECT_THAT(summary_reporter(false)(reports()), Not(HasSubstr("how training went")));
}

TEST_F(TrainingReport, SaysNothingOfRecordsThatDoNotTell) {
  contract::Record record = plan("beauty", "none", 1);
  record.result.epochs = {{1, 2.0, 4.0, 0.2, {}}};
  add_good(record, 0.1, 0.05);
  EXPECT_THAT(text(), Not(HasSubstr("how training went")));
}

}  // namespace
}  // namespace pebench::report
