#include "host/plugin/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <ostream>

#include "host/base/error.h"
#include "host/base/hash.h"
#include "host/controller/plugin/suite_options.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::plugin {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

EncoderDescriptor example() {
  EncoderDescriptor encoder;
  encoder.id = "example";
  encoder.options = {
      {"depth", "", OptionKind::integer, 4, 1, 9, {}},
      {"scale", "", OptionKind::real, 0.5, 0, INFINITY, {}},
      {"concat", "", OptionKind::boolean, true, 0, 0, {}},
      {"mode", "", OptionKind::choice, "rotate", 0, 0, {"rotate", "additive"}},
      {"label", "", OptionKind::text, "x", 0, 0, {}},
      {"table", "", OptionKind::file, "", 0, 0, {}},
  };
  return encoder;
}

TEST(Options, FillInDefaults) {
  nlohmann::json all = with_defaults(example(), {{"depth", 2}, {"scale", 3}});
  EXPECT_EQ(all.dump(), R"({"concat":true,"depth":2,"label":"x","mode":"rotate","scale":3.0,"table":""})");
}

TEST(Options, BecomeTheValuesOfCreate) {
  auto options = with_defaults(example(), {{"mode", "additive"}, {"concat", false}, {"table", "its hash"}});
  OptionValues values(example(), options, {{"table", "/data/table.bin"}});
  ASSERT_EQ(values.values().size(), 6u);
  EXPECT_EQ(values.values()[0].num, 4);
  EXPECT_EQ(values.values()[0].str, nullptr);
  EXPECT_EQ(values.values()[1].num, 0.5);
  EXPECT_EQ(values.values()[2].num, 0);
  EXPECT_EQ(values.values()[3].num, 1);
  EXPECT_STREQ(values.values()[3].str, "additive");
  EXPECT_STREQ(values.values()[4].str, "x");
  EXPECT_STREQ(values.values()[5].str, "/data/table.bin");
}

TEST(Options, MustBeComplete) { EXPECT_THROW(OptionValues(example(), {{"depth", 2}}), base::InputError); }

struct Case {
  const char* name;
  const char* key;
  nlohmann::json value;
  const char* says;
};
void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

class RefusedOption : public ::testing::TestWithParam<Case> {};

TEST_P(RefusedOption, NamesItsPlace) {
  suite::Encoding encoding;
  encoding.options.push_back({GetParam().key, GetParam().value, {"s.toml", 12, 9}});
  try {
    resolve_options(example(), encoding, "");
    FAIL() << "accepted";
  } catch (const base::InputError& error) {
    EXPECT_THAT(error.what(), StartsWith("s.toml:12:9: "));
    EXPECT_THAT(error.what(), HasSubstr(GetParam().says));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Suite, RefusedOption,
    ::testing::Values(Case{"UnknownKey", "depht", 3, "has no option \"depht\"; did you mean \"depth\"?"},
                      Case{"RealForInteger", "depth", 3.0, "write an integer from 1 to 9"},
                      Case{"OutOfRange", "depth", 10,
                           "option depth = 10 will not do; write an integer from 1 to 9"},
                      Case{"TextForReal", "scale", "big", "write a number of at least 0"},
                      Case{"NegativeReal", "scale", -0.5, "write a number of at least 0"},
                      Case{"IntegerForBoolean", "concat", 1, "write true or false"},
                      Case{"UnknownChoice", "mode", "rotated", "one of \"rotate\", \"additive\""},
                      Case{"IndexForChoice", "mode", 1, "one of \"rotate\", \"additive\""},
                      Case{"NumberForText", "label", 1, "a text in quotes"},
                      Case{"MissingFile", "table", "nowhere.bin", "nowhere.bin"}),
    [](const auto& info) { return info.param.name; });

TEST(SuiteOptions, IdentifyAFileByItsContent) {
  TemporaryFolder folder;
  std::ofstream(folder.path() / "table.bin") << "numbers";
  suite::Encoding encoding;
  encoding.options.push_back({"table", "table.bin", {"s.toml", 12, 9}});
  ResolvedOptions resolved = resolve_options(example(), encoding, folder.path());
  EXPECT_EQ(resolved.values["table"], base::sha256("numbers"));
  EXPECT_EQ(resolved.files, (nlohmann::json{{"table", (folder.path() / "table.bin").string()}}));
}

TEST(SuiteOptions, LeaveAnUnsetFileAlone) {
  ResolvedOptions resolved = resolve_options(example(), {}, "");
  EXPECT_EQ(resolved.values["table"], "");
  EXPECT_TRUE(resolved.files.empty());
}

}  // namespace
}  // namespace pebench::plugin
