// Whole trainings of a tiny model on generated data.

#include "host/worker/train/trainer.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <numeric>
#include <set>

#include "host/contract/metric.h"
#include "host/controller/data/columns.h"
#include "host/controller/data/synthetic.h"
#include "host/counts/recommender.h"
#include "host/examiner/ranks.h"
#include "host/examiner/user_values.h"
#include "host/worker/backbone/carca/carca.h"
#include "host/worker/published/published.h"

namespace pebench::train {
namespace {

/// Holds the times that hooks are told to what a causal model must know. Adds nothing to the model.
class TimeWitness : public backbone::Encoding {
 public:
  explicit TimeWitness(bool target_time_is_known) : known_(target_time_is_known) {}

  bool needs_time() const override { return true; }
  bool affine_input() const override { return false; }

  Tensor input(const backbone::Sequence& sequence, const Tensor& x) override {
    EXPECT_EQ(sequence.time.sizes(), x.sizes().slice(0, 2));
    ++calls[{sequence.role == backbone::Sequence::Role::candidates ? "candidates" : "profile",
             sequence.training}];
    return x;
  }
  Tensor bias(const backbone::Site& site) override {
    EXPECT_EQ(site.query_time.sizes(), (std::vector<std::int64_t>{site.q.size(0), site.q.size(2)}));
    EXPECT_EQ(site.key_time.sizes(), (std::vector<std::int64_t>{site.k.size(0), site.k.size(2)}));
    ++calls[{site.cross ? "cross" : "self", site.training}];
    const Tensor visible = site.visible.squeeze(1).expand({-1, site.q.size(2), -1});  // [B, Lq, Lk]
    const Tensor newest =
        site.key_time.unsqueeze(1).expand_as(visible).masked_fill(visible.logical_not(), -1).amax(-1);
    const Tensor real = newest.ge(0);
    // Events of a user are seconds apart: a target that is known is later than all it is predicted from.
    const Tensor right = site.cross && known_ ? site.query_time.gt(newest) : site.query_time.eq(newest);
    EXPECT_TRUE(right.masked_select(real).all().item<bool>())
        << (site.cross ? "cross" : "self") << ", training " << site.training;
    EXPECT_TRUE(real.any().item<bool>());
    return {};
  }

  std::map<std::pair<std::string, bool>, int> calls;  ///< by hook and training

 private:
  bool known_;
};

/// Keeps the parameters as they stand before each step, and after the last. Adds nothing to the model.
class StepWitness : public backbone::Encoding {
 public:
  explicit StepWitness(const tensor::ParameterSet& parameters) : parameters_(parameters) {}

  void begin(tensor::Randomness&) override {
    std::vector<Tensor> values;
    for (const auto& parameter : parameters_.all()) values.push_back(parameter.value.detach().flatten());
    const Tensor now = at::cat(values);
    if (seen_.empty() || !at::equal(now, seen_.back())) seen_.push_back(now);  // evaluations change nothing
  }
  /// The length of each step.
  std::vector<double> steps() const {
    std::vector<double> lengths;
    for (std::size_t i = 1; i < seen_.size(); ++i)
      lengths.push_back((seen_[i] - seen_[i - 1]).norm().item<double>());
    return lengths;
  }

 private:
  const tensor::ParameterSet& parameters_;
  std::vector<Tensor> seen_;
};

/// Keeps the time of the newest event of every profile that is trained on.
class ProfileWitness : public backbone::Encoding {
 public:
  bool needs_time() const override { return true; }
  bool affine_input() const override { return false; }
  Tensor input(const backbone::Sequence& sequence, const Tensor& x) override {
    if (sequence.training && sequence.role == backbone::Sequence::Role::profile)
      for (std::int64_t row = 0; row < x.size(0); ++row)
        newest.push_back(sequence.time[row][-1].item<std::int64_t>());
    return x;
  }

  std::vector<std::int64_t> newest;
};

class Training : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::filesystem::temp_directory_path() / ("pebench-trainer-" + std::to_string(::getpid()));
    data::SyntheticSettings synthetic;
    synthetic.users = 60;
    synthetic.items = 40;
    data::write_columns(folder_, data::synthesise(synthetic), {});
  }
  static void TearDownTestSuite() { std::filesystem::remove_all(folder_); }

  void SetUp() override {
    auto& s = spec_.settings;
    s.model.width = 8;
    s.model.heads = 2;
    s.model.blocks = 1;
    s.model.max_len = 7;
    s.model.dropout = 0.2;
    s.model.item_max_norm.reset();
    s.protocol.candidates = {"full", "uniform:10"};
    s.train.epochs = 3;
    s.train.batch = 16;
    s.train.lr = 0.01;
    s.train.select = "valid.uniform:10.ndcg@5";
    s.eval.k = {5};
    s.eval.validation_users = 30;
    spec_.seed = 11;
    spec_.base_seed = 11;
    spec_.vary = {"init", "order", "dropout", "negatives"};
  }

  /// Trains, and keeps the parameters that came out.
  TrainingResult train(std::optional<Checkpoint> checkpoint = {}, backbone::Encoding* encoding = nullptr,
                       std::vector<std::string>* warnings = nullptr) {
    const auto data = data::Dataset::open(folder_, {"group"});
    const auto split = data::make_split(data, "leave_one_out");
    const auto config = carca::make_config(spec_.settings, data.items());
    tensor::ParameterSet parameters(spec_.seed_for("init"), at::TensorOptions(at::kFloat));
    carca::Carca carca(config, parameters, item_attributes(data, parameters.options()));
    if (encoding != nullptr) carca.set_encoding(encoding);
    Trainer trainer(spec_, data, split, carca, std::move(checkpoint));
    auto result = trainer.run({{}, {}, [&](const std::string& text) {
                                 if (warnings != nullptr) warnings->push_back(text);
                               }});
    final_.clear();
    for (const auto& parameter : parameters.all()) final_.push_back(parameter.value.detach().clone());
    return result;
  }
  static std::vector<double> losses(const TrainingResult& result) {
    std::vector<double> values;
    for (const auto& report : result.epochs) values.push_back(report.loss);
    return values;
  }
  static bool same(const std::vector<Tensor>& a, const std::vector<Tensor>& b) {
    for (std::size_t i = 0; i < a.size(); ++i)
      if (!at::equal(a[i], b[i])) return false;
    return a.size() == b.size();
  }

  inline static std::filesystem::path folder_;
  contract::TrialSpec spec_;
  std::vector<Tensor> final_;
};

TEST_F(Training, SameSeedSameBits) {
  const auto first = train();
  const auto parameters = final_;
  const auto second = train();
  EXPECT_TRUE(same(parameters, final_));
  EXPECT_EQ(first.metrics, second.metrics);
  EXPECT_EQ(losses(first), losses(second));
  spec_.seed = 12;
  EXPECT_NE(losses(train()), losses(first));
}

/// Keeps the positions that each hook is told in ranking. Adds nothing to the model.
class PositionWitness : public backbone::Encoding {
 public:
  bool affine_input() const override { return false; }
  Tensor input(const backbone::Sequence& sequence, const Tensor& x) override {
    const bool candidates = sequence.role == backbone::Sequence::Role::candidates;
    see(sequence.position, candidates ? "candidates" : sequence.training ? "training" : "profile");
    return x;
  }
  Tensor bias(const backbone::Site& site) override {
    if (!site.training && site.cross) see(site.query_position, "query"), see(site.key_position, "key");
    return {};
  }

  std::map<std::string, std::int64_t> last;  ///< the greatest by hook

 private:
  void see(const Tensor& position, const std::string& hook) {
    last[hook] = std::max(last[hook], position.max().item<std::int64_t>());
  }
};

TEST_F(Training, RanksBehindLongerWindowsThanItTrainsOn) {
  const auto usual = train();
  const auto parameters = final_;
  spec_.settings.eval.window = 18;
  const auto longer = train();
  EXPECT_TRUE(same(parameters, final_)) << "training knows nothing of it";
  EXPECT_EQ(losses(usual), losses(longer));
  EXPECT_EQ(usual.metrics.at("valid.uniform:10.ndcg@5"), longer.metrics.at("valid.uniform:10.ndcg@5"));
  EXPECT_NE(usual.metrics.at("test.full.ndcg@5"), longer.metrics.at("test.full.ndcg@5"));
  EXPECT_EQ(usual.baselines.at("markov"), longer.baselines.at("markov")) << "the last event is the same";
  EXPECT_NE(usual.baselines.at("item-to-item"), longer.baselines.at("item-to-item")) << "it sees more too";

  PositionWitness witness;
  train({}, &witness);
  EXPECT_EQ(witness.last.at("training"), 6);
  EXPECT_EQ(witness.last.at("profile"), 17);
  EXPECT_EQ(witness.last.at("key"), 17);
  EXPECT_EQ(witness.last.at("candidates"), 18);
  EXPECT_EQ(witness.last.at("query"), 18);

  spec_.settings.eval.window = 7;  // as long as in training
  EXPECT_EQ(train().metrics, usual.metrics);
}

TEST_F(Training, RecommendsTheItemsThatItRanksFirst) {
  const auto result = train();
  ASSERT_TRUE(result.recommendations);
  const auto& recommended = *result.recommendations;
  EXPECT_EQ(recommended.users, result.ranks->users) << "fewer than are kept at most";
  EXPECT_EQ(recommended.epoch, result.chosen_epoch);
  const auto data = data::Dataset::open(folder_, {"group"});
  const auto split = data::make_split(data, "leave_one_out");
  int compared = 0;
  for (std::size_t u = 0; u < recommended.users.size(); ++u) {
    const auto user = static_cast<data::User>(recommended.users[u]);
    const auto items = data.history(user).items;
    const auto listed = recommended.of(u);
    const contract::RankedSet& full = result.ranks->sets.front();
    EXPECT_EQ(std::set<std::uint32_t>(listed.begin(), listed.end()).size(), listed.size()) << "each once";
    const data::Item target = items[split.users[user].test];
    for (const data::Item seen : items.first(split.users[user].test)) {
      if (seen == target) continue;
      EXPECT_EQ(std::count(listed.begin(), listed.end(), seen), 0) << "the user has had it";
    }
    if (full.tied[u] > 0 || full.better[u] >= listed.size()) continue;
    EXPECT_EQ(listed[full.better[u]], target) << "the target stands at its rank";
    ++compared;
  }
  EXPECT_GT(compared, 20);
  spec_.settings.protocol.candidates = {"uniform:10"};
  EXPECT_FALSE(train().recommendations) << "not all items are scored";
}

TEST_F(Training, OnlyWhatIsVariedVaries) {
  const auto base = train();
  for (const char* purpose : {"init", "order", "dropout", "negatives"}) {
    spec_.seed = 12;
    spec_.vary = {};
    EXPECT_EQ(losses(train()), losses(base)) << "nothing varies";
    spec_.vary = {purpose};
    EXPECT_NE(losses(train()), losses(base)) << purpose;
  }
}

TEST_F(Training, LearnsAndEvaluatesTheBestEpoch) {
  spec_.settings.train.epochs = 15;
  spec_.settings.protocol.attention = "causal";
  const auto result = train();
  EXPECT_LT(result.epochs.back().loss, result.epochs.front().loss);
  double best = -1.0;
  std::int64_t best_epoch = 0;
  for (const auto& report : result.epochs)
    if (report.evaluation.at(spec_.settings.train.select) > best)
      best = report.evaluation.at(spec_.settings.train.select), best_epoch = report.epoch;
  EXPECT_EQ(result.chosen_epoch, best_epoch);
  EXPECT_EQ(result.metrics.at(spec_.settings.train.select), best);
  for (const char* name : {"test.full.hr@5", "test.uniform:10.mrr", "test.full.tie_rate"}) {
    EXPECT_EQ(result.metrics.count(name), 1u) << name;
    EXPECT_EQ(result.chance.count(name), 1u) << name;
    for (const auto& [baseline, metrics] : result.baselines)
      EXPECT_EQ(metrics.count(name), 1u) << baseline << ", " << name;
  }
  EXPECT_NEAR(result.chance.at("test.uniform:10.hr@5"), 5.0 / 11, 1e-12);
}

TEST_F(Training, BaselinesSeeTheWindowAndAreRankedWithinTheListsOfTheModel) {
  const auto result = train();
  const auto data = data::Dataset::open(folder_, {"group"});
  const auto split = data::make_split(data, "leave_one_out");
  const examiner::CandidateSampler sampler(data, split, contract::CandidateSet::parse("full", 7),
                                           examiner::ExcludeSeen::history);
  const auto recommenders = counts::recommenders(data, split);
  ASSERT_EQ(result.baselines.size(), recommenders.size());
  for (const auto& [name, recommender] : recommenders) {
    examiner::RankingMetrics metrics({5});
    for (const auto [user, index] : test_events(split)) {
      const auto items = data.history(user).items;
      std::vector<double> scores(data.items() + 1);
      const base::Span<double> all(scores.data(), data.items() + 1);
      recommender->score(items.first(index).last(std::min<std::int64_t>(index, 7)), all);
      metrics.add(examiner::rank_among_all(base::Span<const double>(all.data(), all.size()), items[index],
                                           sampler.excluded(user, index)));
    }
    for (const auto& [measure, value] : metrics.values())
      EXPECT_NEAR(result.baselines.at(name).at("test.full." + measure), value, 1e-12)
          << name << ", " << measure;
  }
  spec_.settings.protocol.candidates = {"uniform:10"};  // without all items at once, the same lists
  for (const auto& [name, metrics] : train().baselines)
    EXPECT_EQ(metrics.at("test.uniform:10.mrr"), result.baselines.at(name).at("test.uniform:10.mrr")) << name;
}

TEST_F(Training, APrefixAndWhatComesAfterItAreDrawnAnewInEveryEpoch) {
  const auto data = data::Dataset::open(folder_, {"group"});
  const auto split = data::make_split(data, "leave_one_out");
  spec_.settings.protocol.attention = "prefix";
  const RowMaker rows(data, split, spec_.settings);
  const RowMaker::Streams streams{{1, "negatives"}, {1, "prefixes"}, {1, "masks"}, {1, "shuffles"}};
  for (const data::User user : {rows.trainable().front(), rows.trainable().back()}) {
    const auto history = data.history(user);
    const std::int64_t trained = split.users[user].train_size;
    constexpr int epochs = 4000;
    std::map<std::int64_t, int> targets;  // times drawn, by place in the history
    for (int epoch = 0; epoch < epochs; ++epoch) {
      const auto row = rows.training(user, streams, epoch);
      ASSERT_EQ(row.targets.size(), 1);
      ASSERT_EQ(row.negatives.size(), 1u);
      const std::int64_t time = row.targets.times.front() + data.first_time();
      const auto place = std::find(history.times.begin(), history.times.end(), time) - history.times.begin();
      ++targets[place];
      EXPECT_EQ(row.targets.items.front(), history.items[place]);
      const std::vector<std::int64_t> before(history.items.begin() + std::max<std::int64_t>(0, place - 7),
                                             history.items.begin() + place);
      EXPECT_EQ(row.profile.items, before);
    }
    ASSERT_EQ(static_cast<std::int64_t>(targets.size()), trained - 1) << "every event but the first";
    const double expected = static_cast<double>(epochs) / static_cast<double>(trained - 1);
    for (const auto& [place, count] : targets)
      EXPECT_NEAR(count, expected, 5 * std::sqrt(expected)) << place << " of " << trained;
  }
}

TEST_F(Training, LearnsFromPrefixes) {
  spec_.settings.train.epochs = 150;
  spec_.settings.train.patience = 150;
  spec_.settings.model.encoder_residual = "add";
  spec_.settings.protocol.attention = "prefix";
  const auto result = losses(train());
  const auto mean_of_ten = [](auto first) { return std::accumulate(first, first + 10, 0.0) / 10; };
  EXPECT_LT(mean_of_ten(result.end() - 10), 0.9 * mean_of_ten(result.begin()));
}

TEST_F(Training, DrawnUsersCountAsOftenAsTheyAreDrawn) {
  spec_.settings.protocol.evaluation_users = "draws";
  const auto drawn = train();
  const auto values = examiner::user_values(*drawn.ranks, contract::Metric::parse("test.full.ndcg@5"));
  const auto times = published::drawn_times(values.size(), spec_.seed, "test", 3);
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) sum += static_cast<double>(times[i]) * values[i];
  EXPECT_NEAR(drawn.metrics.at("test.full.ndcg@5"), sum / static_cast<double>(values.size()), 1e-12);
  EXPECT_EQ(std::accumulate(times.begin(), times.end(), std::int64_t{0}), 60);
  EXPECT_NE(times, published::drawn_times(values.size(), 12, "test", 3)) << "each seed draws";
  EXPECT_NE(times, published::drawn_times(values.size(), spec_.seed, "test", 2)) << "each evaluation draws";
  spec_.settings.protocol.evaluation_users = "all";
  EXPECT_EQ(losses(train()), losses(drawn)) << "training is the same";
}

TEST_F(Training, ItemsMayBeginAsPublished) {
  spec_.settings.train.epochs = 0;
  const auto spread = [&] {
    train();
    return final_.front().narrow(0, 1, 40).std().item<double>();  // [41, 8], row 0 is padding
  };
  EXPECT_NEAR(spread(), std::sqrt(2.0 / (41 + 8)), 0.03) << "Xavier";
  spec_.settings.model.item_init = "normal";
  EXPECT_NEAR(spread(), 1.0, 0.15);
}

TEST_F(Training, StopsWhenValidationNoLongerImproves) {
  spec_.settings.train.epochs = 60;
  spec_.settings.train.patience = 2;
  spec_.settings.train.lr = 1e-9;  // nothing moves: ties do not count as improvement
  const auto result = train();
  EXPECT_LT(result.epochs.size(), 60u);
  EXPECT_EQ(static_cast<std::int64_t>(result.epochs.size()), result.chosen_epoch + 2);
}

TEST_F(Training, GoesOnFromACheckpointWithTheSameBits) {
  const auto path = folder_.string() + ".checkpoint";
  spec_.settings.train.epochs = 5;
  const auto whole = train();
  const auto parameters = final_;
  // The learning rate is constant, so a run of two epochs is the beginning of one of five.
  spec_.settings.train.epochs = 2;
  train(Checkpoint(path, {{"trial", "id"}}));
  spec_.settings.train.epochs = 5;
  const auto resumed = train(Checkpoint(path, {{"trial", "id"}}));
  std::filesystem::remove(path);
  EXPECT_EQ(losses(resumed), losses(whole));
  EXPECT_EQ(resumed.metrics, whole.metrics);
  EXPECT_EQ(resumed.chosen_epoch, whole.chosen_epoch);
  EXPECT_TRUE(same(parameters, final_));
}

TEST_F(Training, ACheckpointOfAnotherOriginIsLeftAsideAloud) {
  const auto path = folder_.string() + ".checkpoint";
  const auto whole = train();
  spec_.settings.train.epochs = 2;
  train(Checkpoint(path, {{"LibTorch", "1.13.1"}}));
  spec_.settings.train.epochs = 3;
  std::vector<std::string> warnings;
  const auto anew = train(Checkpoint(path, {{"LibTorch", "2.1.0"}}), nullptr, &warnings);
  std::filesystem::remove(path);
  EXPECT_EQ(losses(anew), losses(whole));
  EXPECT_THAT(warnings,
              testing::ElementsAre(testing::HasSubstr("another LibTorch (1.13.1; here it is 2.1.0)")));
}

TEST_F(Training, TheEnginesTrainAlike) {
  spec_.settings.model.dropout = 0.0;  // masks are drawn per bucket, so they differ between the engines
  const auto fast = losses(train());
  spec_.settings.train.engine = "plain";
  const auto plain = losses(train());
  ASSERT_EQ(fast.size(), 3u);
  ASSERT_EQ(plain.size(), 3u);
  for (std::size_t i = 0; i < fast.size(); ++i) EXPECT_NEAR(fast[i], plain[i], 1e-4) << "epoch " << i + 1;
}

TEST_F(Training, HooksAreToldTheTimesOfEventsAndOfTheCandidatesContext) {
  spec_.settings.train.epochs = 1;
  spec_.settings.protocol.attention = "causal";
  spec_.settings.protocol.encode_cross_attention = true;
  for (const char* engine : {"fast", "plain"}) {
    for (bool known : {true, false}) {
      spec_.settings.train.engine = engine;
      spec_.settings.protocol.context_at_target = known;
      TimeWitness witness(known);
      train({}, &witness);
      for (const char* hook : {"profile", "candidates", "self", "cross"})
        for (bool training : {true, false})
          EXPECT_GT((witness.calls[{hook, training}]), 0) << hook << training << engine;
    }
  }
}

/// Pushes all events but those of the query's own second down by a constant.
class Recent : public backbone::Encoding {
 public:
  explicit Recent(double low) : low_(low) {}
  bool needs_time() const override { return true; }
  Tensor bias(const backbone::Site& site) override {
    const Tensor older = site.query_time.unsqueeze(2).gt(site.key_time.unsqueeze(1)).unsqueeze(1);
    return at::zeros({1}, site.q.options()).masked_fill(older, low_);
  }

 private:
  double low_;
};

TEST_F(Training, HowLowVisibleKeysArePushedTogetherDoesNotMatter) {
  spec_.settings.protocol.attention = "causal";
  spec_.settings.protocol.encode_cross_attention = true;
  for (const char* engine : {"fast", "plain"}) {
    spec_.settings.train.engine = engine;
    Recent low(-1e9), lower(-1e30);
    const auto result = train({}, &low);
    const auto parameters = final_;
    EXPECT_EQ(train({}, &lower).metrics, result.metrics) << engine;
    EXPECT_TRUE(same(parameters, final_)) << engine;
  }
}

TEST_F(Training, ASecondSoftmaxChangesNothingWithoutAValueHook) {
  spec_.settings.model.max_len = 30;  // longer than any history, so that windows have padding to trim
  const auto result = train();
  const auto parameters = final_;
  spec_.settings.protocol.softmax_twice = true;
  EXPECT_EQ(train().metrics, result.metrics);
  EXPECT_TRUE(same(parameters, final_));
  struct WithValue : backbone::Encoding {
    bool has_value() const override { return true; }
  } encoding;
  train({}, &encoding);
  EXPECT_FALSE(same(parameters, final_));
}

TEST_F(Training, TheLearningRateWarmsUpAndDecaysLinearly) {
  // Steps so small that the gradients are those of the first parameters: a step is as long as its learning
  // rate.
  spec_.settings.train.lr = 1e-7;
  spec_.settings.train.patience = 100;
  const auto steps = [&] {
    const auto data = data::Dataset::open(folder_, {"group"});
    const auto split = data::make_split(data, "leave_one_out");
    const auto config = carca::make_config(spec_.settings, data.items());
    tensor::ParameterSet parameters(spec_.seed_for("init"), at::TensorOptions(at::kDouble));
    carca::Carca carca(config, parameters, item_attributes(data, parameters.options()));
    StepWitness witness(parameters);
    carca.set_encoding(&witness);
    Trainer(spec_, data, split, carca).run({});
    return witness.steps();
  };
  const auto constant = steps();
  spec_.settings.train.schedule = "warmup_linear";
  spec_.settings.train.warmup_steps = 5;
  const auto scheduled = steps();
  // 3 epochs of 60 users in batches of 16: 12 steps, of which the last is the last of a way of 7 down to 0.
  const std::vector<double> expected = {1 / 5.0, 2 / 5.0, 3 / 5.0, 4 / 5.0, 1.0,     7 / 7.0,
                                        6 / 7.0, 5 / 7.0, 4 / 7.0, 3 / 7.0, 2 / 7.0, 1 / 7.0};
  ASSERT_GE(constant.size(), expected.size()) << "there may be one more, back to the best epoch";
  ASSERT_GE(scheduled.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_NEAR(scheduled[i] / constant[i], expected[i], 1e-4) << "step " << i + 1;
}

TEST_F(Training, AnEpochIsEveryUserOnceOrAsManyDrawsWithReplacement) {
  const auto data = data::Dataset::open(folder_, {"group"});
  const auto split = data::make_split(data, "leave_one_out");
  const RowMaker rows(data, split, spec_.settings);
  const auto newest = [&](data::User user) {
    return rows.training(user, {{1, "negatives"}, {1, "prefixes"}, {1, "masks"}, {1, "shuffles"}}, 0)
        .profile.times.back();
  };
  std::vector<std::int64_t> every_user, drawn_users;
  for (std::uint64_t epoch = 0; epoch < 3; ++epoch) {
    base::Stream draws = base::Stream(11, "order").at(epoch);
    for (const data::User user : rows.trainable()) {
      every_user.push_back(newest(user));
      drawn_users.push_back(newest(rows.trainable()[draws.below(60)]));
    }
  }
  ASSERT_EQ(every_user.size(), 180u);
  ProfileWitness in_turn, drawn;
  train({}, &in_turn);
  EXPECT_THAT(in_turn.newest, testing::UnorderedElementsAreArray(every_user));
  spec_.settings.protocol.epoch = "draws";
  train({}, &drawn);
  EXPECT_THAT(drawn.newest, testing::UnorderedElementsAreArray(drawn_users));
}

TEST_F(Training, TheMaximumOverTestEvaluationsTakesMetricsApart) {
  spec_.settings.protocol.selection = "max_test";
  spec_.settings.train.epochs = 6;
  const auto result = train();
  ASSERT_EQ(result.epochs.size(), 6u) << "no early stopping";
  for (const char* name : {"test.full.hr@5", "test.full.ndcg@5", "test.uniform:10.mrr"}) {
    double largest = 0.0;
    for (const auto& report : result.epochs) largest = std::max(largest, report.evaluation.at(name));
    EXPECT_EQ(result.metrics.at(name), largest) << name;
  }
}

/// The record's metrics of the test that its ranks give again.
void expect_ranks_to_tell(const TrainingResult& result, std::size_t metrics) {
  std::size_t told = 0;
  for (const auto& set : result.ranks->sets)
    for (const std::string& measure : set.measures) {
      if (measure == "tie_rate") continue;
      const auto name = contract::metric_name("test", set.candidates, measure);
      const auto values = examiner::user_values(*result.ranks, contract::Metric::parse(name));
      ASSERT_EQ(values.size(), result.ranks->users.size());
      const double mean =
          std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
      EXPECT_NEAR(mean, result.metrics.at(name), 1e-12) << name;
      ++told;
    }
  EXPECT_EQ(told, metrics);
}

TEST_F(Training, WithoutATestIsTheSameTrainingAndNothingOfTheTest) {
  const auto with_test = train();
  spec_.settings.eval.test = "none";
  const auto without = train();
  EXPECT_FALSE(without.ranks);
  EXPECT_TRUE(without.baselines.empty());
  EXPECT_EQ(without.users.count("test"), 0u);
  EXPECT_EQ(without.chosen_epoch, with_test.chosen_epoch);
  EXPECT_FALSE(without.metrics.empty());
  for (const auto& [name, value] : without.metrics) {
    EXPECT_EQ(name.rfind("valid.", 0), 0u) << name;
    EXPECT_EQ(value, with_test.metrics.at(name)) << name;
  }
  EXPECT_GT(with_test.metrics.size(), without.metrics.size());
}

TEST_F(Training, TheRanksOfTheTestTellItsMetricsUserByUser) {
  spec_.settings.eval.k = {1, 5};
  for (const char* ties : {"expected", "first_wins"}) {
    spec_.settings.protocol.ties = ties;
    const auto result = train();
    expect_ranks_to_tell(result, 2 * 5);
    EXPECT_EQ(result.ranks->trial, spec_.id());
    EXPECT_EQ(result.ranks->users.size(), 60u);
    EXPECT_EQ(result.users, (std::map<std::string, std::int64_t>{{"test", 60}, {"valid", 30}}));
    EXPECT_TRUE(std::is_sorted(result.ranks->users.begin(), result.ranks->users.end()));
    for (const auto& set : result.ranks->sets) EXPECT_EQ(set.epoch, result.chosen_epoch);
  }
}

TEST_F(Training, FrozenListsHaveOneDigestWhateverTheSeed) {
  const auto lists = [&] { return contract::kept(*train().ranks, {}).lists; };
  const auto frozen = lists();
  EXPECT_EQ(frozen.size(), 2u);
  spec_.seed = 12;
  EXPECT_EQ(lists(), frozen);
  spec_.settings.protocol.exclude_seen = "none";
  EXPECT_NE(lists(), frozen);
  spec_.settings.protocol.exclude_seen = "history";
  spec_.settings.protocol.evaluation_set = "redrawn";
  const auto redrawn = lists();
  EXPECT_EQ(redrawn.at("full"), frozen.at("full")) << "of which nothing is drawn";
  EXPECT_NE(redrawn.at("uniform:10"), frozen.at("uniform:10"));
}

TEST_F(Training, RanksOfMaximaAreOfTheEpochOfEach) {
  spec_.settings.protocol.selection = "max_test";
  spec_.settings.eval.k = {1, 5, 10};
  spec_.settings.train.epochs = 6;
  const auto result = train();
  expect_ranks_to_tell(result, 2 * 7);
  EXPECT_EQ(result.users, (std::map<std::string, std::int64_t>{{"test", 60}}));
  std::set<std::int64_t> epochs;
  for (const auto& set : result.ranks->sets)
    for (const std::string& measure : set.measures) {
      const auto name = contract::metric_name("test", set.candidates, measure);
      const auto& report = result.epochs.at(static_cast<std::size_t>(set.epoch - 1));
      EXPECT_EQ(report.evaluation.at(name), result.metrics.at(name)) << name;
      epochs.insert(set.epoch);
    }
  EXPECT_GT(epochs.size(), 1u) << "maxima of one epoch test nothing";
}

TEST_F(Training, RanksOfMaximaOutliveAnInterruption) {
  const auto path = folder_.string() + ".checkpoint";
  spec_.settings.protocol.selection = "max_test";
  spec_.settings.train.epochs = 5;
  const auto whole = train();
  spec_.settings.train.epochs = 3;
  train(Checkpoint(path, {{"trial", "id"}}));
  spec_.settings.train.epochs = 5;
  const auto resumed = train(Checkpoint(path, {{"trial", "id"}}));
  std::filesystem::remove(path);
  EXPECT_EQ(contract::digest_of(*resumed.ranks), contract::digest_of(*whole.ranks));
}

TEST_F(Training, RedrawnPoolsDifferFromEpochToEpoch) {
  spec_.settings.train.lr = 1e-12;  // the model stands still, so that only the pools can change a metric
  spec_.settings.model.dropout = 0.0;
  spec_.settings.train.patience = 100;
  const auto frozen = train();
  EXPECT_EQ(frozen.epochs[0].evaluation, frozen.epochs[1].evaluation);
  spec_.settings.protocol.evaluation_set = "redrawn";
  const auto redrawn = train();
  EXPECT_NE(redrawn.epochs[0].evaluation, redrawn.epochs[1].evaluation);
}

TEST_F(Training, ADivergingLossIsNotFinite) {
  spec_.settings.train.lr = 1e30;
  spec_.settings.train.epochs = 20;
  EXPECT_THROW(train(), NotFinite);
}

}  // namespace
}  // namespace pebench::train
