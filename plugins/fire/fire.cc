// FIRE: Li et al. 2024, "Functional interpolation for relative positions improves long context
// transformers", arXiv:2310.04418.
//
//   bias_hij = MLP_h(psi(|i - j|) / (psi(max(i, T)) + eps))          i query_position, j key_position
//   psi(x)   = log(|c x| + 1)                                        bias [1 or B, H, Lq, Lk]
//   MLP(x)   = W2 relu(W1 x + b1) + b2                               W1 [width, 1], W2 [H, width]
//
// with learned c and threshold T = |m| T0, m = 1 at first. |c x|, |m| and eps = 1e-6 are those of the code in
// the paper's appendix. The paper is causal; the distance without its sign serves keys after the query as
// well, whose argument may exceed 1. i is the slot in the window, so the bias is not invariant to a shift.
// The paper starts at T0 = 512 and trains on 2048 positions, so T0 is a quarter of n_positions here: the bias
// of queries before it is a function of the distance alone and moves the threshold, the bias of those behind
// it is one of the distance's share of i. At T0 = n_positions no query would stand behind it, and the bias
// would have no share until training had brought T down to the last slot; at T0 < 1 none would move it. The
// paper's FIRE-S shares all among the layers.
#include <cmath>
#include <pebench/plugin.hpp>
#include <string>
#include <vector>

namespace {

constexpr double kEpsilon = 1e-6;

class Fire : public peb::Encoder {
 public:
  static constexpr peb::Info info{"fire", "1.1.0", "arXiv:2310.04418",
                                  "Functional interpolation for relative positions"};
  static constexpr uint32_t flags = PEB_IS_EXTRAPOLATING;
  static constexpr auto options =
      peb::options(peb::integer("width", 32, 1, 4096, "hidden units of the MLP"),
                   peb::real("init_c", 0.1, 1e-6, 1e6, "initial c of the logarithm"),
                   peb::real("threshold", 0.25, 1e-6, 1e6, "initial threshold T0, in units of n_positions"),
                   peb::boolean("shared", false, "one function for all layers (FIRE-S)"));

  Fire(peb::Build& build, const peb::Config& config, const peb::Values& values)
      : shared_(values["shared"]), threshold_(static_cast<double>(values["threshold"]) * config.n_positions) {
    for (uint32_t layer = 0; layer < (shared_ ? 1 : config.n_sites); ++layer) {
      const std::string suffix = shared_ ? "" : "." + std::to_string(layer);
      functions_.push_back({build.constant("c" + suffix, {1}, values["init_c"]),
                            build.constant("m" + suffix, {1}, 1.0),
                            {build, "hidden" + suffix, 1, values["width"]},
                            {build, "out" + suffix, values["width"], config.n_heads}});
    }
  }

  /// -> [1 or B, H, Lq, Lk]
  peb::Tensor bias(const peb::Site& site) const {
    const Function& function = functions_.at(shared_ ? 0 : site.layer);
    const peb::Tensor distance = abs(site.relative_position()).cast(PEB_MODEL);  // [1 or B, 1, Lq, Lk]
    const peb::Tensor query = site.query_position.cast(PEB_MODEL).unsqueeze(1).unsqueeze(-1);
    const peb::Tensor limit = maximum(query, abs(function.m) * threshold_);
    const peb::Tensor x = psi(function, distance) / (psi(function, limit) + kEpsilon);
    const peb::Tensor hidden = relu(function.hidden(x.permute({0, 2, 3, 1})));  // [1 or B, Lq, Lk, width]
    return function.out(hidden).permute({0, 3, 1, 2});
  }

 private:
  struct Function {
    peb::Parameter c, m;  // [1]
    peb::Linear hidden, out;
  };

  static peb::Tensor psi(const Function& function, const peb::Tensor& x) {
    return log(abs(function.c * x) + 1.0);
  }

  bool shared_;
  double threshold_;                 // T0, in slots
  std::vector<Function> functions_;  // one, or one per attention site
};

}  // namespace
PEB_PLUGIN(Fire)
