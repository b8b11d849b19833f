// Keys that a query may not see weigh nothing, whatever an encoding's bias makes of those that it may.

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "host/worker/backbone/attention_weights.h"
#include "host/worker/backbone/carca/carca.h"
#include "host/worker/train/windows.h"

namespace pebench::carca {
namespace {

using backbone::attention_weights;
using backbone::biased;

constexpr double infinity = std::numeric_limits<double>::infinity();

Tensor row(const std::vector<double>& values) {
  return at::tensor(values, at::kDouble).view({1, 1, 1, static_cast<std::int64_t>(values.size())});
}
Tensor seen(const std::vector<double>& values) { return row(values).to(at::kBool); }

TEST(AttentionWeights, AreExactlyZeroAtHiddenKeys) {
  for (const double low : {0.0, -1e9, -1e30, -infinity})
    for (const double hidden : {0.0, 1e30, infinity, std::nan("")}) {
      const Tensor weights = attention_weights(
          biased(row({hidden, 1.0, 1.0, hidden}), row({0.0, low, low, 0.0})), seen({0, 1, 1, 0}));
      EXPECT_TRUE(at::equal(weights, row({0.0, 0.5, 0.5, 0.0}))) << low << ", " << hidden << ": " << weights;
    }
}

TEST(AttentionWeights, GoToTheKeysThatAreNotLowered) {
  for (const double low : {-1e9, -1e30, -infinity})
    EXPECT_TRUE(
        at::equal(attention_weights(biased(row({5.0, 1.0, 7.0}), row({low, 0.0, 0.0})), seen({1, 1, 0})),
                  row({0.0, 1.0, 0.0})))
        << low;
}

TEST(AttentionWeights, AreFiniteWhereNoKeyIsVisibleAndTheirGradientToo) {
  for (const double low : {0.0, -1e30, -infinity}) {
    const Tensor logits = row({1.0, 2.0}).set_requires_grad(true);
    const Tensor weights = attention_weights(biased(logits, row({low, low})), seen({0, 0}));
    EXPECT_TRUE(weights.isfinite().all().item<bool>()) << low;
    (weights * row({1.0, 3.0})).sum().backward();
    EXPECT_TRUE(at::equal(logits.grad(), at::zeros_like(logits))) << low;
  }
}

TEST(AttentionWeights, OfWhatIsNoNumberAreNone) {
  for (const double bad : {infinity, std::nan("")})
    EXPECT_TRUE(
        attention_weights(biased(row({0.0, 0.0}), row({bad, 0.0})), seen({1, 1})).isnan().any().item<bool>())
        << "a trial must become invalid, not wrong";
}

/// Adds the same to every logit.
class Lowered : public backbone::Encoding {
 public:
  explicit Lowered(double by) : by_(by) {}
  Tensor bias(const backbone::Site& site) override { return at::full({1, 1, 1, 1}, by_, site.q.options()); }

 private:
  double by_;
};

constexpr std::int64_t items = 23;

struct Built {
  Built(bool causal, bool fast, double low) : parameters(3, at::TensorOptions(at::kDouble)), encoding(low) {
    config.items = items;
    config.width = 8;
    config.heads = config.blocks = 2;
    config.max_len = 6;
    config.causal = causal;
    config.fast = fast;
    config.encode_cross_attention = true;
    backbone::ItemAttributes none;
    none.offsets.assign(items + 2, 0);
    model = std::make_unique<Carca>(config, parameters, none);
    at::NoGradGuard no_grad;
    for (const char* name : {"feature.weight", "joint.weight"}) parameters.at(name).value.mul_(30.0);
    model->set_encoding(&encoding);
  }
  Config config;
  tensor::ParameterSet parameters;
  Lowered encoding;
  std::unique_ptr<Carca> model;
};

train::Events events(const std::vector<std::int64_t>& ids) {
  return {ids, std::vector<double>(6 * ids.size(), 0.25), std::vector<std::int64_t>(ids.size(), 0)};
}

void expect_close(const Tensor& found, const Tensor& expected, const std::string& what) {
  EXPECT_LE((found - expected).abs().max().item<double>(), 1e-12) << what;
}

const double lows[] = {-1e30, -infinity};

TEST(HiddenKeys, InPaddingChangeNoScore) {
  for (const bool causal : {false, true})
    for (const double low : lows) {
      Built trimmed(causal, true, low), padded(causal, false, low);
      const auto scores = [](Built& built) {
        const auto users = train::WindowMaker(*built.model)
                               .evaluation({{events({4, 2, 7}), std::vector<double>(6, 0.5), 0}});
        return built.model->scorer()->all(users).narrow(1, 1, items);
      };
      expect_close(scores(trimmed), scores(padded), causal ? "causal" : "full");
    }
}

TEST(HiddenKeys, ThatComeLaterChangeNoTrainingLogit) {
  for (const double low : lows) {
    Built built(true, false, low);
    const auto logits = [&](const std::vector<std::int64_t>& profile) {
      const auto batch =
          train::WindowMaker(*built.model)
              .training({{events(profile), events({1, 2, 3, 4, 5, 6}), {7, 8, 9, 10, 11, 12}}});
      auto pass = built.model->begin(at::arange(items + 1, at::kLong),
                                     tensor::Randomness(base::Stream(1, "dropout"), false));
      auto bucket = batch.buckets.at(0);
      for (Tensor* items_of : {&bucket.profile.item, &bucket.targets.item, &bucket.negative_items})
        *items_of = batch.distinct.index_select(0, items_of->flatten()).view_as(*items_of);
      const auto found = built.model->train(pass, built.model->profile(pass, bucket.profile), bucket.targets,
                                            {bucket.negatives()});
      return at::cat({found.target, found.negatives[0]}, 0);
    };
    const Tensor one = logits({13, 14, 15, 16, 17, 18}), other = logits({13, 14, 15, 19, 20, 21});
    expect_close(one.narrow(1, 0, 3), other.narrow(1, 0, 3), "slots before those that differ");
    EXPECT_FALSE(at::allclose(one.narrow(1, 3, 3), other.narrow(1, 3, 3))) << "and those themselves do";
  }
}

}  // namespace
}  // namespace pebench::carca
