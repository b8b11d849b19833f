// What the host makes of a plugin's hooks: what it gives them, what it checks, how it reports failure. The
// encoders are written here, in plain C style.

#include <gtest/gtest.h>

#include <functional>

#include "host/worker/plugin/plugin_encoding.h"
#include "tests/support/gradients.h"

namespace pebench::test {
namespace {

using backbone::EncodingError;
using plugin::PluginEncoding;

/// One encoder whose behaviour each test sets.
struct Script {
  std::function<peb_status(const peb_host*, peb_build*, const peb_config*)> create;
  std::function<peb_status(peb_scope*, const peb_sequence*, peb_tensor*)> input;
  std::function<peb_status(peb_scope*, const peb_site*, peb_tensor*)> bias;
  int destroyed = 0;
} script;

peb_status create(const peb_host* host, peb_build* build, const peb_config* config, const peb_value*,
                  void** self) {
  *self = &script;
  return script.create ? script.create(host, build, config) : PEB_OK;
}
void destroy(void*) { ++script.destroyed; }
peb_status input(void*, peb_scope* scope, const peb_sequence* sequence, peb_tensor* x) {
  return script.input ? script.input(scope, sequence, x) : PEB_OK;
}
peb_status bias(void*, peb_scope* scope, const peb_site* site, peb_tensor* out) {
  return script.bias ? script.bias(scope, site, out) : PEB_OK;
}

peb_encoder encoder() {
  peb_encoder made{};
  made.struct_size = sizeof(peb_encoder);
  made.id = "probe";
  made.create = create;
  made.destroy = destroy;
  made.input = input;
  made.bias = bias;
  return made;
}

backbone::Sizes small() {
  backbone::Sizes config;
  config.items = 5;
  config.width = 4;
  config.heads = 2;
  config.blocks = 3;
  config.max_len = 6;
  return config;
}

class Hooks : public testing::Test {
 protected:
  void SetUp() override { script = {}; }
  PluginEncoding make() { return PluginEncoding(encoder_, {}, small(), parameters_); }

  backbone::Sequence sequence() {
    backbone::Sequence s;
    s.position = at::arange(3, 6, at::kLong).unsqueeze(0);
    s.mask = at::ones({2, 3}, at::kBool);
    return s;
  }
  backbone::Site site() {
    backbone::Site s;
    s.q = sample({2, 2, 3, 2});
    s.k = sample({2, 2, 3, 2}, 1);
    s.v = sample({2, 2, 3, 2}, 2);
    s.query_position = s.key_position = at::arange(3, 6, at::kLong).unsqueeze(0);
    s.visible = at::ones({2, 1, 1, 3}, at::kBool);
    return s;
  }
  template <class Call>
  std::string error_of(Call call) {
    try {
      call();
    } catch (const EncodingError& error) {
      return error.what();
    }
    return "no error";
  }

  const peb_encoder encoder_ = encoder();
  tensor::ParameterSet parameters_{7, at::TensorOptions(at::kDouble)};
  tensor::Randomness randomness_{base::Stream(1, "dropout"), false};
};

TEST_F(Hooks, CreateLearnsTheModelAndDeclaresParameters) {
  peb_config seen{};
  script.create = [&](const peb_host* host, peb_build* build, const peb_config* config) {
    seen = *config;
    const int64_t dims[] = {7, 4};
    peb_param_desc description{sizeof(peb_param_desc), 0, "table", dims, nullptr, 0.5, 0.0, 2,
                               PEB_INIT_CONST};
    EXPECT_EQ(host->declare(build, &description), 1u);
    description.name = "frozen";
    description.flags = PEB_PARAM_FROZEN;
    EXPECT_EQ(host->declare(build, &description), 2u);
    return PEB_OK;
  };
  auto encoding = make();
  EXPECT_EQ(seen.struct_size, sizeof(peb_config));
  EXPECT_EQ(seen.n_layers, 3u);
  EXPECT_EQ(seen.n_sites, 3u);
  EXPECT_EQ(seen.n_heads, 2u);
  EXPECT_EQ(seen.d_model, 4u);
  EXPECT_EQ(seen.d_head, 2u);
  EXPECT_EQ(seen.max_len, 6u);
  EXPECT_EQ(seen.n_positions, 7u);
  EXPECT_TRUE(at::equal(parameters_.at("encoding.table").value, at::full({7, 4}, 0.5, at::kDouble)));
  EXPECT_TRUE(parameters_.at("encoding.table").value.requires_grad());
  EXPECT_FALSE(parameters_.at("encoding.frozen").value.requires_grad());
}

TEST_F(Hooks, WrongDeclarationsAreRefused) {
  auto declare = [&](const char* name, int64_t size, uint32_t init,
                     uint32_t struct_size = sizeof(peb_param_desc)) {
    script.create = [=](const peb_host* host, peb_build* build, const peb_config*) {
      peb_param_desc description{struct_size, 0, name, &size, nullptr, 0.0, 1.0, 1, init};
      host->declare(build, &description);
      return PEB_OK;
    };
    return error_of([&] { make(); });
  };
  EXPECT_NE(declare("Table!", 2, PEB_INIT_NORMAL).find("'Table!' is not of [a-z0-9_.]+"), std::string::npos);
  EXPECT_NE(declare("table", 0, PEB_INIT_NORMAL).find("dimension of size 0"), std::string::npos);
  EXPECT_NE(declare("other", 2, 99).find("initial kind 99"), std::string::npos);
  EXPECT_NE(declare("data", 2, PEB_INIT_DATA).find("missing"), std::string::npos);
  EXPECT_NE(declare("short", 2, PEB_INIT_NORMAL, 8).find("shorter than ABI 1.0"), std::string::npos);
  EXPECT_EQ(script.destroyed, 5) << "an instance whose declarations were refused is destroyed";
}

TEST_F(Hooks, AFailingCreateIsAnErrorWithoutAnInstance) {
  script.create = [](const peb_host*, peb_build*, const peb_config*) {
    return peb_status{PEB_E_UNSUPPORTED};
  };
  EXPECT_NE(error_of([&] { make(); }).find("plugin 'probe', create: it does not support"), std::string::npos);
  EXPECT_EQ(script.destroyed, 0);
}

TEST_F(Hooks, InputSeesPositionsAndReturnsItsTensor) {
  auto encoding = make();
  encoding.begin(randomness_);
  const peb_ops& ops = *plugin::host().ops;
  script.input = [&](peb_scope* scope, const peb_sequence* s, peb_tensor* x) {
    EXPECT_EQ(s->batch, 2);
    EXPECT_EQ(s->length, 3);
    EXPECT_EQ(s->width, 4);
    EXPECT_EQ(s->time, 0u) << "time is only given to who asks for it";
    peb_tensor position = ops.cast(scope, s->position, PEB_MODEL);
    const int64_t dims[] = {1, 3, 1};
    *x = ops.binary(scope, PEB_ADD, *x, ops.reshape(scope, position, dims, 3));
    return ops.status(scope);
  };
  const Tensor x = sample({2, 3, 4});
  EXPECT_TRUE(at::allclose(encoding.input(sequence(), x),
                           x + at::tensor(std::vector<double>{3, 4, 5}).view({1, 3, 1})));
}

TEST_F(Hooks, WrongResultsAreErrors) {
  auto encoding = make();
  const peb_ops& ops = *plugin::host().ops;
  const Tensor x = sample({2, 3, 4});
  auto input_error = [&](std::function<peb_status(peb_scope*, const peb_sequence*, peb_tensor*)> hook) {
    encoding.begin(randomness_);
    script.input = std::move(hook);
    return error_of([&] { encoding.input(sequence(), x); });
  };
  EXPECT_EQ(input_error([&](peb_scope* scope, const peb_sequence*, peb_tensor* y) {
              *y = ops.slice(scope, *y, 0, 0, 1, 1);
              return PEB_OK;
            }),
            "plugin 'probe', hook input: it returned [1, 3, 4], expected [2, 3, 4]");
  EXPECT_EQ(input_error([&](peb_scope* scope, const peb_sequence*, peb_tensor* y) {
              *y = ops.cast(scope, *y, PEB_F32);
              return PEB_OK;
            }),
            "plugin 'probe', hook input: it returned Float, the model computes in Double");
  EXPECT_EQ(input_error([&](peb_scope*, const peb_sequence*, peb_tensor* y) {
              *y = 0;
              return PEB_OK;
            }),
            "plugin 'probe', hook input: a failed handle (0) was used");
  EXPECT_EQ(
      input_error([](peb_scope*, const peb_sequence*, peb_tensor*) { return peb_status{PEB_E_INTERNAL}; }),
      "plugin 'probe', hook input: returned status 3");
  EXPECT_NE(input_error([&](peb_scope* scope, const peb_sequence* s, peb_tensor* y) {
              *y = ops.binary(scope, PEB_ADD, *y, s->position);
              return PEB_OK;  // a plugin that swallows the error does not get away with it
            }).find("hook input: binary([2, 3, 4], [1, 3]): operands are Double and Long"),
            std::string::npos);
}

TEST_F(Hooks, AHandleKeptFromTheLastPassIsStale) {
  auto encoding = make();
  const peb_ops& ops = *plugin::host().ops;
  peb_tensor kept = 0;
  script.input = [&](peb_scope* scope, const peb_sequence*, peb_tensor* x) {
    if (kept != 0) *x = ops.binary(scope, PEB_ADD, *x, kept);
    kept = *x;
    return ops.status(scope);
  };
  encoding.begin(randomness_);
  encoding.input(sequence(), sample({2, 3, 4}));
  encoding.begin(randomness_);
  EXPECT_NE(error_of([&] {
              encoding.input(sequence(), sample({2, 3, 4}));
            }).find("stale handle"),
            std::string::npos);
}

TEST_F(Hooks, BiasBroadcastsOrIsRefused) {
  auto encoding = make();
  const peb_ops& ops = *plugin::host().ops;
  auto bias_of = [&](std::vector<int64_t> dims) {
    encoding.begin(randomness_);
    script.bias = [&ops, dims](peb_scope* scope, const peb_site*, peb_tensor* out) {
      *out = ops.full(scope, 1.0, dims.data(), static_cast<uint32_t>(dims.size()), PEB_MODEL);
      return ops.status(scope);
    };
    return encoding.bias(site());
  };
  EXPECT_EQ(bias_of({2, 1, 3, 3}).dim(), 4);
  EXPECT_EQ(bias_of({1, 3}).dim(), 2);
  EXPECT_NE(error_of([&] {
              bias_of({2, 3});
            }).find("hook bias: it returned [2, 3], expected [2, 2, 3, 3]"),
            std::string::npos);
  script.bias = nullptr;
  encoding.begin(randomness_);
  EXPECT_FALSE(encoding.bias(site()).defined()) << "a hook that leaves its output alone adds nothing";
}

TEST_F(Hooks, HiddenStatesAreForThoseWhoAskForThem) {
  backbone::Site given = site();
  given.query_hidden = sample({2, 3, 4}, 3);
  given.key_hidden = sample({2, 3, 4}, 4).set_requires_grad(true);
  const peb_ops& ops = *plugin::host().ops;
  script.bias = [&](peb_scope* scope, const peb_site* s, peb_tensor* out) {
    if (s->query_hidden == 0 && s->key_hidden == 0) return ops.status(scope);
    const peb_tensor both[] = {s->query_hidden, s->key_hidden};
    *out = ops.einsum(scope, "bqd,bkd->bqk", both, 2);
    const int64_t dims[] = {2, 1, 3, 3};
    *out = ops.reshape(scope, *out, dims, 4);
    return ops.status(scope);
  };
  auto unasked = make();
  EXPECT_FALSE(unasked.needs_hidden());
  unasked.begin(randomness_);
  EXPECT_FALSE(unasked.bias(given).defined());

  peb_encoder asking = encoder_;
  asking.flags = PEB_NEED_HIDDEN;
  PluginEncoding asked(asking, {}, small(), parameters_);
  EXPECT_TRUE(asked.needs_hidden());
  asked.begin(randomness_);
  const Tensor bias = asked.bias(given);
  EXPECT_TRUE(
      at::allclose(bias.squeeze(1), at::matmul(given.query_hidden, given.key_hidden.transpose(1, 2))));
  bias.sum().backward();
  EXPECT_TRUE(at::allclose(given.key_hidden.grad(), given.query_hidden.sum(1, true).expand({2, 3, 4})));
}

/// What a ranking may fold: keys' hidden states are the user's, queries' are some function of the candidate.
TEST_F(Hooks, HiddenStatesOfQueriesAreNoAffineFunctionOfThem) {
  backbone::Site given = site();
  given.query_hidden = sample({2, 3, 4}, 3);
  given.key_hidden = sample({2, 3, 4}, 4);
  given.variable = backbone::Variable::query;
  const peb_ops& ops = *plugin::host().ops;
  peb_encoder asking = encoder_;
  asking.flags = PEB_NEED_HIDDEN;
  PluginEncoding encoding(asking, {}, small(), parameters_);
  auto degree_of = [&](peb_tensor peb_site::*hidden) {
    script.bias = [&ops, hidden](peb_scope* scope, const peb_site* s, peb_tensor* out) {
      const int64_t dims[] = {2, 1, 3, 1};
      *out = ops.reshape(scope, ops.along(scope, PEB_SUM, s->*hidden, -1), dims, 4);
      return ops.status(scope);
    };
    encoding.begin(randomness_);
    encoding.bias(given);
    return encoding.dependence().degree;
  };
  EXPECT_EQ(degree_of(&peb_site::key_hidden), backbone::Dependence::Degree::none);
  EXPECT_EQ(degree_of(&peb_site::query_hidden), backbone::Dependence::Degree::other);
}

TEST_F(Hooks, ParametersStartFromAStreamOfTheirOwnName) {
  script.create = [&](const peb_host* host, peb_build* build, const peb_config*) {
    const int64_t dims[] = {100};
    for (const char* name : {"a", "b"}) {
      peb_param_desc description{sizeof(peb_param_desc), 0, name, dims, nullptr, 0.0, 1.0, 1,
                                 PEB_INIT_NORMAL};
      host->declare(build, &description);
    }
    return PEB_OK;
  };
  auto first = make();
  tensor::ParameterSet other(7, at::TensorOptions(at::kFloat));
  PluginEncoding second(encoder_, {}, small(), other);
  const Tensor a = parameters_.at("encoding.a").value, b = parameters_.at("encoding.b").value;
  EXPECT_FALSE(at::allclose(a, b));
  EXPECT_TRUE(at::equal(other.at("encoding.a").value, a.to(at::kFloat)))
      << "the same numbers in every precision";
}

}  // namespace
}  // namespace pebench::test
