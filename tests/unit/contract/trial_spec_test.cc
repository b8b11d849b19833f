#include "host/contract/trial_spec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <ostream>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/contract/damaged.h"
#include "host/contract/fields.h"
#include "tests/unit/support/refusal.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::contract {
namespace {

TrialSpec example() {
  TrialSpec trial;
  trial.data_hash = "data";
  trial.encoder_id = "rope";
  trial.encoder_version = "1.0.0";
  trial.library_hash = "library";
  trial.options = {{"base", 10000.0}};
  trial.seed = 46;
  trial.vary = {"init"};
  trial.base_seed = 45;
  trial.suite = "suite";
  trial.dataset = "beauty";
  trial.encoding = "rope";
  trial.sweep = {{"train.batch", 8}};
  trial.data_folder = "/data/beauty";
  trial.attributes = {"brand"};
  trial.library = "/plugins/rope.so";
  trial.option_files = {{"table", "/data/table.bin"}};
  return trial;
}

struct Change {
  const char* name;
  std::function<void(TrialSpec&)> make;
};
void PrintTo(const Change& change, std::ostream* out) { *out << change.name; }

class IdentityChange : public ::testing::TestWithParam<Change> {};
TEST_P(IdentityChange, GivesAnotherId) {
  TrialSpec trial = example();
  GetParam().make(trial);
  EXPECT_NE(trial.id(), example().id());
}
INSTANTIATE_TEST_SUITE_P(
    TrialSpec, IdentityChange,
    ::testing::Values(Change{"Settings", [](TrialSpec& t) { t.settings.train.threads = 2; }},
                      Change{"Protocol", [](TrialSpec& t) { t.settings.protocol.ties = "first_wins"; }},
                      Change{"Data", [](TrialSpec& t) { t.data_hash = "other"; }},
                      Change{"Encoder", [](TrialSpec& t) { t.encoder_id = "other"; }},
                      Change{"Version", [](TrialSpec& t) { t.encoder_version = "1.0.1"; }},
                      Change{"Library", [](TrialSpec& t) { t.library_hash = "other"; }},
                      Change{"Options", [](TrialSpec& t) { t.options["base"] = 1000.0; }},
                      Change{"Seed", [](TrialSpec& t) { t.seed = 47; }},
                      Change{"Vary", [](TrialSpec& t) { t.vary = {"order"}; }},
                      Change{"BaseSeed", [](TrialSpec& t) { t.base_seed = 1; }}),
    [](const auto& info) { return info.param.name; });

class PlaceChange : public ::testing::TestWithParam<Change> {};
TEST_P(PlaceChange, KeepsTheId) {
  TrialSpec trial = example();
  GetParam().make(trial);
  EXPECT_EQ(trial.id(), example().id());
}
INSTANTIATE_TEST_SUITE_P(TrialSpec, PlaceChange,
                         ::testing::Values(Change{"Suite", [](TrialSpec& t) { t.suite = "x"; }},
                                           Change{"Dataset", [](TrialSpec& t) { t.dataset = "x"; }},
                                           Change{"Encoding", [](TrialSpec& t) { t.encoding = "x"; }},
                                           Change{"Sweep", [](TrialSpec& t) { t.sweep = {}; }},
                                           Change{"Folder", [](TrialSpec& t) { t.data_folder = "/x"; }},
                                           Change{"LibraryPath", [](TrialSpec& t) { t.library = "/x"; }},
                                           Change{"OptionFiles", [](TrialSpec& t) { t.option_files = {}; }}),
                         [](const auto& info) { return info.param.name; });

TEST(TrialSpec, SurvivesJson) {
  nlohmann::json json = example().to_json();
  EXPECT_EQ(TrialSpec::from_json(nlohmann::json::parse(json.dump())).to_json(), json);
}

TEST(TrialSpec, KeepsALimitThatIsNone) {
  TrialSpec trial = example();
  trial.settings.model.item_max_norm.reset();
  EXPECT_EQ(TrialSpec::from_json(trial.to_json()).settings.model.item_max_norm, std::nullopt);
}

TEST(TrialSpec, RefusesAnEditedFile) {
  nlohmann::json json = example().to_json();
  json["identity"]["seed"] = 99;
  EXPECT_THROW(TrialSpec::from_json(json), base::InputError);
}

TEST(TrialSpec, RefusesAnotherSchemaAndMissingKeys) {
  nlohmann::json other = example().to_json(), missing = example().to_json();
  other["schema"] = 99;
  missing["run"].erase("library");
  EXPECT_THROW(TrialSpec::from_json(other), base::InputError);
  try {
    TrialSpec::from_json(missing);
    FAIL() << "read a trial without a library";
  } catch (const base::InputError& error) {
    EXPECT_EQ(std::string(error.what()).find("exception"), std::string::npos) << error.what();
  }
}

TEST(TrialSpec, ItsFileIsSealed) {
  TemporaryFolder folder;
  const auto path = folder.path() / "trial.json";
  write_trial(path, example());
  EXPECT_EQ(read_trial(path).to_json(), example().to_json());

  auto json = nlohmann::json::parse(base::read_file(path));
  json["run"]["library"] = "/elsewhere";
  std::ofstream(path) << json;
  EXPECT_THROW(read_trial(path), Damaged);
  json.erase("digest");
  std::ofstream(path) << json;
  EXPECT_THROW(read_trial(path), Damaged);
  json["schema"] = 1;  // of before there were digests
  std::ofstream(path) << json;
  EXPECT_EQ(read_trial(path).library, "/elsewhere");
}

TEST(TrialSpec, KeepsTheBaseSeedOfWhatDoesNotVary) {
  EXPECT_EQ(example().seed_for("init"), 46u);
  EXPECT_EQ(example().seed_for("dropout"), 45u);
}

TEST(TrialSpec, RefusesPathsThatJsonCannotCarry) {
  TrialSpec spec;
  spec.data_folder = "/data/caf\xe9";
  EXPECT_THAT(refusal([&] { spec.to_json(); }), testing::HasSubstr("not UTF-8; rename it"));
}

TEST(Json, ReplacesBytesThatAreNotUtf8) {
  EXPECT_EQ(dump(nlohmann::json{{"path", "caf\xe9"}}), "{\"path\":\"caf\xef\xbf\xbd\"}");
  EXPECT_EQ(json_text(nlohmann::json{{"path", "x"}}), "{\n \"path\": \"x\"\n}\n");
}

}  // namespace
}  // namespace pebench::contract
