// The numbers of the encodings study's own logs (arXiv 2405.10436), which this repository does not hold.

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "host/controller/judge/csv.h"
#include "host/controller/judge/study.h"
#include "host/controller/judge/table_reader.h"
#include "host/controller/report/reporter.h"
#include "tests/unit/support/real_data.h"

namespace pebench::judge {
namespace {

class StudyLogs : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto folder = real_data("study_logs");
    if (!folder) GTEST_SKIP() << "study_logs is not here: set PEBENCH_DATA to the folder that holds it";
    folder_ = *folder;
  }

  std::string text(const char* file) const {
    std::ifstream in(folder_ / file);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  std::filesystem::path folder_;
};

/// Its own summary, "men,silu,none,6,64.9,3.06,...", holds mean and SD in percent with two digits.
TEST_F(StudyLogs, HaveTheMeansAndDeviationsOfTheirSummary) {
  const Sheet summary = read_csv(text("summary.csv"), "summary.csv", std::nullopt);
  std::size_t compared = 0;
  for (const char* activation : {"silu", "leakyrelu"}) {
    Mapping mapping;
    mapping.filters = {Filter::parse(std::string("variant=CARCA;*act=") + activation + ";*")};
    Question question;
    question.primary = "last_hr10";
    const report::SuiteReport report = report::make_report(
        study_of(read_table(text("results.csv"), "results.csv", "study", mapping, std::nullopt), question));
    for (const auto& row : summary.rows) {
      if (row[1].text != activation) continue;
      for (const report::Group& group : report.overview.groups)
        for (const report::EncodingRow& encoding : group.encodings) {
          if (group.dataset != row[0].text || encoding.encoding != row[2].text) continue;
          ++compared;
          EXPECT_EQ(std::to_string(encoding.measured), row[3].text);
          EXPECT_NEAR(100 * encoding.metrics.at("best_hr10").mean, std::stod(row[4].text), 0.0051);
          EXPECT_NEAR(100 * *encoding.metrics.at("best_hr10").deviation, std::stod(row[5].text), 0.0051);
          EXPECT_NEAR(100 * encoding.metrics.at("last_hr10").mean, std::stod(row[8].text), 0.0051);
          EXPECT_EQ(encoding.missing, 0);
        }
    }
  }
  EXPECT_EQ(compared, summary.rows.size());
}

}  // namespace
}  // namespace pebench::judge
