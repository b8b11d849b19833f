#include "host/controller/export/csv.h"

#include <gmock/gmock.h>

#include <limits>

#include "host/base/file.h"
#include "tests/unit/controller/export/example.h"

namespace pebench::exporting {
namespace {

using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

class Tables : public Example {
 protected:
  std::string text(const std::string& table) const { return base::read_file(out_ / (table + ".csv")); }

  const std::filesystem::path out_ = temporary_.path() / "tables";
};

TEST_F(Tables, AreFiles) {
  export_to(out_, Format::csv, true);
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(out_))
    names.push_back(entry.path().filename());
  EXPECT_THAT(names, UnorderedElementsAre("suite.csv", "trial.csv", "setting.csv", "metric.csv",
                                          "baseline_metric.csv", "epoch.csv", "epoch_metric.csv",
                                          "ranked_set.csv", "rank.csv", "recommendation.csv"));
  EXPECT_EQ(text("metric"),
            "trial,name,value,chance\r\n1,test.full.mrr,0.75,0.01\r\n"
            "1,valid.full.mrr,0.30000000000000004,\r\n");
  EXPECT_EQ(text("epoch"),
            "trial,epoch,loss,gradient_norm,oscillation,encoding_gradient\r\n"
            "1,1,3.5,1.25,0.5,0.125\r\n1,2,3.25,1,0.25,\r\n");
  EXPECT_EQ(text("rank"),
            "trial,candidates,epoch,user,better,tied,pool\r\n1,full,1,3,0,0,99\r\n"
            "1,full,1,7,1,0,98\r\n");
}

TEST_F(Tables, QuoteWhatHasCommasQuotesAndLines) {
  export_to(out_, Format::csv);
  EXPECT_THAT(text("trial"), HasSubstr(",beauty,\"rope, \"\"turned\"\"\",clean,\"{\"\"model.max_len\"\":20,"
                                       "\"\"variant\"\":\"\"clean\"\"}\",2,crashed,\"it ended by SIGSEGV:\n"
                                       "\"\"see log.txt\"\"\",,0,"));
  EXPECT_THAT(text("suite"), HasSubstr("\"# Says \"\"what\"\", and why?\nschema = 1\n\"\r\n"));
}

TEST_F(Tables, HaveNothingForWhatIsNotFinite) {
  std::filesystem::create_directory(out_);
  CsvSink sink(out_, {&schema().metric});
  sink.add(schema().metric, {std::int64_t{1}, std::string("a"), std::numeric_limits<double>::quiet_NaN(),
                             std::numeric_limits<double>::infinity()});
  sink.finish();
  EXPECT_EQ(text("metric"), "trial,name,value,chance\r\n1,a,,\r\n");
}

}  // namespace
}  // namespace pebench::exporting
