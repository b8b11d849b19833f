// What of an event and of an item, beside its number, reaches the model.

#include "host/worker/train/rows.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "host/controller/data/columns.h"
#include "host/controller/data/synthetic.h"
#include "host/data/context.h"
#include "host/worker/backbone/carca/carca.h"
#include "host/worker/train/trainer.h"
#include "host/worker/trial/make_backbone.h"

namespace pebench::train {
namespace {

using ::testing::ElementsAre;

/// Vectors of two numbers, (1, item mod 2), in 16 bits.
class Halves : public data::DenseRows {
 public:
  std::string_view row(data::Item item) const override { return item % 2 == 1 ? odd_ : even_; }

 private:
  const std::string odd_{"\x00\x3c\x00\x3c", 4}, even_{"\x00\x3c\x00\x00", 4};
};

class Rows : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::filesystem::temp_directory_path() / ("pebench-rows-" + std::to_string(::getpid()));
    data::SyntheticSettings synthetic;
    synthetic.users = 40;
    synthetic.items = 30;
    data::Columns columns = data::synthesise(synthetic);
    data::EventColumn rating{{"rating", false, 1}, {}, {}, {}};
    for (std::size_t event = 0; event < columns.items.size(); ++event)
      rating.values.push_back(static_cast<float>(event % 5));
    columns.event_fields.push_back(rating);
    data::FieldColumn half, whole;
    half.field = {"half", false, 2, /*half=*/true};
    half.rows = std::make_shared<Halves>();
    whole.field = {"whole", false, 2};
    whole.values = {0, 0};
    for (int item = 1; item <= synthetic.items; ++item)
      whole.values.insert(whole.values.end(), {1.0f, static_cast<float>(item % 2)});
    columns.fields.push_back(half);
    columns.fields.push_back(whole);
    data::write_columns(folder_, columns, {});
  }
  static void TearDownTestSuite() { std::filesystem::remove_all(folder_); }

  void SetUp() override {
    auto& s = spec_.settings;
    s.model.width = 8;
    s.model.heads = 2;
    s.model.blocks = 1;
    s.model.max_len = 5;
    s.model.item_max_norm.reset();
    s.protocol.candidates = {"full"};
    s.train.epochs = 2;
    s.train.batch = 16;
    s.train.lr = 0.01;
    s.train.select = "valid.full.ndcg@5";
    s.eval.k = {5};
    spec_.vary = {"init", "order", "dropout", "negatives"};
  }

  /// The losses of two epochs.
  std::vector<double> train(const std::vector<std::string>& attributes,
                            const std::vector<std::string>& context) {
    const auto data = data::Dataset::open(folder_, attributes, context);
    const auto split = data::make_split(data, "leave_one_out");
    tensor::ParameterSet parameters(1, at::TensorOptions(at::kFloat));
    const auto model = trial::make_backbone(spec_.settings, data, parameters);
    Trainer trainer(spec_, data, split, *model, std::nullopt);
    std::vector<double> losses;
    for (const auto& report : trainer.run({}).epochs) losses.push_back(report.loss);
    return losses;
  }

  inline static std::filesystem::path folder_;
  contract::TrialSpec spec_;
};

TEST_F(Rows, FeaturesOfEventsAreKnownOfTheProfileAndNotOfWhatIsToCome) {
  const auto data = data::Dataset::open(folder_, {}, {"rating"});
  const auto split = data::make_split(data, "leave_one_out");
  const RowMaker rows(data, split, spec_.settings);
  const auto history = data.history(3);
  const auto expected = [&](std::int64_t first, std::int64_t last) {
    std::vector<double> ratings;
    for (std::int64_t event = first; event < last; ++event)
      ratings.push_back(static_cast<double>((data.first_event(3) + event) % 5) / 4.0);
    return ratings;
  };
  const std::int64_t last = split.users[3].train_size - 1, first = std::max<std::int64_t>(0, last - 5);
  const RowMaker::Streams streams{{1, "negatives"}, {1, "prefixes"}, {1, "masks"}, {1, "shuffles"}};
  const TrainingRow row = rows.training(3, streams, 0);
  EXPECT_EQ(row.profile.context, expected(first, last));
  EXPECT_EQ(row.targets.context, std::vector<double>(last - first, 0.0));
  const EvaluationRow tested = rows.evaluation(3, history.size() - 1);
  EXPECT_EQ(tested.profile.context, expected(history.size() - 6, history.size() - 1));
  EXPECT_THAT(tested.context, ElementsAre(0.0));
}

TEST_F(Rows, FeaturesGoWithTheirItemWhereHistoriesAreShuffled) {
  const auto data = data::Dataset::open(folder_, {}, {"rating"});
  const auto split = data::make_split(data, "leave_one_out");
  const auto pairs_of = [&] {
    const auto profile =
        RowMaker(data, split, spec_.settings).evaluation(3, data.history(3).size() - 1).profile;
    std::vector<std::pair<std::int64_t, double>> pairs;
    for (std::size_t i = 0; i < profile.items.size(); ++i)
      pairs.emplace_back(profile.items[i], profile.context[i]);
    return pairs;
  };
  const auto in_order = pairs_of();
  spec_.settings.protocol.shuffle_history = "profile";
  const auto shuffled = pairs_of();
  EXPECT_NE(shuffled, in_order);
  EXPECT_THAT(shuffled, testing::UnorderedElementsAreArray(in_order));
}

TEST_F(Rows, EveryBackboneTrainsWithWhateverContext) {
  for (const char* backbone : {"carca", "sasrec", "bert4rec"})
    for (const char* engine : {"fast", "plain"}) {
      SCOPED_TRACE(std::string(backbone) + ", " + engine);
      spec_.settings.model.backbone = backbone;
      spec_.settings.train.engine = engine;
      spec_.settings.protocol.attention = std::string(backbone) == "bert4rec" ? "masked" : "causal";
      const auto dated = train({}, {"date"}), rated = train({}, {"date", "rating"}), bare = train({}, {});
      for (const auto& losses : {dated, rated, bare})
        for (const double loss : losses) EXPECT_TRUE(std::isfinite(loss));
      if (std::string(backbone) == "carca") {
        EXPECT_NE(dated, rated);
        EXPECT_NE(dated, bare);
      } else {
        EXPECT_EQ(dated, rated) << "it has no context";
      }
    }
}

TEST_F(Rows, SixteenBitsTrainAsThirtyTwoDo) {
  for (const char* engine : {"fast", "plain"}) {
    spec_.settings.train.engine = engine;
    EXPECT_EQ(train({"half"}, {"date"}), train({"whole"}, {"date"}));
    EXPECT_NE(train({"half"}, {"date"}), train({}, {"date"}));
  }
}

}  // namespace
}  // namespace pebench::train
