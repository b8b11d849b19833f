// Numbers that were not run here: what the reports say of that, and what they leave out.

#include <gmock/gmock.h>

#include "tests/unit/controller/report/results_folder.h"

namespace pebench::report {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class NotRunHere : public Report {
 protected:
  NotRunHere() { lock_.primary = "loss"; }

  std::vector<SuiteReport> read(std::size_t files = 1) {
    Study study = reports()[0].study;
    study.origin = Origin{{}, {"loss", "seconds"}, {"seeds a, b are numbered 1, 2"}};
    for (std::size_t f = 1; f <= files; ++f)
      study.origin->files.push_back({"numbers" + std::to_string(f) + ".csv", std::string(63, 'a') + "b"});
    return {make_report(study)};
  }
};

TEST_F(NotRunHere, TheTextSaysWhereTheyComeFromAndWhatWasMadeOfThem) {
  add("d", "none", 1, 0.25);
  const std::string text = text_reporter(false)(read());
  EXPECT_THAT(text,
              HasSubstr("not run here: read from numbers1.csv (SHA-256 aaaaaaaaaaaa...); cannot be replayed\n"
                        "seeds a, b are numbered 1, 2\n"));
  EXPECT_THAT(text, Not(HasSubstr("parameters")));
  EXPECT_THAT(text_reporter(false)(reports()),
              AllOf(Not(HasSubstr("not run here")), HasSubstr("parameters")));
}

TEST_F(NotRunHere, OfManyFilesTheFirst) {
  add("d", "none", 1, 0.25);
  EXPECT_THAT(text_reporter(false)(read(7)),
              AllOf(HasSubstr("numbers3.csv (SHA-256 aaaaaaaaaaaa...) and 4 more files;"),
                    Not(HasSubstr("numbers4"))));
}

TEST_F(NotRunHere, ChanceIsNotShownWhereItIsNotKnown) {
  contract::Record record = plan("d", "none", 1);
  record.result.metrics["loss"] = 0.25;
  contract::write_record(folder_.record(record.id), record);
  EXPECT_THAT(reports()[0].overview.groups.at(0).references, ::testing::IsEmpty());
}

TEST_F(NotRunHere, AFailureHasNoFolder) {
  add_failed(plan("d", "none", 1), contract::Status::invalid, "loss is nan");
  EXPECT_THAT(
      text_reporter(false)(read()),
      HasSubstr(
          "failed, counted nowhere for want of a chance level: d, none, seed 1: invalid: loss is nan\n"));
  EXPECT_THAT(text_reporter(false)(reports()), HasSubstr("loss is nan (trials/"));
}

TEST_F(NotRunHere, CsvSaysSoInEveryRowAndNothingOfARun) {
  add("d", "none", 1, 0.25);
  plan("d", "abs", 1);
  const std::string text = csv_reporter()(read());
  EXPECT_THAT(text, StartsWith("suite,dataset,encoding,seed,id,origin,status,reason,chosen_epoch,"));
  EXPECT_THAT(text, HasSubstr(",\"read, not run here\",ok,,,,,,,,,,0.25,"));
  EXPECT_THAT(text, HasSubstr(",\"read, not run here\",missing,,,,,,,,,,,\r\n"));
}

TEST_F(NotRunHere, JsonHasTheOrigin) {
  add("d", "none", 1, 0.25);
  const auto suite = nlohmann::json::parse(json_reporter()(read())).at("suites").at(0);
  EXPECT_EQ(suite.at("origin").at("files").at(0).at("name"), "numbers1.csv");
  EXPECT_EQ(suite.at("origin").at("notes").size(), 1u);
  EXPECT_TRUE(nlohmann::json::parse(json_reporter()(reports())).at("suites").at(0).at("origin").is_null());
}

TEST_F(NotRunHere, SeedsThatAnEncodingWasNeverToHaveAreNotMissing) {
  add("d", "none", 1, 0.25);
  add("d", "none", 2, 0.5);
  add("d", "abs", 3, 0.125);
  plan("d", "abs", 4);
  const Group group = reports()[0].overview.groups.at(0);
  EXPECT_EQ(group.encodings[0].missing, 0) << "of the seeds 3 and 4, which are those of abs";
  EXPECT_EQ(group.encodings[1].missing, 1);
}

}  // namespace
}  // namespace pebench::report
