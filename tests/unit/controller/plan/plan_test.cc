#include "host/controller/plan/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "host/base/error.h"
#include "tests/unit/controller/suite/example.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::plan {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

suite::Suite parse(const std::string& tables) { return suite::parse_suite(suite::with(tables), "s.toml"); }

PlannedDataset dataset(const std::string& name) {
  return {name, "/data/" + name, {"brand"}, "hash of " + name, 10, 20, 30};
}

PlannedEncoding encoding(const std::string& name) {
  PlannedEncoding planned{name, "/plugins/" + name + ".so", "hash of " + name, {}, {}};
  planned.encoder.id = name;
  planned.encoder.version = "1.0.0";
  planned.options = {{{"depth", 4}}, nlohmann::json::object()};
  return planned;
}

template <class Function>
std::string refusal_of(Function function) {
  try {
    function();
  } catch (const base::InputError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Plan, TriesEverythingWithTheFirstSeedBeforeTheNext) {
  auto suite = parse("[seeds]\nlist = [5, 6]\n[sweep]\n\"train.batch\" = [8, 16]");
  auto trials = make_plan(suite, {dataset("beauty")}, {encoding("none"), encoding("abs")});
  std::vector<std::string> order;
  for (const contract::TrialSpec& trial : trials)
    order.push_back(std::to_string(trial.seed) + " " + trial.sweep["train.batch"].dump() + " " +
                    trial.encoding);
  EXPECT_THAT(order, ElementsAre("5 8 none", "5 8 abs", "5 16 none", "5 16 abs", "6 8 none", "6 8 abs",
                                 "6 16 none", "6 16 abs"));
}

TEST(Plan, TellsATrialAllItNeeds) {
  auto suite = parse("[seeds]\nlist = [5, 6]\nvary = [\"order\"]\n[train]\nbatch = 8");
  contract::TrialSpec trial = make_plan(suite, {dataset("beauty")}, {encoding("abs")}).back();
  EXPECT_EQ(trial.seed, 6u);
  EXPECT_EQ(trial.base_seed, 5u);
  EXPECT_THAT(trial.vary, ElementsAre("order"));
  EXPECT_EQ(trial.settings.train.batch, 8);
  EXPECT_EQ(trial.data_hash, "hash of beauty");
  EXPECT_EQ(trial.data_folder, "/data/beauty");
  EXPECT_THAT(trial.attributes, ElementsAre("brand"));
  EXPECT_EQ(trial.encoder_id, "abs");
  EXPECT_EQ(trial.library_hash, "hash of abs");
  EXPECT_EQ(trial.options, (nlohmann::json{{"depth", 4}}));
}

TEST(Plan, GivesAnEncodingItsOwnSettings) {
  const std::string encodings =
      "[[encoding]]\nname = \"none\"\nplugin = \"none\"\n[[encoding]]\nname = \"abs\"\nplugin = \"abs\"\n";
  const auto ids = [&](const std::string& tables) {
    std::vector<std::string> ids;
    for (const auto& trial :
         make_plan(parse(tables), {dataset("beauty")}, {encoding("none"), encoding("abs")}))
      ids.push_back(trial.id());
    return ids;
  };
  const auto own = ids(encodings + "train = { lr = 0.5 }"), same = ids(encodings),
             all = ids("[train]\nlr = 0.5\n" + encodings);
  EXPECT_EQ(own[0], same[0]);
  EXPECT_EQ(own[1], all[1]) << "whoever set it, it is the same trial";
  EXPECT_NE(own[1], same[1]);
}

TEST(Plan, RefusesTheSameTrialTwice) {
  PlannedEncoding other = encoding("abs");
  other.name = "again";
  EXPECT_THAT(refusal_of([&] {
                make_plan(parse(""), {dataset("beauty")}, {encoding("abs"), other});
              }),
              AllOf(StartsWith("s.toml: "), HasSubstr("\"abs\""), HasSubstr("\"again\""),
                    HasSubstr("are the same trial")));
}

class Encodings : public ::testing::Test {
 protected:
  std::vector<PlannedEncoding> describe(const std::string& entries) {
    plugin::Describer describer({PEBENCH_PROGRAM, temporary_.path(), std::chrono::seconds(60)});
    return describe_encodings(parse(entries), describer, {FAULTS});
  }
  TemporaryFolder temporary_;
};

TEST_F(Encodings, ChooseTheOnlyEncoderOrTheOneNamed) {
  auto planned = describe(
      "[[encoding]]\nname = \"none\"\nplugin = \"noisy\"\n[[encoding]]\nname = \"b\"\nplugin = "
      "\"several\"\nencoder = \"second\"");
  EXPECT_EQ(planned[0].encoder.id, "fault");
  EXPECT_EQ(planned[1].encoder.id, "second");
  EXPECT_EQ(planned[1].library.filename(), "several.so");
}

TEST_F(Encodings, NameThePlaceOfAPluginThatWillNotDo) {
  auto with_plugin = [&](const std::string& plugin) {
    return refusal_of([&] { describe("[[encoding]]\nname = \"none\"\nplugin = \"" + plugin + "\""); });
  };
  EXPECT_THAT(with_plugin("several"), AllOf(StartsWith("s.toml:7:10: "), HasSubstr("encoder = \"fault\"")));
  EXPECT_THAT(with_plugin("nosy"), AllOf(StartsWith("s.toml:7:10: "), HasSubstr("did you mean \"noisy\"?")));
  EXPECT_THAT(with_plugin("crashes"), AllOf(StartsWith("s.toml:7:10: "), HasSubstr("crashed")));
}

TEST_F(Encodings, ThatMeanSomethingUnderACausalMaskAloneGetNoOther) {
  const std::string entries = "[[encoding]]\nname = \"none\"\nplugin = \"causal\"\n";
  EXPECT_EQ(describe(entries).size(), 1u);
  EXPECT_EQ(describe(entries + "[protocol]\nattention = \"causal\"").size(), 1u);
  for (const std::string attention : {"prefix", "full"})
    EXPECT_EQ(refusal_of([&] { describe(entries + "[protocol]\nattention = \"" + attention + "\""); }),
              "s.toml:7:10: encoder fault means something only where no event sees a later one, and "
              "protocol.attention is \"" +
                  attention + "\"; write attention = \"causal\", or remove the encoding");
  EXPECT_EQ(
      refusal_of([&] { describe(entries + "[model]\nbackbone = \"bert4rec\""); }),
      "s.toml:7:10: encoder fault means something only where no event sees a later one, and "
      "protocol.attention is \"masked\"; choose another backbone than bert4rec, or remove the encoding");
  EXPECT_THAT(
      refusal_of([&] { describe(entries + "[sweep]\n\"protocol.attention\" = [\"causal\", \"full\"]"); }),
      HasSubstr("under {\"protocol.attention\":\"full\"}; write"));
}

TEST_F(Encodings, WhosePositionsEndWithTheTrainedWindowGetNoLongerOne) {
  const std::string entries = "[[encoding]]\nname = \"none\"\nplugin = \"noisy\"\n";
  EXPECT_EQ(describe(entries + "[eval]\nwindow = 75").size(), 1u) << "as long as model.max_len";
  EXPECT_THAT(refusal_of([&] { describe(entries + "[eval]\nwindow = 76"); }),
              AllOf(StartsWith("s.toml:7:10: "), HasSubstr("model.max_len = 75"),
                    HasSubstr("eval.window is 76"), HasSubstr("PEB_IS_EXTRAPOLATING")));
  EXPECT_THAT(refusal_of([&] { describe(entries + "[sweep]\n\"eval.window\" = [75, 150]"); }),
              HasSubstr("eval.window is 150"));
}

TEST_F(Encodings, NameThePlaceOfAnOption) {
  EXPECT_THAT(refusal_of([&] {
                describe("[[encoding]]\nname = \"none\"\nplugin = \"noisy\"\noptions = { depth = 4 }");
              }),
              AllOf(StartsWith("s.toml:8:21: "), HasSubstr("it has none, remove it")));
}

class Datasets : public ::testing::Test {
 protected:
  Datasets() { ::setenv("PEBENCH_CACHE", temporary_.path().c_str(), 1); }
  ~Datasets() override { ::unsetenv("PEBENCH_CACHE"); }

  static std::string synthetic(const std::string& rest) {
    return "[[dataset]]\nname = \"tiny\"\nsynthetic = { signal = \"position\", users = 40, items = 50 }\n" +
           rest;
  }
  TemporaryFolder temporary_;
};

TEST_F(Datasets, AreMeasured) {
  auto planned =
      open_datasets(parse(synthetic("attributes = [\"group\"]\n[protocol]\ncandidates = [\"full\"]\n[train]\n"
                                    "select = \"valid.uniform:49.mrr\"")));
  ASSERT_EQ(planned.size(), 1u);
  EXPECT_EQ(planned[0].users, 40);
  EXPECT_EQ(planned[0].items, 50);
  EXPECT_GT(planned[0].events, 240);
  EXPECT_EQ(planned[0].hash.size(), 64u);
}

TEST_F(Datasets, MustHaveEnoughItems) {
  auto refusal = [&](const std::string& rest) {
    return refusal_of([&] { open_datasets(parse(synthetic(rest))); });
  };
  EXPECT_THAT(
      refusal("[protocol]\ncandidates = [\"full\", \"popular:50\"]\n[train]\nselect = \"valid.full.mrr\""),
      AllOf(StartsWith("s.toml:7:13: "), HasSubstr("data set \"tiny\""),
            HasSubstr("too few for \"popular:50\"")));
  EXPECT_THAT(refusal("[protocol]\ncandidates = [\"full\"]\n[train]\nselect = \"valid.uniform:50.mrr\""),
              HasSubstr("too few for \"uniform:50\""));
}

TEST_F(Datasets, NameThePlaceOfAMissingFolder) {
  EXPECT_THAT(refusal_of([] { open_datasets(parse("[[dataset]]\nname = \"a\"\npath = \"no-such-data\"")); }),
              AllOf(StartsWith("s.toml:7:8: "), HasSubstr("no-such-data")));
}

}  // namespace
}  // namespace pebench::plan
