// Encoders that use every part of the C++ SDK, for sdk_test.cc and the compilers.
#include <pebench/plugin.hpp>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

/// No hook, no option, no constructor.
class Bare : public peb::Encoder {
 public:
  static constexpr peb::Info info{"bare", "0.1.0", "none"};
};

/// The operators and functions of tensors, in the order that sdk_test.cc lists.
class Operations : public peb::Encoder {
 public:
  static constexpr peb::Info info{"operations", "1.2.3", "doi:0", "All operations"};
  static constexpr uint32_t flags = PEB_NEED_LOGITS | PEB_IS_SHIFT_INVARIANT;

  Operations(peb::Build& build, const peb::Config& config, const peb::Values&)
      : table_(build.zeros("table", {config.n_positions, config.d_model})) {}

  void begin(const peb::Pass& pass) {
    pass.constant({1, 2}, {2, 1}, PEB_F64);
    pass.full(7, {});
    pass.arange(4);
    pass.normal({3}, 0.5, 2);
  }

  peb::Tensor bias(const peb::Site& site) {
    const peb::Tensor a = site.q, b = site.k;
    -a, a + b, a + 2, 2 + a, a - b, a - 2, 2 - a, a *b, a * 2, 2 * a, a / b, a / 2, 2 / a;
    a<b, a<2, a <= b, a <= 2, a> b, a> 2, a >= b, a >= 2, equal(a, b), equal(a, 2);
    pow(a, b), pow(a, 2), pow(2, a), minimum(a, b), minimum(a, 2), maximum(a, b), maximum(a, 2);
    abs(a), exp(a), log(a), sin(a), cos(a), sqrt(a), tanh(a), sigmoid(a), relu(a), softplus(a), floor(a),
        ceil(a);
    sign(a), where(a, a, b), matmul(a, b), peb::einsum("bhqd,bhkd->bhqk", {a, b}), embedding(table_, a);
    peb::concat({a, b}, 1), peb::stack({a, b}, -1), table_ + a;
    return site.logits;
  }

  peb::Tensor value(const peb::Site& site) {
    peb::Tensor a = site.v;
    a.cast(PEB_MODEL), a.detach(), a.dropout(0.25), a.clamp(-1, 1), a.sum(0), a.mean(1), a.amax(-1),
        a.cumsum(2);
    a.softmax(3), a.reshape({a.dim(0), -1}), a.permute({3, 2, 1, 0}), a.transpose(1, -1), a.unsqueeze(-1),
        a.unsqueeze(0);
    a.expand({-1, 2}), a.slice(1, 0, -1), a.slice(1, 0, 4, 2), a.gather(-1, site.q),
        a.scatter_add(-1, site.q, 9);
    a.release();
    return {};
  }

 private:
  peb::Parameter table_;
};

/// Options of every kind, parameters of every kind.
class Declares : public peb::Encoder {
 public:
  static constexpr peb::Info info{"declares", "1.0.0", "none"};
  static constexpr auto options = peb::options(
      peb::integer("count", 3, 1, 9, "a count"), peb::real("rate", 0.5, 0, 1, "a rate"),
      peb::boolean("wide", true, "a switch"), peb::choice("mode", "first|second|third", "a word"),
      peb::text("label", "plain", "a text"), peb::file("source", "values.bin", "a file"));

  Declares(peb::Build& build, const peb::Config& config, const peb::Values& values)
      : linear_(build, "linear", config.d_model, 2) {
    const int64_t count = values["count"];
    const double rate = values["rate"];
    const bool wide = values["wide"];
    build.zeros("zeros", {count}, peb::frozen | peb::no_decay);
    build.constant("constant", {1}, rate);
    build.normal("normal", {wide ? 2 : 1}, 0.5, 4);
    build.truncated_normal("truncated", {1}, 0.5, 4, peb::no_decay);
    build.uniform(values["mode"].word(), {1}, -1, 1);
    build.xavier(values["label"].text(), {2, 2});
    build.data(values["source"].text(), {2}, {6, 7});
  }

  std::pair<peb::Tensor, peb::Tensor> rotate(const peb::Site&, peb::Tensor q, peb::Tensor k) const {
    return {k, q};
  }
  peb::Tensor output(const peb::Site&, peb::Tensor y) const { return linear_(y); }

 private:
  peb::Linear linear_;
};

/// Fails where and how its option says.
class Fails : public peb::Encoder {
 public:
  static constexpr peb::Info info{"fails", "1.0.0", "none"};
  static constexpr auto options = peb::options(
      peb::choice(
          "how",
          "never|unsupported|invalid|runtime|number|refused|unknown_option|wrong_kind|parameter|sizes|axis",
          "what to throw"),
      peb::boolean("early", false, "in the constructor instead of the hook"));

  Fails(peb::Build& build, const peb::Config&, const peb::Values& values) : how_(values["how"].word()) {
    if (how_ == "refused") build.zeros("refused", {1});
    if (how_ == "unknown_option") static_cast<void>(bool(values["absent"]));
    if (how_ == "wrong_kind") static_cast<void>(double(values["how"]));
    if (how_ == "parameter") build.zeros("early", {1}).tensor();
    if (how_ == "sizes") build.data("sizes", {3}, {1});
    if (values["early"]) fail();
  }

  peb::Tensor input(const peb::Sequence& sequence, peb::Tensor x) {
    fail();
    if (how_ == "axis") x.dim(3);
    return sequence.training ? x.unsqueeze(0) : x;
  }

 private:
  void fail() const {
    if (how_ == "unsupported") throw peb::Unsupported("not served");
    if (how_ == "invalid") throw std::invalid_argument("not right");
    if (how_ == "runtime") throw std::runtime_error("broken");
    if (how_ == "number") throw 7;
  }

  std::string how_;
};

/// y = 2 x with a backward of its own.
class Doubling : public peb::CustomOperation {
 public:
  explicit Doubling(const peb::Build& build) : CustomOperation(build, "doubling") {}

 protected:
  void infer(peb::Views in, peb::MutableViews out) override { peb::describe_like(out[0], in[0]); }
  void forward(peb::Views in, peb::MutableViews out, void*) override { twice(in[0], out[0]); }
  void backward(peb::Views, peb::Views, peb::Views grad_out, peb::MutableViews grad_in, void*) override {
    if (grad_in[0].data != nullptr) twice(grad_out[0], grad_in[0]);
  }

 private:
  static void twice(const peb_view& from, peb_view& to) {
    const double* x = peb::elements<double>(from);
    double* y = peb::elements<double>(to);
    for (int64_t i = 0; i < peb::size(from); ++i) y[i] = 2.0 * x[i];
  }
};

/// An operation that serves only float, which the recording host does not send.
class Narrow : public peb::CustomOperation {
 public:
  explicit Narrow(const peb::Build& build) : CustomOperation(build, "narrow") {}

 protected:
  void infer(peb::Views in, peb::MutableViews out) override { peb::describe_like(out[0], in[0]); }
  void forward(peb::Views in, peb::MutableViews, void*) override { peb::elements<float>(in[0]); }
  void backward(peb::Views, peb::Views, peb::Views, peb::MutableViews, void*) override {}
};

class Custom : public peb::Encoder {
 public:
  static constexpr peb::Info info{"custom", "1.0.0", "none"};
  static constexpr auto options = peb::options(peb::boolean("narrow", false, "run the operation that fails"));

  Custom(peb::Build& build, const peb::Config&, const peb::Values& values)
      : doubling_(build), narrow_operation_(build), narrow_(values["narrow"]) {}

  peb::Tensor input(const peb::Sequence&, peb::Tensor x) {
    return narrow_ ? narrow_operation_.run({x})[0] : doubling_.run({x})[0];
  }

 private:
  Doubling doubling_;
  Narrow narrow_operation_;
  bool narrow_;
};

}  // namespace
PEB_PLUGIN(Bare, Operations, Declares, Fails, Custom)
