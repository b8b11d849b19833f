// `pebench check` as a whole: every fault is seen by the check that is there for it, and what the verb
// answers.

#include "tests/e2e/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "tests/check/faults.h"

namespace pebench {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string fault_library(const std::string& name) { return FAULTS "/" + name + ".so"; }

struct Checked {
  int exit_code;
  std::map<std::string, nlohmann::json> rows;  ///< by id; of several encoders the last
};

Checked check(const std::string& library, const std::string& arguments) {
  const Outcome outcome = shell(PEBENCH_PROGRAM " check " + library + " --json " + arguments);
  Checked checked{outcome.exit_code, {}};
  const auto json = nlohmann::json::parse(outcome.output, nullptr, false);
  if (json.is_discarded()) {
    ADD_FAILURE() << outcome.output;
    return checked;
  }
  const auto add = [&](const nlohmann::json& results) {
    for (const auto& row : results) checked.rows[row.at("id")] = row;
  };
  add(json.at("results"));
  for (const auto& encoder : json.at("encoders")) add(encoder.at("results"));
  return checked;
}

class Checks : public testing::TestWithParam<Fault> {};

TEST_P(Checks, SeeTheFault) {
  const Fault& fault = GetParam();
  std::string arguments = "--only " + fault.id;
  if (!fault.option.empty()) arguments += " --option " + fault.option;
  if (fault.outcome == "timeout") arguments += " --timeout 10";
  const Checked checked = check(fault_library(fault.library), arguments);
  EXPECT_EQ(checked.exit_code, fault.outcome == "warn" ? 0 : 1);
  ASSERT_EQ(checked.rows.count(fault.id), 1u);
  const auto& row = checked.rows.at(fault.id);
  EXPECT_EQ(row.at("outcome"), fault.outcome) << row.dump(1);
  EXPECT_THAT(row.at("text").get<std::string>(), HasSubstr(fault.text));
}

std::string name_of(const testing::TestParamInfo<Fault>& info) {
  std::string name = info.param.library + "_" + info.param.option;
  for (char& c : name)
    if (c == '=') c = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Life, Checks, testing::ValuesIn(life_faults), name_of);

TEST(Check, HasAFaultForEveryRowOfItsGroups) {
  std::set<std::string> seen, listed;
  for (const Fault& fault : life_faults) seen.insert(fault.id);
  for (const auto& row :
       nlohmann::json::parse(shell(PEBENCH_PROGRAM " check --list --json --only li").output))
    listed.insert(row.at("id"));
  EXPECT_EQ(seen, listed);
}

TEST(Check, SeesThePublishedFaults) {
  const std::string wrong = fault_library("wrong");
  const auto outcome = [&](const std::string& encoder, const std::string& id) {
    return check(wrong, "--encoder " + encoder + " --only " + id).rows.at(id).at("outcome");
  };
  EXPECT_EQ(outcome("counts_slots", "meaning.candidates"), "fail");
  EXPECT_EQ(outcome("rope_over_rows", "meaning.batch"), "fail");
  EXPECT_EQ(outcome("rope_over_rows", "meaning.position"), "fail");
}

TEST(Check, FindsTheHeadWidthThatAnEncoderServes) {
  const Checked checked = check(fault_library("wrong"), "--encoder choosy --only library.failing,life");
  EXPECT_EQ(checked.rows.size(), 9u);
  for (const auto& [id, row] : checked.rows)
    EXPECT_THAT(row.at("outcome").get<std::string>(), testing::AnyOf("pass", "skip")) << row.dump(1);
}

TEST(Check, FindsNothingWithoutTheFault) {
  const Checked checked =
      check(fault_library("lives_badly"), "--only library.failing,life --option fault=none");
  EXPECT_EQ(checked.rows.size(), 9u);
  for (const auto& [id, row] : checked.rows) {
    // At the other choices of its option it is as wrong as they say.
    if (id != "life.option_extremes") {
      EXPECT_EQ(row.at("outcome"), "pass") << row.dump(1);
    }
  }
}

TEST(Check, SkipsTheRestOfALibraryThatDoesNotLoad) {
  const Checked checked = check(fault_library("undefined_symbol"), "--only library,life.begin");
  EXPECT_EQ(checked.exit_code, 1);
  for (const auto& [id, row] : checked.rows)
    EXPECT_EQ(row.at("outcome"), id == "library.loads" ? "fail" : "skip") << row.dump(1);
  EXPECT_THAT(checked.rows.at("life.begin").at("text").get<std::string>(),
              HasSubstr("library.loads did not pass"));
}

TEST(Check, SaysWhyALibraryCannotBeCheckedWhateverWasAskedFor) {
  const Checked checked = check(fault_library("short_encoder"), "--only life.begin");
  EXPECT_EQ(checked.exit_code, 1);
  EXPECT_EQ(checked.rows.at("library.loads").at("outcome"), "pass");
  EXPECT_EQ(checked.rows.at("library.descriptor").at("outcome"), "fail");
  EXPECT_EQ(checked.rows.at("life.begin").at("outcome"), "skip");
}

TEST(Check, ShowsTheLogOfWhatWentWrong) {
  const Outcome outcome =
      shell(PEBENCH_PROGRAM " check " + fault_library("reads_past_host") + " --only library.shorter_host");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.output, AllOf(HasSubstr("| the host's struct ends before the last member of 1.0"),
                                    HasSubstr("\n0 passed, 0 warned, 1 failed, 0 skipped\n")));
}

TEST(Check, TakesEachEncoderOfALibrary) {
  const Outcome both = shell(PEBENCH_PROGRAM " check " + fault_library("several") + " --only life.begin");
  EXPECT_THAT(both.output,
              AllOf(HasSubstr("\nfault 1.0.0\n"), HasSubstr("\nsecond 1.0.0\n"), HasSubstr("\n2 passed")));
  const Outcome one =
      shell(PEBENCH_PROGRAM " check " + fault_library("several") + " --only life.begin --encoder second");
  EXPECT_THAT(one.output, AllOf(HasSubstr("\nsecond 1.0.0\n"), HasSubstr("\n1 passed")));
}

TEST(Check, SaysInJsonWhatItChecked) {
  const Outcome outcome = shell(PEBENCH_PROGRAM " check " + fault_library("extremes") +
                                " --json --only life.begin --seed 7 --jobs 1 --option base=0.5");
  const auto json = nlohmann::json::parse(outcome.output);
  EXPECT_EQ(json.at("version"), 1);
  EXPECT_EQ(json.at("library"), fault_library("extremes"));
  EXPECT_EQ(json.at("hash").get<std::string>().size(), 64u);
  EXPECT_EQ(json.at("seed"), 7);
  EXPECT_EQ(json.at("encoders").at(0).at("encoder"), "extremes");
  EXPECT_EQ(json.at("encoders").at(0).at("options"), (nlohmann::json{{"base", 0.5}}));
  EXPECT_EQ(json.at("counts").at("pass"), 1);
}

TEST(Check, RefusesWhatItCannotCheck) {
  const std::string plugin = fault_library("lives_badly");
  const auto refused = [](const std::string& arguments, const std::string& sentence) {
    const Outcome outcome = shell(PEBENCH_PROGRAM " check " + arguments);
    EXPECT_EQ(outcome.exit_code, 2) << arguments;
    EXPECT_THAT(outcome.output, HasSubstr(sentence)) << arguments;
  };
  refused("", "name a plugin");
  refused("nosuch", "nosuch");
  refused(plugin + " --only life.begn", "did you mean \"life.begin\"?");
  refused(plugin + " --encoder lives_bad", "did you mean \"lives_badly\"?");
  refused(plugin + " --option fault", "\"fault\" is not of the form key=value");
  refused(plugin + " --option faults=none", "did you mean \"fault\"?");
  refused(plugin + " --option fault=nil", "one of \"none\"");
  refused(fault_library("extremes") + " --option base=wide", "write a number from 0 to 10");
}

}  // namespace
}  // namespace pebench
