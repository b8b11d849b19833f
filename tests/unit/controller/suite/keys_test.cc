// The table of a suite's keys, and the section that reads by it.
#include "host/controller/suite/keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>

#include "host/contract/settings.h"
#include "host/controller/suite/presets.h"
#include "host/controller/suite/section.h"

namespace pebench::suite {
namespace {

using contract::Key;
using ::testing::ElementsAre;

TEST(Keys, HaveEachRowOnce) {
  std::set<std::string> names;
  for (const Key& key : keys()) EXPECT_TRUE(names.insert(key.full_name()).second) << key.full_name();
}

TEST(Keys, OfASectionStandTogether) {
  std::set<std::string> ended;
  std::string current;
  for (const Key& key : keys()) {
    if (key.section != current) ended.insert(std::exchange(current, key.section));
    EXPECT_EQ(ended.count(key.section), 0u) << key.full_name();
  }
}

TEST(Keys, SayWhatASuiteWithoutThemHas) {
  for (const Key& key : keys()) {
    EXPECT_NE(key.initial.value.has_value(), !key.initial.otherwise.empty()) << key.full_name();
    EXPECT_TRUE(!key.initial.value || key.allows(*key.initial.value)) << key.full_name();
  }
}

TEST(Keys, ShowTheKeyInTheExample) {
  for (const Key& key : keys()) {
    const std::string& example = key.initial.example;
    EXPECT_TRUE(example.empty() || example.find(key.name) != std::string::npos) << key.full_name();
  }
}

TEST(Keys, AreExplainedInASentence) {
  for (const Key& key : keys()) EXPECT_THAT(key.help, ::testing::EndsWith(".")) << key.full_name();
}

TEST(Keys, HaveEverySetting) {
  for (const contract::Setting& setting : contract::settings_table()) {
    const auto rows = keys_of(setting.section);
    EXPECT_TRUE(std::any_of(rows.begin(), rows.end(), [&](const Key* key) {
      return key->name == setting.name;
    })) << setting.full_name();
  }
}

TEST(PresetTables, SetWhatTheirSettingsAllow) {
  for (const PresetTable* table : {&model_presets(), &protocol_presets()})
    for (std::size_t i = 0; i < table->names.size(); ++i) {
      contract::Settings settings;
      table->apply(table->names[i], settings);
      for (const auto& row : table->rows) {
        const contract::Setting& setting = contract::setting(row.setting);
        ASSERT_EQ(row.values.size(), table->names.size()) << row.setting;
        EXPECT_TRUE(setting.allows(row.values[i])) << table->names[i] << ", " << row.setting;
        EXPECT_EQ(setting.get(settings), row.values[i]) << table->names[i] << ", " << row.setting;
      }
    }
}

class OneSection : public ::testing::Test {
 protected:
  Section section(const char* toml) {
    table_ = toml::parse(toml);
    return {"limits", &table_, {"s.toml", 1, 1}};
  }

  toml::table table_;
};

TEST_F(OneSection, TakesDefaultsFromTheTable) {
  EXPECT_EQ(section("").integer("workers"), 1);
  EXPECT_EQ(section("workers = 3").integer("workers"), 3);
}

TEST_F(OneSection, ReadsNoKeyWithoutARow) {
  EXPECT_THROW(section("speed = 3").integer("speed"), std::logic_error);
  EXPECT_THROW(section("speed = 3").has("speed"), std::logic_error);
}

TEST_F(OneSection, ReadsNoKeyAsAnotherType) {
  EXPECT_THROW(section("workers = 3").number("workers"), std::logic_error);
  EXPECT_THROW(section("workers = 3").table("workers"), std::logic_error);
}

TEST_F(OneSection, HasNoValueForAKeyThatMayBeAbsent) {
  EXPECT_THROW(section("").text("timeout"), std::logic_error);
}

TEST_F(OneSection, IsReadCompletely) {
  Section limits = section("workers = 3");
  for (const char* key : {"workers", "timeout", "memory"}) limits.has(key);
  EXPECT_THROW(limits.finish(), std::logic_error);
  limits.has("retries");
  EXPECT_NO_THROW(limits.finish());
}

}  // namespace
}  // namespace pebench::suite
