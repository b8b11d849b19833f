// An operation of a plugin's own as a node of the gradient graph: y = a * b (elementwise), z = sum(a),
// computed with loops over the views.

#include <gtest/gtest.h>

#include "host/worker/plugin/operations.h"
#include "host/worker/plugin/scope.h"
#include "tests/support/gradients.h"

namespace pebench::test {
namespace {

const peb_ops& ops = plugin::operations();

/// How the operation misbehaves; passed as `user`.
struct Behaviour {
  bool fail_forward = false, fail_backward = false, negative_shape = false, odd_type = false;
  int forwards = 0, backwards = 0;
  bool saw_contiguous = true;
  bool gradient_of_b_wanted = false;
};

const double* values(const peb_view& view) { return static_cast<const double*>(view.data); }
double* writable(peb_view& view) { return static_cast<double*>(view.data); }

peb_status infer(void* user, peb_scope*, const peb_view* in, uint32_t n_in, peb_view* out, uint32_t n_out) {
  auto& behaviour = *static_cast<Behaviour*>(user);
  if (n_in != 2 || n_out != 2 || in[0].data != nullptr) return PEB_E_INVALID;
  out[0].ndim = 1;
  out[0].shape[0] = behaviour.negative_shape ? -1 : in[0].shape[0];
  out[0].code = behaviour.odd_type ? 9 : in[0].code;
  out[0].bits = in[0].bits;
  out[1].ndim = 0;
  out[1].code = in[0].code;
  out[1].bits = in[0].bits;
  return PEB_OK;
}

peb_status forward(void* user, peb_scope* scope, const peb_view* in, uint32_t, peb_view* out, uint32_t,
                   void*) {
  auto& behaviour = *static_cast<Behaviour*>(user);
  ++behaviour.forwards;
  if (behaviour.fail_forward) {
    ops.fail(scope, PEB_E_INTERNAL, "the kernel gave up");
    return PEB_E_INTERNAL;
  }
  behaviour.saw_contiguous = behaviour.saw_contiguous && in[0].strides[0] == 1 && in[1].strides[0] == 1;
  double sum = 0.0;
  for (int64_t i = 0; i < in[0].shape[0]; ++i) {
    writable(out[0])[i] = values(in[0])[i] * values(in[1])[i];
    sum += values(in[0])[i];
  }
  writable(out[1])[0] = sum;
  return PEB_OK;
}

peb_status backward(void* user, peb_scope*, const peb_view* in, uint32_t, const peb_view* out,
                    const peb_view* grad_out, uint32_t, peb_view* grad_in, void*) {
  auto& behaviour = *static_cast<Behaviour*>(user);
  ++behaviour.backwards;
  if (behaviour.fail_backward) return PEB_E_INTERNAL;
  behaviour.gradient_of_b_wanted = grad_in[1].data != nullptr;
  for (int64_t i = 0; i < in[0].shape[0]; ++i) {
    if (values(out[0])[i] != values(in[0])[i] * values(in[1])[i])
      return PEB_E_INVALID;  // outputs are those of forward
    if (grad_in[0].data != nullptr)
      writable(grad_in[0])[i] = values(grad_out[0])[i] * values(in[1])[i] + values(grad_out[1])[0];
    if (grad_in[1].data != nullptr) writable(grad_in[1])[i] = values(grad_out[0])[i] * values(in[0])[i];
  }
  return PEB_OK;
}

class Custom : public testing::Test {
 protected:
  void SetUp() override {
    scope_.begin(nullptr);
    operation_.struct_size = sizeof(peb_custom);
    operation_.name = "product";
    operation_.user = &behaviour_;
    operation_.infer = infer;
    operation_.forward = forward;
    operation_.backward = backward;
  }
  std::vector<Tensor> run(const Tensor& a, const Tensor& b) {
    const peb_tensor in[] = {scope_.put(a), scope_.put(b)};
    peb_tensor out[2];
    if (ops.custom(&scope_, &operation_, in, 2, out, 2) != PEB_OK) return {};
    return {scope_.get(out[0]), scope_.get(out[1])};
  }

  Behaviour behaviour_;
  peb_custom operation_{};
  peb_scope scope_{"probe", nullptr, at::TensorOptions(at::kDouble)};
};

TEST_F(Custom, ValuesAndGradients) {
  const Tensor a = sample({5}), b = sample({5}, 1);
  auto out = run(a, b);
  ASSERT_EQ(out.size(), 2u) << scope_.message();
  EXPECT_TRUE(at::equal(out[0], a * b));
  EXPECT_NEAR(out[1].item<double>(), a.sum().item<double>(), 1e-15);
  EXPECT_EQ(behaviour_.backwards, 0);
  auto both = [&](const std::vector<Tensor>& t) {
    auto results = run(t[0], t[1]);
    return at::cat({results[0] * results[0], results[1].unsqueeze(0)});
  };
  EXPECT_EQ(compare_gradients(both, {a, b}), "");
  EXPECT_EQ(behaviour_.backwards, 1);
}

TEST_F(Custom, AnOutputWithoutGradientCountsAsZeros) {
  const Tensor a = sample({4}), b = sample({4}, 1);
  EXPECT_EQ(compare_gradients([&](const std::vector<Tensor>& t) { return run(t[0], t[1])[1]; }, {a, b}), "");
}

TEST_F(Custom, OnlyWantedGradientsAreAskedFor) {
  Tensor a = sample({4}).set_requires_grad(true), b = sample({4}, 1);
  run(a, b)[0].sum().backward();
  EXPECT_FALSE(behaviour_.gradient_of_b_wanted);
  EXPECT_TRUE(at::allclose(a.grad(), b));
}

TEST_F(Custom, ViewsAreContiguous) {
  const Tensor wide = sample({5, 2});
  auto out = run(wide.select(1, 0), wide.select(1, 1));
  EXPECT_TRUE(behaviour_.saw_contiguous);
  EXPECT_TRUE(at::equal(out[0], wide.select(1, 0) * wide.select(1, 1)));
}

TEST_F(Custom, FailuresAreErrorsOfThePass) {
  const Tensor a = sample({3}), b = sample({3}, 1);
  auto expect = [&](const std::string& part) {
    EXPECT_TRUE(run(a, b).empty());
    EXPECT_NE(scope_.message().find(part), std::string::npos) << scope_.message();
    behaviour_ = {};
    scope_.begin(nullptr);
  };
  behaviour_.fail_forward = true;
  expect("the kernel gave up");
  behaviour_.negative_shape = true;
  expect("negative size");
  behaviour_.odd_type = true;
  expect("unknown number type");
  operation_.forward = nullptr;
  expect("incomplete");
}

TEST_F(Custom, AFailureInBackwardLeavesTheGradientEngine) {
  Tensor a = sample({3}).set_requires_grad(true);
  behaviour_.fail_backward = true;
  auto out = run(a, sample({3}, 1));
  try {
    out[0].sum().backward();
    FAIL() << "a failed gradient was taken";
  } catch (const std::exception& error) {
    EXPECT_NE(std::string(error.what()).find("plugin 'probe', hook backward of 'product': returned status 3"),
              std::string::npos)
        << error.what();
  }
}

TEST_F(Custom, WithoutBackwardAGradientIsRefused) {
  operation_.backward = nullptr;
  EXPECT_EQ(run(sample({3}), sample({3}, 1)).size(), 2u);
  EXPECT_TRUE(run(sample({3}).set_requires_grad(true), sample({3}, 1)).empty());
  EXPECT_EQ(scope_.status(), PEB_E_UNSUPPORTED);
}

TEST_F(Custom, ChangingASavedInputIsNoticed) {
  Tensor a = sample({3}).set_requires_grad(true), b = sample({3}, 1);
  auto out = run(a, b);
  b.add_(1.0);
  EXPECT_THROW(out[0].sum().backward(), std::exception);
}

}  // namespace
}  // namespace pebench::test
