// The table of settings, and that it writes the bytes that trials have been identified by since the first.
#include "host/contract/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "host/contract/trial_spec.h"

namespace pebench::contract {
namespace {

/// But for later_settings().
Settings every_early_setting_changed() {
  Settings s;
  s.model = {"carca", 96, 4, 2, 20, 0.25, "gelu", "rms", "add", "none", std::nullopt, 1.5, "normal"};
  s.protocol = {"full",       "index",    {"uniform:L-1"}, "redrawn", "draws", "train", "none",
                "first_wins", "max_test", "truncated",     4.0,       true,    true,    true,
                "batch_row",  "draws",    "probabilities", false,     false};
  s.train.epochs = 3;
  s.train.batch = 8;
  s.train.optimizer = "other";
  s.train.beta2 = 0.999;
  s.train.lr = 3e-3;
  s.train.schedule = "warmup_linear";
  s.train.warmup_steps = 7;
  s.train.l2_item = 1e-5;
  s.train.patience = 2;
  s.train.select = "valid.full.mrr";
  s.train.device = "cuda:0";
  s.train.threads = 2;
  s.train.engine = "plain";
  s.eval = {{1, 7}, 50, "global_time"};
  return s;
}

Settings every_setting_changed() {
  Settings s = every_early_setting_changed();
  s.model.backbone = "sasrec";
  s.model.scorer = "dot_product";
  s.model.norm_place = "before";
  s.model.feed_forward = 2;
  s.model.init = "xavier";
  s.model.init_std = 0.5;
  s.train.objective = "gbce";
  s.train.negatives = 5;
  s.train.negatives_from = "popular";
  s.train.negatives_per = "batch";
  s.train.calibration = 0.5;
  s.train.mask_share = 0.6;
  s.train.mask_last = 0.0;
  s.eval.test = "none";
  s.eval.window = 40;
  s.protocol.shuffle_history = "ties";
  return s;
}

std::string id_of(const Settings& settings) {
  TrialSpec trial;
  trial.settings = settings;
  return trial.id();
}

TEST(SettingsJson, IsTheSameBytesAsEver) {
  EXPECT_EQ(
      nlohmann::json(Settings()).dump(),
      R"({"eval":{"k":[5,10,20],"split":"leave_one_out","validation_users":2000},)"
      R"("model":{"activation":"leaky_relu","blocks":3,"decoder_residual":"mul","dropout":0.5,)"
      R"("encoder_residual":"mul","heads":1,"item_init":"xavier","item_max_norm":0.0001,"item_norm_type":2.0,"max_len":75,)"
      R"("normalization":"layer","width":90},)"
      R"("protocol":{"attention":"causal","candidate_position":"next",)"
      R"("candidates":["full","uniform:100","popular:100"],"context_at_evaluation":"real",)"
      R"("context_at_target":true,"encode_cross_attention":true,"epoch":"every_user",)"
      R"("evaluation_set":"frozen","evaluation_users":"all","exclude_seen":"history","feed_forward_twice":false,)"
      R"("leaky_relu_is_identity":false,"loss":"logits","rotate_positions":"event",)"
      R"("selection":"best_validation","softmax_twice":false,"ties":"expected","week_scale":53.0},)"
      R"("train":{"batch":256,"beta2":0.98,"device":"cpu","engine":"fast","epochs":200,"l2_item":0.0,"lr":0.0001,)"
      R"("optimizer":"adam","patience":10,"schedule":"constant","select":"valid.full.ndcg@10",)"
      R"("threads":1,"warmup_steps":300}})");
  EXPECT_EQ(
      nlohmann::json(every_early_setting_changed()).dump(),
      R"({"eval":{"k":[1,7],"split":"global_time","validation_users":50},)"
      R"("model":{"activation":"gelu","blocks":2,"decoder_residual":"none","dropout":0.25,)"
      R"("encoder_residual":"add","heads":4,"item_init":"normal","item_max_norm":null,"item_norm_type":1.5,"max_len":20,)"
      R"("normalization":"rms","width":96},)"
      R"("protocol":{"attention":"full","candidate_position":"index","candidates":["uniform:L-1"],)"
      R"("context_at_evaluation":"truncated","context_at_target":false,"encode_cross_attention":false,)"
      R"("epoch":"draws","evaluation_set":"redrawn","evaluation_users":"draws","exclude_seen":"train","feed_forward_twice":true,)"
      R"("leaky_relu_is_identity":true,"loss":"probabilities","rotate_positions":"batch_row",)"
      R"("selection":"max_test","softmax_twice":true,"ties":"first_wins","week_scale":4.0},)"
      R"("train":{"batch":8,"beta2":0.999,"device":"cuda:0","engine":"plain","epochs":3,"l2_item":1e-05,"lr":0.003,)"
      R"("optimizer":"other","patience":2,"schedule":"warmup_linear","select":"valid.full.mrr",)"
      R"("threads":2,"warmup_steps":7}})");
}

TEST(SettingsJson, GivesTrialsTheIdsTheyHaveHad) {
  EXPECT_EQ(id_of(Settings()), "bcb25f2dfb4b4c2fd205ad4e2cb3c37bac0af33a6cec9c7123a04a48b5d6c208");
  EXPECT_EQ(id_of(every_early_setting_changed()),
            "5748026d5851260aaf336cc82f3b3b856d02097a9e51d9343cae01649489ed6e");
}

TEST(SettingsJson, HasLaterSettingsOnlyWhereTheyDiffer) {
  const nlohmann::json early = every_early_setting_changed(), changed = every_setting_changed();
  for (const std::string& name : later_settings()) {
    const Setting& later = setting(name);
    EXPECT_FALSE(early.at(later.section).contains(later.name)) << name;
    EXPECT_TRUE(changed.at(later.section).contains(later.name)) << name;
  }
  auto read = every_setting_changed();
  read = early.get<Settings>();
  EXPECT_EQ(read.model.backbone, "carca");
  EXPECT_EQ(read.train.negatives, 1);
}

TEST(SettingsJson, ComesBack) {
  const nlohmann::json changed = every_setting_changed();
  EXPECT_EQ(nlohmann::json(changed.get<Settings>()), changed);
}

TEST(SettingsJson, IsRefusedWithoutAKeyOrWithAnotherType) {
  nlohmann::json missing = Settings(), other = Settings();
  missing["train"].erase("lr");
  other["model"]["width"] = "wide";
  EXPECT_THROW(missing.get<Settings>(), nlohmann::json::exception);
  EXPECT_THROW(other.get<Settings>(), nlohmann::json::exception);
}

TEST(SettingsTable, EverySettingOfTheOtherSuiteDiffers) {
  const Settings initial, changed = every_setting_changed();
  for (const Setting& setting : settings_table())
    EXPECT_NE(setting.get(initial), setting.get(changed)) << setting.full_name();
}

TEST(SettingsTable, AllowsItsOwnDefaults) {
  for (const Setting& setting : settings_table())
    EXPECT_TRUE(setting.allows(setting.get(Settings()))) << setting.full_name();
}

TEST(SettingsTable, SetsWhatItGets) {
  Settings settings;
  for (const Setting& setting : settings_table()) setting.set(settings, setting.get(every_setting_changed()));
  EXPECT_EQ(nlohmann::json(settings), nlohmann::json(every_setting_changed()));
}

TEST(SettingsTable, ExplainsEachInASentence) {
  for (const Setting& setting : settings_table()) {
    ASSERT_FALSE(setting.help.empty()) << setting.full_name();
    EXPECT_EQ(setting.help.back(), '.') << setting.full_name();
  }
}

TEST(SettingsTable, IsFoundByName) {
  EXPECT_EQ(setting("eval.validation_users").get(Settings()), 2000);
  EXPECT_THROW(setting("eval.widht"), std::logic_error);
  EXPECT_THAT(setting_sections(), testing::ElementsAre("model", "protocol", "train", "eval"));
}

TEST(Key, KnowsWhatItAllows) {
  EXPECT_TRUE(setting("model.dropout").allows(0.0));
  EXPECT_FALSE(setting("model.dropout").allows(1.0));
  EXPECT_TRUE(setting("model.item_max_norm").allows(nullptr));
  EXPECT_FALSE(setting("train.lr").allows(nullptr));
  EXPECT_TRUE(setting("eval.k").allows({1, 2}));
  EXPECT_FALSE(setting("eval.k").allows({1, 0}));
  EXPECT_FALSE(setting("protocol.ties").allows("last_wins"));
  EXPECT_TRUE(setting("train.device").allows("cuda:1"));
  EXPECT_FALSE(setting("train.device").allows("cuda"));
}

TEST(Interval, SaysWhichNumbersItHolds) {
  EXPECT_EQ(at_least(1).text(), "at least 1");
  EXPECT_EQ(above(0).text(), "above 0");
  EXPECT_EQ(above_or_inf(0).text(), "above 0 or inf");
  EXPECT_EQ(between(1, 1000).text(), "from 1 to 1000");
  EXPECT_EQ(up_to(0, 1).text(), "in [0, 1)");
  EXPECT_EQ(inside(0, 1).text(), "in (0, 1)");
}

}  // namespace
}  // namespace pebench::contract
