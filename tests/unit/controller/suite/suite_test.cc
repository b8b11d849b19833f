#include "host/controller/suite/suite.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/base/error.h"
#include "host/controller/suite/configured.h"
#include "tests/unit/controller/suite/example.h"
#include "tests/unit/support/refusal.h"

namespace pebench::suite {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Optional;

Suite parse(const std::string& tables) { return parse_suite(with(tables), "suites/example.toml"); }

TEST(Suite, ReadsEveryTable) {
  Suite suite = parse_suite(R"toml(
schema = 1
[suite]
name = "example"
baseline = "none"
[seeds]
list = [45, 46, 304]
vary = ["dropout", "init"]
[model]
width = 12
heads = 3
activation = "silu"
item_max_norm = inf
[protocol]
attention = "causal"
candidates = ["uniform:50", "full"]
[train]
epochs = 5
lr = 1
select = "valid.popular:20.hr@7"
device = "cuda:1"
[eval]
k = [10, 7]
split = "global_time"
[[dataset]]
name = "beauty"
path = "amazon_beauty"
users = 4000
attributes = ["brand", "categories"]
[[dataset]]
name = "order-only"
synthetic = { signal = "position", users = 500, items = 200, seed = 4 }
[[encoding]]
name = "none"
plugin = "none"
[[encoding]]
name = "mine"
plugin = "./build/libmine.so"
encoder = "second"
options = { concat = false, depth = 4, scale = 0.5, mode = "fast" }
[limits]
workers = 2
timeout = "6h"
memory = "8GiB"
retries = 1
[stats]
alpha = 0.1
equivalence_share = 0.01
primary = "test.uniform:50.mrr"
[[claim]]
text = "Mine is steadier"
test = "sd(mine) < sd(none)"
dataset = "beauty"
)toml",
                            "suites/example.toml");

  EXPECT_EQ(suite.name, "example");
  EXPECT_EQ(suite.baseline, "none");
  EXPECT_EQ(suite.folder(), "suites");
  EXPECT_THAT(suite.seeds, ElementsAre(45, 46, 304));
  EXPECT_THAT(suite.vary, ElementsAre("init", "dropout"));

  ASSERT_EQ(suite.variants.size(), 1u);
  EXPECT_TRUE(suite.variants[0].sweep.empty());
  const contract::Settings& settings = suite.variants[0].settings;
  EXPECT_EQ(settings.model.width, 12);
  EXPECT_EQ(settings.model.heads, 3);
  EXPECT_EQ(settings.model.activation, "silu");
  EXPECT_EQ(settings.model.item_max_norm, std::nullopt);
  EXPECT_EQ(settings.protocol.attention, "causal");
  EXPECT_THAT(settings.protocol.candidates, ElementsAre("uniform:50", "full"));
  EXPECT_EQ(settings.train.epochs, 5);
  EXPECT_EQ(settings.train.lr, 1.0);
  EXPECT_EQ(settings.train.device, "cuda:1");
  EXPECT_THAT(settings.eval.k, ElementsAre(7, 10));
  EXPECT_EQ(settings.eval.split, "global_time");

  ASSERT_EQ(suite.datasets.size(), 2u);
  EXPECT_EQ(suite.datasets[0].path, "amazon_beauty");
  EXPECT_THAT(suite.datasets[0].attributes, ElementsAre("brand", "categories"));
  EXPECT_FALSE(suite.datasets[0].synthetic);
  EXPECT_EQ(suite.datasets[0].users, 4000);
  ASSERT_TRUE(suite.datasets[1].synthetic);
  EXPECT_EQ(suite.datasets[1].synthetic->signal, "position");
  EXPECT_EQ(suite.datasets[1].synthetic->users, 500);
  EXPECT_EQ(suite.datasets[1].synthetic->items, 200);
  EXPECT_EQ(suite.datasets[1].synthetic->seed, 4u);

  ASSERT_EQ(suite.encodings.size(), 2u);
  EXPECT_EQ(suite.encodings[1].plugin, "./build/libmine.so");
  EXPECT_EQ(suite.encodings[1].encoder, "second");
  nlohmann::json options;
  for (const Option& option : suite.encodings[1].options) options[option.key] = option.value;
  EXPECT_EQ(options, (nlohmann::json{{"concat", false}, {"depth", 4}, {"scale", 0.5}, {"mode", "fast"}}));

  EXPECT_EQ(suite.limits.workers, 2);
  EXPECT_THAT(suite.limits.timeout, Optional(std::chrono::seconds(6 * 3600)));
  EXPECT_THAT(suite.limits.memory, Optional(std::int64_t{8} << 30));
  EXPECT_EQ(suite.limits.retries, 1);
  EXPECT_EQ(suite.statistics.alpha, 0.1);
  EXPECT_EQ(suite.statistics.primary, "test.uniform:50.mrr");

  ASSERT_EQ(suite.claims.size(), 1u);
  EXPECT_EQ(suite.claims[0].test, "sd(mine) < sd(none)");
  EXPECT_EQ(suite.claims[0].metric, "test.uniform:50.mrr");
  EXPECT_THAT(suite.claims[0].dataset, Optional(Eq("beauty")));
}

TEST(Suite, CountsSeedsUpFromTheBase) {
  EXPECT_THAT(parse("").seeds, ElementsAre(7, 8, 9));
  EXPECT_THAT(parse("").vary, ElementsAre("init", "order", "dropout", "negatives"));
}

TEST(Suite, TakesItsPrimaryMetricFromWhatIsEvaluated) {
  EXPECT_EQ(parse("").statistics.primary, "test.full.ndcg@10");
  EXPECT_EQ(parse("[protocol]\npreset = \"paper\"").statistics.primary, "test.uniform:L-1.ndcg@10");
  EXPECT_EQ(parse("[eval]\nk = [3]\n[train]\nselect = \"valid.full.mrr\"").statistics.primary,
            "test.full.ndcg@3");
}

TEST(Suite, ChoosesTheEpochByTheValidationTwinOfThePrimaryMetric) {
  const auto select = [](const std::string& rest) { return parse(rest).variants[0].settings.train.select; };
  EXPECT_EQ(select(""), "valid.full.ndcg@10");
  EXPECT_EQ(select("[protocol]\npreset = \"paper\""), "valid.uniform:L-1.ndcg@10");
  EXPECT_EQ(select("[stats]\nprimary = \"test.popular:100.hr@5\""), "valid.popular:100.hr@5");
  EXPECT_EQ(select("[stats]\nprimary = \"test.full.mrr\"\n[train]\nselect = \"valid.full.hr@5\""),
            "valid.full.hr@5");
}

TEST(Presets, GiveAModelWithItsTraining) {
  contract::Settings fashion = parse("[model]\npreset = \"study/fashion\"").variants[0].settings;
  EXPECT_EQ(fashion.model.width, 390);
  EXPECT_EQ(fashion.model.heads, 3);
  EXPECT_EQ(fashion.model.max_len, 35);
  EXPECT_EQ(fashion.model.decoder_residual, "none");
  EXPECT_EQ(fashion.model.item_max_norm, std::nullopt);
  EXPECT_EQ(fashion.train.lr, 1e-5);
  EXPECT_EQ(fashion.train.batch, 512);
  contract::Settings games = parse("[model]\npreset = \"study/games\"").variants[0].settings;
  EXPECT_EQ(games.model.blocks, 1);
  EXPECT_EQ(games.model.activation, "silu");
  EXPECT_EQ(games.model.item_max_norm, 0.2);
}

TEST(Presets, YieldToExplicitKeys) {
  contract::Settings settings =
      parse(
          "[train]\nlr = 0.5\n[model]\nmax_len = 20\npreset = \"study/men\"\n[protocol]\nties = "
          "\"expected\"\npreset = \"paper\"")
          .variants[0]
          .settings;
  EXPECT_EQ(settings.model.width, 390);
  EXPECT_EQ(settings.model.max_len, 20);
  EXPECT_EQ(settings.train.lr, 0.5);
  EXPECT_EQ(settings.protocol.ties, "expected");
  EXPECT_EQ(settings.protocol.selection, "max_test");
}

TEST(Presets, CleanIsTheDefault) {
  EXPECT_EQ(nlohmann::json(parse("[protocol]\npreset = \"clean\"").variants[0].settings),
            nlohmann::json(parse("").variants[0].settings));
}

TEST(Presets, PaperSetsWhatThePublishedCodeDoes) {
  nlohmann::json clean = parse("").variants[0].settings;
  nlohmann::json paper = parse("[protocol]\npreset = \"paper\"").variants[0].settings;
  std::vector<std::string> changed;
  for (const auto& entry : paper["protocol"].items())
    if (clean["protocol"][entry.key()] != entry.value()) changed.push_back(entry.key());
  // context_at_target is alike in both presets (docs/protocol.md).
  EXPECT_THAT(changed, ElementsAre("attention", "candidate_position", "candidates", "context_at_evaluation",
                                   "encode_cross_attention", "epoch", "evaluation_set", "evaluation_users",
                                   "exclude_seen", "feed_forward_twice", "leaky_relu_is_identity", "loss",
                                   "rotate_positions", "selection", "softmax_twice", "ties", "week_scale"));
  EXPECT_EQ(paper["protocol"]["candidates"], nlohmann::json::array({"uniform:L-1"}));
  EXPECT_EQ(paper["train"]["beta2"], 0.999);
  EXPECT_EQ(paper["train"]["schedule"], "warmup_linear");
  EXPECT_EQ(paper["model"]["item_init"], "normal");
}

TEST(Sweep, IsTheProductOfItsSettings) {
  auto variants = parse("[sweep]\n\"model.item_max_norm\" = [1e-4, inf]\n\"train.batch\" = [8, 16]").variants;
  std::vector<std::string> sweeps;
  for (const Variant& variant : variants) sweeps.push_back(variant.sweep.dump());
  EXPECT_THAT(sweeps, ElementsAre(R"({"model.item_max_norm":0.0001,"train.batch":8})",
                                  R"({"model.item_max_norm":0.0001,"train.batch":16})",
                                  R"({"model.item_max_norm":"inf","train.batch":8})",
                                  R"({"model.item_max_norm":"inf","train.batch":16})"));
  EXPECT_EQ(variants[1].settings.model.item_max_norm, 1e-4);
  EXPECT_EQ(variants[1].settings.train.batch, 16);
  EXPECT_EQ(variants[2].settings.model.item_max_norm, std::nullopt);
}

TEST(Sweep, WinsOverTheTableAndMovesPresets) {
  auto variants = parse(
                      "[model]\npreset = \"study/men\"\nmax_len = 10\n[sweep]\nmodel.preset = "
                      "[\"study/games\", \"study/beauty\"]")
                      .variants;
  ASSERT_EQ(variants.size(), 2u);
  EXPECT_EQ(variants[0].settings.model.blocks, 1);
  EXPECT_EQ(variants[1].settings.model.blocks, 3);
  EXPECT_EQ(variants[1].settings.train.batch, 256);
  EXPECT_EQ(variants[1].settings.model.max_len, 10);
}

TEST(Sweep, ReachesLists) {
  auto variants =
      parse("[sweep]\n\"protocol.candidates\" = [[\"full\"], [\"full\", \"uniform:9\"]]").variants;
  EXPECT_THAT(variants[1].settings.protocol.candidates, ElementsAre("full", "uniform:9"));
}

TEST(Sweep, OfBackbonesGivesEachItsOwnSettings) {
  const auto variants = parse(
                            "[model]\nitem_max_norm = inf\ninit_std = 0.1\n"
                            "[sweep]\n\"model.backbone\" = [\"carca\", \"sasrec\"]")
                            .variants;
  ASSERT_EQ(variants.size(), 2u);
  EXPECT_EQ(variants[0].settings.model.item_max_norm, std::nullopt);
  EXPECT_EQ(variants[0].settings.model.init_std, 0.02)
      << "CARCA has none: its default, so that ids do not depend on it";
  EXPECT_EQ(variants[1].settings.model.item_max_norm, 1e-4);
  EXPECT_EQ(variants[1].settings.model.init_std, 0.1);
}

TEST(Sweep, OfScorersGivesEachItsOwnSettings) {
  const auto variants = parse(
                            "[model]\ndecoder_residual = \"add\"\n[train]\nnegatives_per = \"batch\"\n"
                            "[sweep]\n\"model.scorer\" = [\"cross_attention\", \"dot_product\"]")
                            .variants;
  ASSERT_EQ(variants.size(), 2u);
  EXPECT_EQ(variants[0].settings.model.decoder_residual, "add");
  EXPECT_EQ(variants[0].settings.train.negatives_per, "target");
  EXPECT_EQ(variants[1].settings.model.decoder_residual, "mul");
  EXPECT_EQ(variants[1].settings.train.negatives_per, "batch");
}

TEST(Sweep, OfPresetsOfSeveralBackbonesGivesEachItsOwnSettings) {
  const auto variants = parse(
                            "[model]\nitem_max_norm = 0.5\nmax_len = 20\n"
                            "[sweep]\n\"model.preset\" = [\"strong/sasrec\", \"study/games\"]")
                            .variants;
  ASSERT_EQ(variants.size(), 2u);
  EXPECT_EQ(variants[0].settings.model.backbone, "sasrec");
  EXPECT_EQ(variants[0].settings.model.item_max_norm, 1e-4) << "SASRec has no limit: its default";
  EXPECT_EQ(variants[1].settings.model.item_max_norm, 0.5);
  EXPECT_EQ(variants[1].settings.model.max_len, 20);
}

TEST(Presets, StrongModelsAreTheirBackbones) {
  for (const char* backbone : {"carca", "sasrec", "bert4rec"}) {
    const auto settings =
        parse(std::string("[model]\npreset = \"strong/") + backbone + "\"").variants.at(0).settings;
    EXPECT_EQ(settings.model.backbone, backbone);
    EXPECT_EQ(settings.train.objective, "softmax");
  }
}

TEST(Sweep, OfBackbonesTrainsMaskedWhatKnowsNothingElse) {
  for (const char* attention : {"causal", "prefix", "masked"}) {
    const auto variants = parse(std::string("[protocol]\nattention = \"") + attention +
                                "\"\n[sweep]\n\"model.backbone\" = [\"sasrec\", \"bert4rec\"]")
                              .variants;
    ASSERT_EQ(variants.size(), 2u);
    EXPECT_EQ(variants[0].settings.protocol.attention,
              attention == std::string("masked") ? "causal" : attention);
    EXPECT_EQ(variants[1].settings.protocol.attention, "masked");
  }
}

TEST(Attention, IsMaskedForBert4RecWithoutAWord) {
  for (const char* protocol :
       {"", "[protocol]\npreset = \"clean\"\n", "[protocol]\nattention = \"masked\"\n"})
    EXPECT_EQ(parse(std::string("[model]\nbackbone = \"bert4rec\"\n") + protocol)
                  .variants.front()
                  .settings.protocol.attention,
              "masked");
}

TEST(Variants, ReplaceKeysOfTheSuite) {
  auto variants =
      parse(
          "[protocol]\nties = \"first_wins\"\ncandidates = [\"uniform:L-1\"]\n"
          "[[variant]]\nname = \"clean\"\n"
          "[[variant]]\nname = \"expected\"\nprotocol = { ties = \"expected\" }\ntrain = { epochs = 0 }\n"
          "[[variant]]\nname = \"paper\"\nprotocol = { preset = \"paper\" }")
          .variants;
  ASSERT_EQ(variants.size(), 3u);
  EXPECT_EQ(variants[0].sweep, (nlohmann::json{{"variant", "clean"}}));
  EXPECT_EQ(variants[0].settings.protocol.ties, "first_wins");
  EXPECT_EQ(variants[1].settings.protocol.ties, "expected");
  EXPECT_EQ(variants[1].settings.train.epochs, 0);
  EXPECT_EQ(variants[2].settings.protocol.candidate_position, "index");
}

TEST(Variants, EachTakesTheWholeSweep) {
  auto variants = parse(
                      "[[variant]]\nname = \"a\"\n[[variant]]\nname = \"b\"\nmodel = { dropout = 0.125 }\n"
                      "[sweep]\n\"train.lr\" = [0.25, 0.5]")
                      .variants;
  std::vector<std::string> sweeps;
  for (const Variant& variant : variants) sweeps.push_back(variant.sweep.dump());
  EXPECT_THAT(sweeps, ElementsAre(R"({"train.lr":0.25,"variant":"a"})", R"({"train.lr":0.5,"variant":"a"})",
                                  R"({"train.lr":0.25,"variant":"b"})", R"({"train.lr":0.5,"variant":"b"})"));
  EXPECT_EQ(variants[3].settings.model.dropout, 0.125);
  EXPECT_EQ(variants[3].settings.train.lr, 0.5);
}

TEST(Encoding, MayHaveSettingsOfItsOwn) {
  const auto suite = parse(
      "[train]\nlr = 1e-3\n[sweep]\n\"model.dropout\" = [0.1, 0.2]\n"
      "[[encoding]]\nname = \"none\"\nplugin = \"none\"\n"
      "[[encoding]]\nname = \"rope\"\nplugin = \"rope\"\ntrain = { lr = 3e-3 }\nmodel = { width = 32 }");
  EXPECT_EQ(suite.encodings[0].own, nlohmann::json::object());
  EXPECT_EQ(suite.encodings[1].own, (nlohmann::json{{"train.lr", 3e-3}, {"model.width", 32}}));
  ASSERT_EQ(suite.variants.size(), 2u);
  for (const Variant& variant : suite.variants) {
    EXPECT_EQ(nlohmann::json(variant.settings_of("none")), nlohmann::json(variant.settings));
    EXPECT_EQ(variant.settings_of("rope").train.lr, 3e-3);
    EXPECT_EQ(variant.settings_of("rope").model.width, 32);
    EXPECT_EQ(variant.settings_of("rope").model.dropout, variant.settings.model.dropout);
    EXPECT_EQ(variant.settings.train.lr, 1e-3);
  }
}

TEST(Encoding, MayHaveItsHistoriesShuffledAndNoOtherKeyOfTheProtocol) {
  const auto suite =
      parse("[[encoding]]\nname = \"none\"\nplugin = \"none\"\nprotocol = { shuffle_history = \"ties\" }");
  EXPECT_EQ(suite.variants.front().settings_of("none").protocol.shuffle_history, "ties");
  EXPECT_EQ(suite.variants.front().settings.protocol.shuffle_history, "none");
  EXPECT_THAT(
      refusal([] {
        parse("[[encoding]]\nname = \"none\"\nplugin = \"none\"\nprotocol = { exclude_seen = \"none\" }");
      }),
      testing::HasSubstr("protocol.exclude_seen is the same for all encodings; set it in [protocol]"));
}

TEST(Encoding, WinsOverAVariant) {
  const auto variants = parse(
                            "[[variant]]\nname = \"a\"\ntrain = { lr = 2e-3, batch = 7 }\n"
                            "[[encoding]]\nname = \"none\"\nplugin = \"none\"\ntrain = { lr = 3e-3 }")
                            .variants;
  EXPECT_EQ(variants.front().settings.train.lr, 2e-3);
  EXPECT_EQ(variants.front().settings_of("none").train.lr, 3e-3);
  EXPECT_EQ(variants.front().settings_of("none").train.batch, 7);
}

TEST(Suite, WithoutATestIsAboutValidation) {
  const auto suite = parse("[eval]\ntest = \"none\"\n[protocol]\ncandidates = [\"uniform:20\"]");
  EXPECT_EQ(suite.statistics.primary, "valid.uniform:20.ndcg@10");
}

TEST(Suite, MeasuresSpeedWhereItIsAskedTo) {
  EXPECT_FALSE(parse("").speed);
  const auto asked = parse("[speed]").speed;
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->repetitions, 20);
  EXPECT_TRUE(asked->batches.empty() && asked->lengths.empty()) << "those of the trials";
  EXPECT_THAT(parse("[speed]\nbatches = [1, 256]").speed->batches, ElementsAre(1, 256));
}

TEST(Tune, HasDefaultsAndASpace) {
  EXPECT_EQ(parse("").tuning.configurations, 27);
  const auto suite = parse(
      "[tune]\nconfigurations = 9\nrounds = 2\ndataset = \"beauty\"\n"
      "[tune.space]\n\"train.lr\" = { from = 1e-4, to = 1e-2, log = true }\nmodel.width = [32, 64]\n"
      "model.blocks = { from = 1, to = 3 }\n"
      "[[encoding]]\nname = \"none\"\nplugin = \"none\"\nspace = { base = [100, 1000] }");
  EXPECT_EQ(suite.tuning.configurations, 9);
  EXPECT_EQ(suite.tuning.dataset, "beauty");
  std::map<std::string, Dimension> space;
  for (const Dimension& one : suite.tuning.space) space[one.key] = one;
  ASSERT_EQ(space.size(), 3u);
  EXPECT_TRUE(space["train.lr"].range->log);
  EXPECT_NEAR(space["train.lr"].at(0.5).get<double>(), 1e-3, 1e-15);
  EXPECT_EQ(space["model.width"].at(0.49), 32);
  EXPECT_EQ(space["model.width"].at(0.5), 64);
  EXPECT_EQ(space["model.blocks"].at(0.0), 1);
  EXPECT_EQ(space["model.blocks"].at(0.34), 2);
  EXPECT_EQ(space["model.blocks"].at(0.999), 3);
  EXPECT_TRUE(space["model.blocks"].at(0.5).is_number_integer());
  EXPECT_EQ(suite.encodings.front().space.front().key, "base");
  EXPECT_EQ(suite.encodings.front().space.front().choices.size(), 2u);
}

TEST(Configured, IsAsIfTheValuesStoodInTheEncoding) {
  const auto suite = parse(
      "[model]\nwidth = 90\nheads = 3\n"
      "[[encoding]]\nname = \"none\"\nplugin = \"none\"\nmodel = { blocks = 2, dropout = 0.1 }");
  const Place place{"--configuration", 0, 0};
  const auto settings =
      configured(suite, "none", {{"model.dropout", 0.25, place}, {"model.item_max_norm", "inf", place}});
  EXPECT_EQ(settings.model.dropout, 0.25);
  EXPECT_EQ(settings.model.item_max_norm, std::nullopt);
  EXPECT_EQ(settings.model.blocks, 2) << "its own";
  EXPECT_EQ(settings.model.width, 90) << "the suite's";
  const auto says = [&](const char* setting, const nlohmann::json& value) {
    return refusal([&] { configured(suite, "none", {{setting, value, place}}); });
  };
  EXPECT_EQ(says("model.widht", 3), "--configuration: model.widht is unknown; did you mean \"model.width\"?");
  EXPECT_EQ(
      says("model.width", 32),
      "--configuration: model.width = 32 cannot be cut into model.heads = 3 equal parts; choose a width that "
      "is a multiple of the heads");
  EXPECT_THAT(says("model.dropout", 1.5), ::testing::StartsWith("--configuration: model.dropout = 1.5"));
  EXPECT_THAT(says("train.lr", nlohmann::json::array()), ::testing::HasSubstr("write a number"));
  EXPECT_THAT(says("protocol.ties", "expected"), ::testing::HasSubstr("protocol.ties is unknown"));
}

TEST(Claim, MayBeAboutAVariant) {
  Suite suite = parse(
      "[[variant]]\nname = \"a\"\n[[claim]]\ntext = \"t\"\ntest = \"sd(none) < 1\"\nsweep = { variant = "
      "\"a\" }");
  EXPECT_EQ(suite.claims[0].sweep, (nlohmann::json{{"variant", "a"}}));
}

TEST(Claim, MayBeAboutOnePointOfTheSweep) {
  Suite suite = parse(
      "[sweep]\n\"model.item_max_norm\" = [1e-4, 0.1]\n[[claim]]\ntext = \"t\"\ntest = \"sd(none) < 1\"\n"
      "sweep = { \"model.item_max_norm\" = 1e-4 }");
  EXPECT_EQ(suite.claims[0].sweep, (nlohmann::json{{"model.item_max_norm", 1e-4}}));
}

TEST(Settings, SurviveJson) {
  nlohmann::json json =
      parse("[model]\npreset = \"study/fashion\"\n[protocol]\npreset = \"paper\"").variants[0].settings;
  EXPECT_EQ(nlohmann::json(json.get<contract::Settings>()), json);
}

TEST(Suite, NeedsAFile) { EXPECT_THROW(read_suite("/nowhere/suite.toml"), base::InputError); }

}  // namespace
}  // namespace pebench::suite
