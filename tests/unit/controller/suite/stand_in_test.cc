#include "host/controller/suite/stand_in.h"

#include <gmock/gmock.h>

#include "host/base/error.h"
#include "tests/unit/controller/suite/example.h"

namespace pebench::suite {
namespace {

using ::testing::HasSubstr;

const std::string datasets =
    "[[dataset]]\nname = \"men\"\npath = \"men\"\nattributes = [\"image\"]\npublished = \"there\"\n"
    "look_alike = { users = 34244, items = 110636, events = 254870, dense = 2048 }\n"
    "[[dataset]]\nname = \"own\"\npath = \"own\"\nusers = 500\n"
    "[[dataset]]\nname = \"order\"\nsynthetic = { signal = \"position\", users = 3000, items = 40 }\n"
    "[[variant]]\nname = \"long\"\ntrain = { epochs = 50 }\n[[variant]]\nname = \"untrained\"\ntrain = { "
    "epochs = 0 }\n"
    "[[claim]]\ntext = \"c\"\ntest = \"mean(none) > 0\"\n";

std::string refusal(const std::string& tables) {
  try {
    parse_suite(with(tables), "s.toml");
  } catch (const base::InputError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(LookAlikes, StandInForDataThatSaysItsSizes) {
  const Suite suite = with_look_alikes(parse_suite(with(datasets), "s.toml"));
  EXPECT_EQ(suite.name, "example-look-alike");
  EXPECT_TRUE(suite.datasets[0].is_stood_in_for);
  EXPECT_EQ(suite.datasets[0].look_alike->events, 254870);
  EXPECT_EQ(suite.datasets[0].look_alike->fields, std::vector<std::string>{"image"});
  EXPECT_FALSE(suite.datasets[1].is_stood_in_for);
  EXPECT_EQ(suite.seeds.size(), 3u);
}

TEST(Smoke, IsASeedAnEpochAndLittleData) {
  const Suite suite = smoke(parse_suite(with(datasets), "s.toml"));
  EXPECT_EQ(suite.name, "example-smoke");
  EXPECT_EQ(suite.seeds, std::vector<std::uint64_t>{7});
  EXPECT_EQ(suite.variants[0].settings.train.epochs, 1);
  EXPECT_EQ(suite.variants[1].settings.train.epochs, 0);
  EXPECT_TRUE(suite.claims.empty());
  const auto& men = *suite.datasets[0].look_alike;
  EXPECT_EQ(men.users, 342);
  EXPECT_EQ(men.items, 1106);
  EXPECT_EQ(men.events, 2545);
  EXPECT_EQ(men.dense, 32);
  EXPECT_EQ(suite.datasets[1].users, 500) << "what has no look-alike stays";
  EXPECT_EQ(suite.datasets[2].synthetic->users, 100);
  EXPECT_EQ(suite.datasets[2].synthetic->items, 40);
}

TEST(LookAlikes, AreReadStrictly) {
  const std::string begin = "[[dataset]]\nname = \"men\"\npath = \"men\"\nlook_alike = ";
  EXPECT_THAT(refusal(begin + "{ users = 34244, items = 110636 }\n"),
              HasSubstr("dataset.look_alike.events is missing"));
  EXPECT_THAT(refusal(begin + "{ users = 34244, items = 110636, event = 5 }\n"), HasSubstr("\"events\""));
  EXPECT_THAT(
      refusal("[[dataset]]\nname = \"m\"\nsynthetic = { signal = \"none\" }\npublished = \"there\"\n"),
      HasSubstr("dataset.published is of imported data"));
}

}  // namespace
}  // namespace pebench::suite
