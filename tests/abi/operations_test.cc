// The operation table against LibTorch: one table of cases serves values, gradients by finite differences in
// float64, and the error paths.

#include "host/worker/plugin/operations.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

#include "host/worker/plugin/scope.h"
#include "tests/support/gradients.h"

namespace pebench::test {
namespace {

using plugin::operations;
using Handles = std::vector<peb_tensor>;
const peb_ops& ops = operations();

Tensor positive(at::IntArrayRef shape, std::int64_t salt = 0) { return sample(shape, salt).abs() + 0.5; }
Tensor integers(std::vector<std::int64_t> values, at::IntArrayRef shape) {
  return at::tensor(values, at::kLong).view(shape);
}

struct Case {
  std::string name;
  std::vector<Tensor> inputs;
  std::function<peb_tensor(peb_scope*, const Handles&)> call;
  Function reference;
  bool differentiable = true;
};

Case unary(const char* name, std::uint32_t code, Tensor input, Tensor (*reference)(const Tensor&),
           bool smooth = true) {
  return {name,
          {input},
          [code](peb_scope* s, const Handles& h) { return ops.unary(s, code, h[0]); },
          [reference](const std::vector<Tensor>& t) { return reference(t[0]); },
          smooth};
}

Case binary(const char* name, std::uint32_t code, Tensor a, Tensor b,
            Tensor (*reference)(const Tensor&, const Tensor&), bool smooth = true) {
  return {name,
          {a, b},
          [code](peb_scope* s, const Handles& h) { return ops.binary(s, code, h[0], h[1]); },
          [reference](const std::vector<Tensor>& t) { return reference(t[0], t[1]); },
          smooth};
}

Case along(const char* name, std::uint32_t code, std::int32_t dim, Function reference) {
  return {name,
          {sample({2, 3, 4})},
          [=](peb_scope* s, const Handles& h) { return ops.along(s, code, h[0], dim); },
          reference};
}

std::vector<Case> unary_cases() {
  const Tensor x = sample({2, 3, 4});
  return {
      unary("neg", PEB_NEG, x, [](const Tensor& t) { return -t; }),
      unary("abs", PEB_ABS, x, [](const Tensor& t) { return t.abs(); }),
      unary("exp", PEB_EXP, x, [](const Tensor& t) { return t.exp(); }),
      unary("log", PEB_LOG, positive({2, 3}), [](const Tensor& t) { return t.log(); }),
      unary("sin", PEB_SIN, x, [](const Tensor& t) { return t.sin(); }),
      unary("cos", PEB_COS, x, [](const Tensor& t) { return t.cos(); }),
      unary("sqrt", PEB_SQRT, positive({2, 3}), [](const Tensor& t) { return t.sqrt(); }),
      unary("tanh", PEB_TANH, x, [](const Tensor& t) { return t.tanh(); }),
      unary("sigmoid", PEB_SIGMOID, x, [](const Tensor& t) { return 1.0 / (1.0 + (-t).exp()); }),
      unary("relu", PEB_RELU, x, [](const Tensor& t) { return t.clamp_min(0.0); }),
      unary("softplus", PEB_SOFTPLUS, x, [](const Tensor& t) { return (1.0 + t.exp()).log(); }),
      unary("floor", PEB_FLOOR, x * 3, [](const Tensor& t) { return t.floor(); }),
      unary("ceil", PEB_CEIL, x * 3, [](const Tensor& t) { return t.ceil(); }),
      unary("sign", PEB_SIGN, x, [](const Tensor& t) { return t.sign(); }),
  };
}

std::vector<Case> binary_cases() {
  const Tensor x = sample({2, 3, 4});
  const Tensor index = integers({0, 2, 1, 2, 2, 0}, {2, 3});
  return {
      binary("add, broadcast", PEB_ADD, x, sample({3, 1}, 1),
             [](const Tensor& a, const Tensor& b) { return a + b; }),
      binary("sub", PEB_SUB, x, sample({2, 3, 4}, 1), [](const Tensor& a, const Tensor& b) { return a - b; }),
      binary("mul, broadcast", PEB_MUL, x, sample({4}, 1),
             [](const Tensor& a, const Tensor& b) { return a * b; }),
      binary("div", PEB_DIV, x, positive({2, 3, 4}, 1),
             [](const Tensor& a, const Tensor& b) { return a / b; }),
      binary("pow", PEB_POW, positive({2, 3}), sample({2, 3}, 1),
             [](const Tensor& a, const Tensor& b) { return (a.log() * b).exp(); }),
      binary("min", PEB_MIN, x, sample({2, 3, 4}, 1),
             [](const Tensor& a, const Tensor& b) { return at::where(a < b, a, b); }),
      binary("max", PEB_MAX, x, sample({2, 3, 4}, 1),
             [](const Tensor& a, const Tensor& b) { return at::where(a > b, a, b); }),
      binary(
          "lt", PEB_LT, x, sample({4}, 1), [](const Tensor& a, const Tensor& b) { return (b - a) > 0; },
          false),
      binary(
          "le", PEB_LE, x, x.clone(), [](const Tensor& a, const Tensor& b) { return (b - a) >= 0; }, false),
      binary(
          "eq", PEB_EQ, index, integers({0}, {1}),
          [](const Tensor& a, const Tensor& b) { return (a - b) == 0; }, false),
      binary(
          "integer division floors", PEB_DIV, integers({-7, 7, -8, 8}, {4}), integers({2}, {1}),
          [](const Tensor& a, const Tensor& b) {
            return (a.to(at::kDouble) / b.to(at::kDouble)).floor().to(at::kLong);
          },
          false),
  };
}

std::vector<Case> scalar_cases() {
  const Tensor x = sample({2, 3, 4});
  const Tensor index = integers({0, 2, 1, 2, 2, 0}, {2, 3});
  using Tensors = std::vector<Tensor>;
  return {
      {"scalar mul",
       {x},
       [](peb_scope* s, const Handles& h) { return ops.scalar(s, PEB_MUL, h[0], 2.5); },
       [](const Tensors& t) { return t[0] * 2.5; }},
      {"scalar div",
       {x},
       [](peb_scope* s, const Handles& h) { return ops.scalar(s, PEB_DIV, h[0], 2.5); },
       [](const Tensors& t) { return t[0] / 2.5; }},
      {"scalar pow",
       {positive({2, 3})},
       [](peb_scope* s, const Handles& h) { return ops.scalar(s, PEB_POW, h[0], 1.5); },
       [](const Tensors& t) { return (t[0].log() * 1.5).exp(); }},
      {"scalar on integers stays integral",
       {index},
       [](peb_scope* s, const Handles& h) { return ops.scalar(s, PEB_ADD, h[0], 4.0); },
       [](const Tensors& t) { return t[0] + 4; },
       false},
  };
}

std::vector<Case> reductions() {
  using Tensors = std::vector<Tensor>;
  return {
      along("sum keeps the dimension", PEB_SUM, 1,
            [](const Tensors& t) { return t[0].sum({1}).unsqueeze(1); }),
      along("mean", PEB_MEAN, -1, [](const Tensors& t) { return t[0].sum({2}).unsqueeze(2) / 4.0; }),
      along("amax", PEB_AMAX, 0, [](const Tensors& t) { return std::get<0>(t[0].max(0)).unsqueeze(0); }),
      along("cumsum", PEB_CUMSUM, 2,
            [](const Tensors& t) {
              return at::matmul(t[0], at::ones({4, 4}, at::kDouble).triu());
            }),
      along("softmax", PEB_SOFTMAX, 1,
            [](const Tensors& t) { return t[0].exp() / t[0].exp().sum({1}).unsqueeze(1); }),
  };
}

std::vector<Case> choices() {
  const Tensor x = sample({2, 3, 4});
  using Tensors = std::vector<Tensor>;
  return {
      {"choose",
       {x.gt(0), x, sample({2, 3, 4}, 1)},
       [](peb_scope* s, const Handles& h) { return ops.choose(s, h[0], h[1], h[2]); },
       [](const Tensors& t) {
         return t[1] * t[0].to(at::kDouble) + t[2] * t[0].logical_not().to(at::kDouble);
       }},
      {"clamp",
       {x},
       [](peb_scope* s, const Handles& h) { return ops.clamp(s, h[0], -0.4, 0.3); },
       [](const Tensors& t) { return t[0].clamp_min(-0.4).clamp_max(0.3); }},
  };
}

std::vector<Case> products_and_indexing() {
  const Tensor x = sample({2, 3, 4});
  const Tensor index = integers({0, 2, 1, 2, 2, 0}, {2, 3});
  using Tensors = std::vector<Tensor>;
  return {
      {"matmul broadcasts leading dimensions",
       {x, sample({4, 5}, 1)},
       [](peb_scope* s, const Handles& h) { return ops.matmul(s, h[0], h[1]); },
       [](const Tensors& t) { return (t[0].unsqueeze(-1) * t[1]).sum({2}); }},
      {"einsum",
       {x, sample({3, 5, 4}, 1)},
       [](peb_scope* s, const Handles& h) { return ops.einsum(s, "bqd,qkd->bqk", h.data(), 2); },
       [](const Tensors& t) { return (t[0].unsqueeze(2) * t[1].unsqueeze(0)).sum({3}); }},
      {"embedding",
       {sample({3, 4}), index},
       [](peb_scope* s, const Handles& h) { return ops.embedding(s, h[0], h[1]); },
       [](const Tensors& t) {
         return t[0].index_select(0, t[1].flatten()).view({2, 3, 4});
       }},
      {"gather broadcasts the index",
       {x, integers({0, 2, 1, 2, 2, 0}, {1, 6}).view({1, 1, 6})},
       [](peb_scope* s, const Handles& h) { return ops.gather(s, h[0], -1, h[1]); },
       [](const Tensors& t) { return t[0].index_select(2, t[1].flatten()); }},
      {"scatter_add is gather's transpose",
       {x, integers({1, 1, 0, 2}, {4})},
       [](peb_scope* s, const Handles& h) { return ops.scatter_add(s, h[0], 2, h[1], 3); },
       [](const Tensors& t) {
         return at::matmul(t[0], t[1].unsqueeze(1).eq(at::arange(3, at::kLong).unsqueeze(0)).to(at::kDouble));
       }},
  };
}

std::vector<Case> changes_of_shape() {
  const Tensor x = sample({2, 3, 4});
  using Tensors = std::vector<Tensor>;
  return {
      {"reshape",
       {x},
       [](peb_scope* s, const Handles& h) {
         const std::int64_t dims[] = {6, -1};
         return ops.reshape(s, h[0], dims, 2);
       },
       [](const Tensors& t) {
         return t[0].flatten().view({6, 4});
       }},
      {"permute",
       {x},
       [](peb_scope* s, const Handles& h) {
         const std::int32_t axes[] = {2, 0, -2};
         return ops.permute(s, h[0], axes, 3);
       },
       [](const Tensors& t) { return t[0].transpose(1, 2).transpose(0, 1); }},
      {"expand",
       {sample({3, 1})},
       [](peb_scope* s, const Handles& h) {
         const std::int64_t dims[] = {2, -1, 4};
         return ops.expand(s, h[0], dims, 3);
       },
       [](const Tensors& t) {
         return t[0].unsqueeze(0) * at::ones({2, 3, 4}, at::kDouble);
       }},
      {"slice",
       {x},
       [](peb_scope* s, const Handles& h) { return ops.slice(s, h[0], -1, -3, 4, 2); },
       [](const Tensors& t) {
         return at::stack({t[0].select(2, 1), t[0].select(2, 3)}, 2);
       }},
      {"concat",
       {x, sample({2, 1, 4}, 1)},
       [](peb_scope* s, const Handles& h) { return ops.concat(s, h.data(), 2, 1); },
       [](const Tensors& t) {
         return at::cat({t[0], t[1]}, 1);
       }},
  };
}

std::vector<Case> casts_and_dropout() {
  const Tensor x = sample({2, 3, 4});
  using Tensors = std::vector<Tensor>;
  return {
      {"cast to the model's type",
       {x},
       [](peb_scope* s, const Handles& h) { return ops.cast(s, h[0], PEB_MODEL); },
       [](const Tensors& t) { return t[0]; }},
      {"cast truncates",
       {x * 3},
       [](peb_scope* s, const Handles& h) { return ops.cast(s, h[0], PEB_I64); },
       [](const Tensors& t) { return t[0].trunc().to(at::kLong); },
       false},
      {"dropout outside training is the identity",
       {x},
       [](peb_scope* s, const Handles& h) { return ops.dropout(s, h[0], 0.5); },
       [](const Tensors& t) { return t[0]; }},
  };
}

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const auto& part : {unary_cases(), binary_cases(), scalar_cases(), reductions(), choices(),
                           products_and_indexing(), changes_of_shape(), casts_and_dropout()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

class Operations : public testing::Test {
 protected:
  void SetUp() override { scope_.begin(&randomness_); }
  Handles put(const std::vector<Tensor>& tensors) {
    Handles handles;
    for (const auto& tensor : tensors) handles.push_back(scope_.put(tensor));
    return handles;
  }
  Tensor run(const Case& c, const std::vector<Tensor>& inputs) {
    peb_tensor result = c.call(&scope_, put(inputs));
    EXPECT_EQ(scope_.status(), PEB_OK) << c.name << ": " << scope_.message();
    return result != 0 ? scope_.get(result) : Tensor();
  }
  void expect_failure(peb_tensor result, const std::string& part) {
    EXPECT_EQ(result, 0u);
    EXPECT_NE(ops.status(&scope_), PEB_OK);
    EXPECT_NE(scope_.message().find("plugin 'probe'"), std::string::npos) << scope_.message();
    EXPECT_NE(scope_.message().find(part), std::string::npos) << scope_.message();
    scope_.begin(&randomness_);
  }

  tensor::Randomness randomness_{base::Stream(1, "dropout"), false};
  peb_scope scope_{"probe", nullptr, at::TensorOptions(at::kDouble)};
};

TEST_F(Operations, ValuesAreThoseOfLibTorch) {
  for (const auto& c : cases()) {
    Tensor found = run(c, c.inputs), expected = c.reference(c.inputs);
    ASSERT_TRUE(found.defined()) << c.name;
    EXPECT_EQ(found.scalar_type(), expected.scalar_type()) << c.name;
    ASSERT_EQ(found.sizes(), expected.sizes()) << c.name;
    EXPECT_LE((found.to(at::kDouble) - expected.to(at::kDouble)).abs().max().item<double>(), 1e-12) << c.name;
  }
}

TEST_F(Operations, GradientsAgreeWithFiniteDifferences) {
  for (const auto& c : cases()) {
    if (!c.differentiable) continue;
    EXPECT_EQ(compare_gradients([&](const std::vector<Tensor>& t) { return run(c, t); }, c.inputs), "")
        << c.name;
  }
}

/// Each operand that is a real tensor in turn is the variable. What is said to be affine in it must be so in
/// numbers, and what is not must not be, but for the few that happen to be.
TEST_F(Operations, AreSaidToBeAffineWhereTheyAreSo) {
  using Degree = backbone::Dependence::Degree;
  const std::set<std::string> by_chance{"floor", "ceil", "sign"};
  constexpr double part = 1.75;
  for (const auto& c : cases()) {
    for (std::size_t variable = 0; variable < c.inputs.size(); ++variable) {
      if (!at::isFloatingType(c.inputs[variable].scalar_type())) continue;
      const auto result_of = [&](const Tensor& value, Degree* degree) {
        scope_.begin(&randomness_);
        scope_.watch(true);
        Handles handles;
        for (std::size_t i = 0; i < c.inputs.size(); ++i)
          handles.push_back(i == variable ? scope_.put(value, {Degree::affine, false, false})
                                          : scope_.put(c.inputs[i], {Degree::none, false, false}));
        const peb_tensor result = c.call(&scope_, handles);
        EXPECT_EQ(scope_.status(), PEB_OK) << c.name;
        *degree = scope_.dependence(result).degree;
        return scope_.get(result).to(at::kDouble);
      };
      Degree degree;
      const Tensor x = c.inputs[variable], z = x.flip({-1}) * 1.5 + 0.25;
      const Tensor mixed = part * result_of(x, &degree) + (1.0 - part) * result_of(z, &degree);
      const bool affine = at::allclose(result_of(part * x + (1.0 - part) * z, &degree), mixed, 1e-9, 1e-9);
      EXPECT_NE(degree, Degree::none) << c.name;
      if (degree == Degree::affine) {
        EXPECT_TRUE(affine) << c.name << ", operand " << variable;
      } else if (by_chance.count(c.name) == 0) {
        EXPECT_FALSE(affine) << c.name << ", operand " << variable;
      }
    }
  }
}

TEST_F(Operations, TellWhatDependsOnTheUser) {
  using Dependence = backbone::Dependence;
  using Degree = Dependence::Degree;
  scope_.watch(true);
  const peb_tensor x = scope_.put(sample({2, 3}), {Degree::affine, false, false}),
                   time = scope_.put(sample({2, 3}, 1), {Degree::none, true, false}),
                   table = scope_.put(sample({2, 3}, 2), {Degree::none, false, false});
  const auto of = [&](peb_tensor result) { return scope_.dependence(result); };
  const auto expect = [&](peb_tensor result, Degree degree, bool of_user, bool slope_of_user,
                          const char* what) {
    EXPECT_EQ(of(result).degree, degree) << what;
    EXPECT_EQ(of(result).of_user, of_user) << what;
    EXPECT_EQ(of(result).slope_of_user, slope_of_user) << what;
  };
  expect(ops.binary(&scope_, PEB_ADD, x, time), Degree::affine, true, false, "x + time");
  expect(ops.binary(&scope_, PEB_MUL, x, time), Degree::affine, true, true, "x * time");
  expect(ops.binary(&scope_, PEB_MUL, x, table), Degree::affine, false, false, "x * table");
  expect(ops.binary(&scope_, PEB_DIV, x, time), Degree::affine, true, true, "x / time");
  expect(ops.binary(&scope_, PEB_DIV, time, x), Degree::other, true, false, "time / x");
  expect(ops.binary(&scope_, PEB_MUL, x, x), Degree::other, false, false, "x * x");
  expect(ops.binary(&scope_, PEB_MUL, time, table), Degree::none, true, false, "time * table");
  expect(ops.choose(&scope_, ops.binary(&scope_, PEB_LT, time, table), x, table), Degree::affine, true, true,
         "time < table ? x : table");
  expect(ops.unary(&scope_, PEB_SIN, x), Degree::other, false, false, "sin(x)");
  expect(ops.unary(&scope_, PEB_SIN, time), Degree::none, true, false, "sin(time)");
  const std::int64_t dims[] = {2, 3};
  expect(ops.full(&scope_, 1.0, dims, 2, PEB_MODEL), Degree::none, false, false, "a constant");
  EXPECT_EQ(of(ops.normal(&scope_, 0.0, 1.0, dims, 2)).degree, Degree::unknown);
  scope_.watch(true);  // another hook
  EXPECT_EQ(of(x).degree, Degree::unknown) << "what an earlier hook was given";
  EXPECT_EQ(of(ops.binary(&scope_, PEB_ADD, x, table)).degree, Degree::unknown);
  EXPECT_EQ(of(time).degree, Degree::none);
}

TEST_F(Operations, PartsAreDroppedAndMissedOnce) {
  const peb_tensor kept = scope_.put(sample({2}));
  scope_.begin_part();
  const Tensor given = sample({2});
  const peb_tensor made = ops.unary(&scope_, PEB_SIN, scope_.put(given));
  EXPECT_GT(given.use_count(), 1u);
  scope_.begin_part();
  EXPECT_EQ(given.use_count(), 1u) << "its memory is free";
  EXPECT_NE(ops.unary(&scope_, PEB_SIN, kept), 0u) << "what was there before parts stays";
  EXPECT_FALSE(scope_.misses_parts());
  EXPECT_EQ(ops.unary(&scope_, PEB_SIN, made), 0u);
  EXPECT_TRUE(scope_.misses_parts());
  scope_.begin(&randomness_);
  EXPECT_FALSE(scope_.misses_parts());
}

TEST_F(Operations, ConstantsAreRoundedOnce) {
  const double values[] = {0.1, 0.2, 16777217.0, 3.0};
  const std::int64_t dims[] = {2, 2};
  Tensor exact = scope_.get(ops.constant(&scope_, values, dims, 2, PEB_F64));
  EXPECT_EQ(exact[1][0].item<double>(), 16777217.0);
  EXPECT_EQ(scope_.get(ops.constant(&scope_, values, dims, 2, PEB_I64))[1][0].item<std::int64_t>(), 16777217);
  EXPECT_EQ(scope_.get(ops.constant(&scope_, values, dims, 2, PEB_F32))[0][0].item<float>(), 0.1f);
  Tensor range = scope_.get(ops.arange(&scope_, 1.0, -0.5, 3, PEB_MODEL));
  EXPECT_TRUE(at::equal(range, at::tensor(std::vector<double>{1.0, 0.5, 0.0}, at::kDouble)));
  EXPECT_TRUE(at::equal(scope_.get(ops.full(&scope_, 7.0, dims, 1, PEB_I64)), at::full({2}, 7, at::kLong)));
  std::int64_t shape[1];
  EXPECT_EQ(ops.shape(&scope_, ops.full(&scope_, 7.0, dims, 2, PEB_BOOL), shape, 1), 2u);
  EXPECT_EQ(ops.dtype(&scope_, ops.full(&scope_, 7.0, dims, 2, PEB_BOOL)),
            static_cast<std::uint32_t>(PEB_BOOL));
}

TEST_F(Operations, DetachCutsTheGradient) {
  Tensor x = sample({3}).set_requires_grad(true);
  EXPECT_TRUE(scope_.get(ops.unary(&scope_, PEB_SIN, scope_.put(x))).requires_grad());
  EXPECT_FALSE(scope_.get(ops.detach(&scope_, scope_.put(x))).requires_grad());
}

TEST_F(Operations, DropoutDropsItsShareAndScalesTheRest) {
  tensor::Randomness training(base::Stream(3, "dropout"), true);
  scope_.begin(&training);
  const std::int64_t n = 100000;
  Tensor kept = scope_.get(ops.dropout(&scope_, scope_.put(at::ones({n}, at::kDouble)), 0.25));
  const double share = kept.ne(0).sum().item<double>() / n;
  EXPECT_NEAR(share, 0.75, 5 * std::sqrt(0.25 * 0.75 / n));
  EXPECT_NEAR(kept.max().item<double>(), 1.0 / 0.75, 1e-9);
  Tensor normal = scope_.get(ops.normal(&scope_, 1.0, 2.0, &n, 1));
  EXPECT_NEAR(normal.mean().item<double>(), 1.0, 5 * 2.0 / std::sqrt(n));
  EXPECT_NEAR(normal.std().item<double>(), 2.0, 5 * 2.0 / std::sqrt(2.0 * n));
}

TEST_F(Operations, ErrorsNamePluginOperationAndShapes) {
  expect_failure(ops.binary(&scope_, PEB_ADD, scope_.put(sample({2, 3})), scope_.put(sample({2, 4}))),
                 "binary([2, 3], [2, 4])");
  expect_failure(ops.matmul(&scope_, scope_.put(sample({2, 3})), scope_.put(sample({2, 3}))),
                 "matmul([2, 3], [2, 3])");
  expect_failure(ops.embedding(&scope_, scope_.put(sample({5, 2})), scope_.put(integers({0, 5}, {2}))),
                 "index 5 is outside [0, 5)");
}

TEST_F(Operations, NothingIsConvertedSilently) {
  auto real = [&] { return scope_.put(sample({2})); };
  auto whole = [&] { return scope_.put(integers({1, 2}, {2})); };
  auto truth = [&] { return scope_.put(sample({2}).gt(0)); };
  expect_failure(ops.binary(&scope_, PEB_MUL, real(), whole()), "cast one of them");
  expect_failure(ops.binary(&scope_, PEB_MUL, real(), scope_.put(sample({2}).to(at::kFloat))),
                 "cast one of them");
  expect_failure(ops.scalar(&scope_, PEB_MUL, whole(), 0.5), "not integral");
  expect_failure(ops.unary(&scope_, PEB_SQRT, whole()), "cast it");
  expect_failure(ops.binary(&scope_, PEB_ADD, truth(), truth()), "cast it");
  expect_failure(ops.choose(&scope_, real(), real(), real()), "the condition");
  expect_failure(ops.gather(&scope_, real(), 0, real()), "the index");
}

TEST_F(Operations, AnInfiniteBoundOfClampBoundsNothing) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr auto least = std::numeric_limits<std::int64_t>::min(),
                 greatest = std::numeric_limits<std::int64_t>::max();
  const auto clamped = [&](const Tensor& t, double low, double high) {
    return scope_.get(ops.clamp(&scope_, scope_.put(t), low, high));
  };
  const Tensor whole = integers({least, -9, 0, 9, greatest}, {5});
  EXPECT_TRUE(at::equal(clamped(whole, -infinity, 5), integers({least, -9, 0, 5, 5}, {5})));
  EXPECT_TRUE(at::equal(clamped(whole, -5, infinity), integers({-5, -5, 0, 9, greatest}, {5})));
  EXPECT_TRUE(at::equal(clamped(whole, -infinity, infinity), whole));
  // Beyond 64 bits is as good as infinite; 2^63 - 1 is no double, 2^63 is the nearest.
  EXPECT_TRUE(at::equal(clamped(whole, -1e30, 0x1p63), whole));
  EXPECT_TRUE(at::equal(clamped(whole, -0x1p63, 5), integers({least, -9, 0, 5, 5}, {5})));
  const Tensor real = at::tensor(std::vector<double>{-9.0, 0.5, infinity}, at::kDouble);
  EXPECT_TRUE(
      at::equal(clamped(real, -infinity, 5), at::tensor(std::vector<double>{-9.0, 0.5, 5.0}, at::kDouble)));
}

TEST_F(Operations, BoundsOfClampThatMeanNothingFail) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const double nan = std::nan("");
  for (const Tensor& t : {integers({1, 2}, {2}), sample({2})}) {
    expect_failure(ops.clamp(&scope_, scope_.put(t), nan, 5), "not a number");
    expect_failure(ops.clamp(&scope_, scope_.put(t), 0, nan), "not a number");
  }
  const Tensor whole = integers({1, 2}, {2});
  expect_failure(ops.clamp(&scope_, scope_.put(whole), 0.5, 3), "not integral");
  expect_failure(ops.clamp(&scope_, scope_.put(whole), infinity, infinity), "no integer is within");
  expect_failure(ops.clamp(&scope_, scope_.put(whole), -infinity, -infinity), "no integer is within");
}

TEST_F(Operations, WrongCodesAndDimensionsFail) {
  auto x = [&] { return scope_.put(sample({2, 3})); };
  expect_failure(ops.unary(&scope_, 77, x()), "no unary operation 77");
  expect_failure(ops.binary(&scope_, 77, x(), x()), "no binary operation 77");
  expect_failure(ops.along(&scope_, 77, x(), 0), "no operation 77");
  expect_failure(ops.along(&scope_, PEB_SUM, x(), 2), "no dimension 2");
  expect_failure(ops.cast(&scope_, x(), 77), "no number type 77");
  expect_failure(ops.slice(&scope_, x(), 0, 0, 2, 0), "step");
  expect_failure(ops.parameter(&scope_, 1), "never declared");
}

TEST_F(Operations, TheFirstErrorSticksAndSilencesTheRest) {
  peb_tensor good = scope_.put(sample({2}));
  ops.fail(&scope_, PEB_E_UNSUPPORTED, "the first");
  ops.fail(&scope_, PEB_E_INVALID, "the second");
  EXPECT_EQ(ops.unary(&scope_, PEB_SIN, good), 0u);
  EXPECT_EQ(ops.status(&scope_), PEB_E_UNSUPPORTED);
  EXPECT_NE(scope_.message().find("the first"), std::string::npos);
  EXPECT_EQ(ops.shape(&scope_, good, nullptr, 0), 0u);
}

TEST_F(Operations, StaleForeignAndReleasedHandlesFail) {
  peb_tensor old = scope_.put(sample({2}));
  scope_.begin(&randomness_);
  expect_failure(ops.unary(&scope_, PEB_SIN, old), "stale handle");
  peb_scope other("other", nullptr, at::TensorOptions(at::kDouble));
  other.begin(nullptr);
  expect_failure(ops.unary(&scope_, PEB_SIN, other.put(sample({2}))), "stale handle");
  peb_tensor released = scope_.put(sample({2}));
  ops.release(&scope_, released);
  expect_failure(ops.unary(&scope_, PEB_SIN, released), "release()");
  expect_failure(ops.unary(&scope_, PEB_SIN, scope_.put(sample({2})) + 1000), "never gave out");
  expect_failure(ops.unary(&scope_, PEB_SIN, 0), "failed handle (0)");
}

}  // namespace
}  // namespace pebench::test
