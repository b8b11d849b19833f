// Data sets that are not here.

#include "host/controller/plan/datasets.h"

#include <gmock/gmock.h>

#include "host/base/error.h"
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

}  // namespace
}  // namespace pebench::plan
