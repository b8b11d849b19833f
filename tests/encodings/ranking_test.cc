// Rankings with every built-in encoding in the decoder: the folded ones give the scores of the formulas as
// they are written, and hooks are asked about no more candidates than need be.

#include <gtest/gtest.h>

#include <algorithm>

#include "host/worker/backbone/carca/ranker.h"
#include "host/worker/train/windows.h"
#include "tests/support/plugin_instance.h"

namespace pebench::test {
namespace {

/// An encoding as it is, and how many candidates its hooks were asked about at once.
class Counting : public backbone::Encoding {
 public:
  explicit Counting(backbone::Encoding& inner) : inner_(inner) {}
  bool needs_time() const override { return inner_.needs_time(); }
  bool needs_logits() const override { return inner_.needs_logits(); }
  bool needs_probs() const override { return inner_.needs_probs(); }
  bool needs_hidden() const override { return inner_.needs_hidden(); }
  bool affine_input() const override { return inner_.affine_input(); }
  bool has_value() const override { return inner_.has_value(); }
  bool in_attention() const override { return inner_.in_attention(); }
  void begin(tensor::Randomness& randomness) override { inner_.begin(randomness); }
  Tensor input(const backbone::Sequence& sequence, const Tensor& x) override {
    if (sequence.role == backbone::Sequence::Role::candidates && x.size(0) > 1)
      embedded = std::max(embedded, x.size(1));
    return inner_.input(sequence, x);
  }
  void rotate(const backbone::Site& site, Tensor& q, Tensor& k) override {
    if (site.cross) attended = std::max(attended, site.q.size(2));
    inner_.rotate(site, q, k);
  }
  Tensor bias(const backbone::Site& site) override { return inner_.bias(site); }
  Tensor value(const backbone::Site& site) override { return inner_.value(site); }
  Tensor output(const backbone::Site& site, const Tensor& y) override { return inner_.output(site, y); }
  backbone::Dependence dependence() const override { return inner_.dependence(); }
  void begin_part() override { inner_.begin_part(); }
  bool misses_parts() const override { return inner_.misses_parts(); }

  std::int64_t embedded = 0;  ///< candidates of one user in a call of input()
  std::int64_t attended = 0;  ///< candidates in a call of an attention hook

 private:
  backbone::Encoding& inner_;
};

struct Encoded {
  std::string plugin;
  nlohmann::json options = nlohmann::json::object();
};

struct Model {
  Model(const carca::Config& config, const std::string& library, const Encoded& encoded)
      : instance(library, encoded.plugin, encoded.options, config),
        parameters(3, at::TensorOptions(at::kDouble)),
        carca(config, parameters, no_attributes(config.items)),
        encoding(*instance) {
    at::NoGradGuard no_grad;
    for (const char* name : {"feature.weight", "joint.weight"}) parameters.at(name).value.mul_(30.0);
    for (auto& parameter : instance.parameters().all())
      parameter.value.add_(0.3 * sample(parameter.value.sizes(), 7));
    carca.set_encoding(&encoding);
  }
  static backbone::ItemAttributes no_attributes(std::int64_t items) {
    backbone::ItemAttributes none;
    none.offsets.assign(items + 2, 0);
    return none;
  }
  static Tensor sample(at::IntArrayRef shape, std::int64_t salt) {
    Tensor values = at::arange(at::empty(shape, at::kMeta).numel(), at::kDouble);
    return ((values * 0.7 + static_cast<double>(salt)).sin() * 43.0).frac().view(shape);
  }

  PluginInstance instance;
  tensor::ParameterSet parameters;
  carca::Carca carca;
  Counting encoding;
};

train::Events events(std::int64_t count, std::int64_t salt) {
  train::Events made;
  std::int64_t time = 1'000'000;
  for (std::int64_t i = 0; i < count; ++i) {
    made.items.push_back(1 + (salt + 37 * i) % 300);
    made.times.push_back(time += 3600 * (1 + (salt + i) % 5));
    for (int k = 0; k < 6; ++k) made.context.push_back(0.1 * static_cast<double>((salt * (k + 3) + i) % 11));
  }
  return made;
}

std::vector<train::EvaluationRow> users() {
  std::vector<train::EvaluationRow> rows;
  for (const std::int64_t length : {1, 3, 6, 9})
    rows.push_back({events(length, 5 * length), std::vector<double>(6, 0.1 * static_cast<double>(length)),
                    2'000'000 + 7200 * length});
  return rows;
}

carca::Config config(carca::Residual residual, bool fast, std::int64_t items = 300) {
  carca::Config made;
  made.items = items;
  made.width = 8;
  made.heads = 2;
  made.blocks = 1;
  made.max_len = 9;
  made.decoder_residual = residual;
  made.encode_cross_attention = true;
  made.fast = fast;
  return made;
}

std::string built_in(const std::string& plugin) {
  return std::string(PEBENCH_PLUGIN_DIR) + "/" + plugin + ".so";
}

struct Scores {
  Tensor all, lists;
};

Scores scores(Model& model) {
  const std::int64_t items = model.carca.sizes().items;
  const auto batch = train::WindowMaker(model.carca).evaluation(users());
  const Tensor candidates = (at::arange(4 * 7, at::kLong) * 41).remainder(items).add(1).view({4, 7});
  carca::Ranker ranker(model.carca);
  const Tensor first = ranker.all(batch).narrow(1, 1, items);  // another pass than those that follow
  const Tensor lists = ranker.lists(batch, candidates);
  EXPECT_TRUE(at::equal(ranker.all(batch).narrow(1, 1, items), first));
  EXPECT_TRUE(at::allclose(lists, first.gather(1, candidates - 1), 1e-9, 1e-9));
  return {first, lists};
}

void expect_close(const Tensor& found, const Tensor& expected, const std::string& what) {
  EXPECT_LE((found - expected).abs().max().item<double>(), 1e-9 * expected.abs().max().item<double>())
      << what;
}

const std::vector<Encoded> folded = {
    {"none"},
    {"sinusoidal"},
    {"learnt"},
    {"learnt", {{"concat", true}}},
    {"rotatory"},
    {"relative"},
    {"relative", {{"output_projection", true}}},
    {"rope"},
    {"alibi"},
    {"t5"},
    {"kerple"},
    {"kerple", {{"kernel", "power"}}},
    {"fire"},
    {"time2vec", {{"unit_days", 1.0}}},
    {"time2vec", {{"unit_days", 1.0}, {"concat", true}}},
    {"time_intervals"},
    {"time_intervals", {{"positions", false}}},
    {"rotary_time"},
    {"xpos", {{"scale_base", 8.0}}},
    {"head_scale"},
    {"fourier"},
    {"cape"},
    {"fox"},
    {"path", {{"rank", 3}}},
};

TEST(Ranking, WithHooksThatAreAffineAsksThemAboutNoCandidate) {
  for (const auto residual : {carca::Residual::multiply, carca::Residual::add, carca::Residual::none}) {
    for (const auto& encoded : folded) {
      const std::string name = std::string(encoded.plugin) + " " + encoded.options.dump();
      Model fast(config(residual, true), built_in(encoded.plugin), encoded),
          plain(config(residual, false), built_in(encoded.plugin), encoded);
      const Scores found = scores(fast), expected = scores(plain);
      expect_close(found.all, expected.all, name);
      expect_close(found.lists, expected.lists, name + ", lists");
      EXPECT_LE(fast.encoding.attended, 10) << name << ": rows to read the maps from, and no more";
      EXPECT_LE(fast.encoding.embedded, 1) << name << ": the users' contexts";
      EXPECT_GE(plain.encoding.embedded, 300) << name;
    }
  }
}

TEST(Ranking, WithHooksThatAreNotAsksThemAloneAboutCandidates) {
  for (const auto residual : {carca::Residual::multiply, carca::Residual::add, carca::Residual::none}) {
    for (const std::string plugin : {"cope", "dape"}) {
      Model fast(config(residual, true), built_in(plugin), {plugin}),
          plain(config(residual, false), built_in(plugin), {plugin});
      const Scores found = scores(fast), expected = scores(plain);
      expect_close(found.all, expected.all, plugin);
      expect_close(found.lists, expected.lists, plugin + ", lists");
      EXPECT_GE(fast.encoding.attended, 300) << plugin;
      EXPECT_LE(fast.encoding.embedded, 1) << plugin;
    }
  }
}

// Encoders that a host may meet, and must not give wrong scores: tests/faults/wrong.cc.

TEST(Ranking, WithHiddenStatesOfCandidatesAsksHooksOfAttentionAboutThem) {
  for (const auto residual : {carca::Residual::multiply, carca::Residual::add, carca::Residual::none}) {
    const Encoded encoded{"detaches_hidden"};  // which is nothing to a ranking
    Model fast(config(residual, true), PEBENCH_WRONG, encoded),
        plain(config(residual, false), PEBENCH_WRONG, encoded),
        without(config(residual, false), built_in("none"), {"none"});
    const Scores found = scores(fast), expected = scores(plain);
    expect_close(found.all, expected.all, "all");
    expect_close(found.lists, expected.lists, "lists");
    EXPECT_GE(fast.encoding.attended, 300);
    EXPECT_LE(fast.encoding.embedded, 1);
    EXPECT_GT((expected.all - scores(without).all).abs().max().item<double>(), 1e-6) << "it has an effect";
  }
}

TEST(Ranking, IsRightWhateverAnEncoderKeepsWithinItsPass) {
  for (const char* encoder : {"keeps_distances", "scales_by_candidate", "bends_queries"}) {
    const Encoded encoded{encoder};
    Model fast(config(carca::Residual::multiply, true), PEBENCH_WRONG, encoded),
        plain(config(carca::Residual::multiply, false), PEBENCH_WRONG, encoded);
    const Scores found = scores(fast), expected = scores(plain);
    expect_close(found.all, expected.all, encoder);
    expect_close(found.lists, expected.lists, std::string(encoder) + ", lists");
    if (encoded.plugin == "keeps_distances") {
      EXPECT_LE(fast.encoding.attended, 10) << "it is folded";
    }
  }
}

constexpr std::int64_t many_items = 100'000;

TEST(Ranking, GivesBackWhatAnEncoderKeepsFromOnePartOfTheCandidatesToTheNext) {
  Model model(config(carca::Residual::multiply, true, many_items), PEBENCH_WRONG, {"keeps_first_candidates"});
  scores(model);  // all in parts, lists in one
  EXPECT_GE(model.encoding.embedded, many_items / 10);
}

TEST(Ranking, OfWhatCannotBeFoldedTakesTheSameMemoryWhateverTheCatalogueAndTheWindow) {
  for (const std::int64_t length : {9, 90}) {
    carca::Config large = config(carca::Residual::multiply, true, many_items);
    large.max_len = length;
    Model model(large, PEBENCH_WRONG, {"overflows"});
    carca::Ranker(model.carca).all(train::WindowMaker(model.carca).evaluation(users()));
    const std::int64_t rows = 4, events = 9, numbers_of_candidate = large.width + large.heads * events;
    EXPECT_GT(model.encoding.embedded, 0);
    EXPECT_LE(model.encoding.embedded * rows * numbers_of_candidate, 1 << 22) << length;
  }
}

}  // namespace
}  // namespace pebench::test
