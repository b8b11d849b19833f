// Data sets that are not here, or not fit for what a suite asks.

#include "host/controller/plan/datasets.h"

#include <gmock/gmock.h>

#include <fstream>

#include "host/base/error.h"
#include "host/controller/data/columns.h"
#include "host/controller/plan/warnings.h"
#include "host/controller/suite/stand_in.h"
#include "tests/unit/controller/suite/example.h"
#include "tests/unit/support/environment.h"
#include "tests/unit/support/refusal.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::plan {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string order =
    "[[dataset]]\nname = \"order\"\nsynthetic = { signal = \"position\", users = 30, items = 120 }\n";
const std::string men =
    "[[dataset]]\nname = \"men\"\npath = \"no_such_folder\"\npublished = \"make it with make_men\"\n"
    "look_alike = { users = 40, items = 120, events = 400 }\n";

class Absent : public ::testing::Test {
 protected:
  suite::Suite parse(const std::string& tables) { return suite::parse_suite(suite::with(tables), "s.toml"); }
  std::vector<std::string> names(const suite::Suite& suite) {
    std::vector<std::string> names;
    for (const auto& dataset : open_datasets(suite)) names.push_back(dataset.name);
    return names;
  }

  TemporaryFolder temporary_;
  EnvironmentVariable cache_{"PEBENCH_CACHE", temporary_.path().string()};
};

TEST_F(Absent, DataThatIsPublishedIsLeftOutAndSaidToBe) {
  const auto suite = parse(men + order);
  EXPECT_THAT(names(suite), ElementsAre("order"));
  EXPECT_THAT(warnings(suite, open_datasets(suite)),
              Contains(AllOf(HasSubstr("data set \"men\" is not here"), HasSubstr("make it with make_men"))));
}

TEST_F(Absent, IsRefusedWhereAllIsAbsentOrMustBeThere) {
  EXPECT_THAT(refusal([&] { open_datasets(parse(men)); }),
              AllOf(HasSubstr("none of its data sets"), HasSubstr("--smoke")));
  EXPECT_THAT(refusal([&] {
                open_datasets(parse("[[dataset]]\nname = \"men\"\npath = \"no_such_folder\"\n" + order));
              }),
              HasSubstr("there is no data set 'no_such_folder'"));
}

TEST_F(Absent, IsStoodInForWhereAsked) {
  const auto suite = suite::with_look_alikes(parse(men + order));
  const auto planned = open_datasets(suite);
  ASSERT_THAT(names(suite), ElementsAre("men", "order"));
  EXPECT_EQ(planned[0].users, 40);
  EXPECT_EQ(planned[0].events, 400);
}

class Unfit : public Absent {
 protected:
  /// Fifty users with six events each, and one who chose all of the 130 items and then some of them again.
  suite::Suite with_whale(const std::string& tables) {
    std::filesystem::create_directories(temporary_.path() / "whale");
    std::ofstream events(temporary_.path() / "whale" / "interactions.tsv");
    events << "user\titem\ttimestamp\n";
    for (int user = 0; user < 50; ++user)
      for (int i = 0; i < 6; ++i)
        events << "u" << user << "\ti" << (user * 7 + i * 13) % 130 << "\t" << 1000 * i + user << "\n";
    for (int i = 0; i < 133; ++i) events << "whale\ti" << i % 130 << "\t" << 1000 * i << "\n";
    return parse("[[dataset]]\nname = \"seas\"\npath = \"" + (temporary_.path() / "whale").string() + "\"\n" +
                 tables);
  }
};

TEST_F(Unfit, AUserWhoTrainedOnEveryItemLeavesNoNegative) {
  EXPECT_THAT(refusal([&] { open_datasets(with_whale("")); }),
              AllOf(HasSubstr("s.toml:"),
                    HasSubstr("user 'whale' has trained on every item that can be a negative")));
  EXPECT_EQ(
      open_datasets(with_whale("[model]\nbackbone = \"sasrec\"\n[train]\nobjective = \"softmax\"")).size(),
      1u);
}

TEST_F(Unfit, ATargetWithoutGivenNegatives) {
  data::Columns columns;
  columns.user_ids = {"u", "w"};
  columns.item_ids = {"a", "b", "c"};
  columns.offsets = {0, 3, 6};
  columns.items = {1, 2, 3, 2, 1, 1};
  columns.times = {1, 2, 3, 1, 2, 3};
  const auto suite_of = [&](const std::string& name, const std::string& select) {
    data::write_columns(temporary_.path() / name, columns, {});
    return parse(
        "[[dataset]]\nname = \"pools\"\npath = \"" + (temporary_.path() / name).string() +
        "\"\n[protocol]\ncandidates = [\"given\"]\n[train]\nselect = \"valid." + select +
        ".ndcg@10\"\nepochs = 1\nobjective = \"softmax\"\n[model]\nbackbone = \"sasrec\"\n[stats]\nprimary = "
        "\"test.given.ndcg@10\"\n");
  };
  const auto refused = [&](const std::string& name, const std::string& select) {
    return refusal([&] { open_datasets(suite_of(name, select)); });
  };
  EXPECT_THAT(refused("none", "full"), AllOf(HasSubstr("s.toml:"), HasSubstr("without given negatives")));
  columns.event_fields = {{{data::negatives_feature, true, 1}, {-1, -1, 0, -1, -1, -1}, {R"(["b"])"}, {}}};
  EXPECT_THAT(refused("one", "full"), HasSubstr("event 3 of user 'w'"));
  columns.event_fields[0].ids = {-1, -1, 0, -1, -1, 0};
  EXPECT_THAT(refused("tested", "given"), HasSubstr("event 2 of user 'u'"));
  EXPECT_EQ(open_datasets(suite_of("tested_alone", "full")).size(), 1u);
}

TEST_F(Unfit, WhetherThereIsOrderIsKnown) {
  const auto planned = open_datasets(parse(order));
  ASSERT_TRUE(planned.front().order);
  EXPECT_EQ(planned.front().order->users, 30);
}

}  // namespace
}  // namespace pebench::plan
