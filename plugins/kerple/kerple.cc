// KERPLE: Chi, Fan, Ramadge & Rudnicky 2022, "KERPLE: kernelized relative positional embedding for length
// extrapolation", arXiv:2205.09921.
//
//   r     = |key_position_j - query_position_i|
//   log     bias_hij = -r1_h log(1 + r2_h r)         r1, r2 > 0
//   power   bias_hij = -r1_h r^(r2_h)                r1 > 0, 0 < r2 <= 2            bias [1 or B, H, Lq, Lk]
//
// with r1, r2 per layer and head. The published code keeps them positive by clamping the parameters before
// every use, which needs to write them; here they are r1 = softplus(a1), r2 = softplus(a2), or 2 sigmoid(a2)
// for the power. Its initial values are uniform in (0, 2) and (0, 1), and for the power (0, 1) and (0, 2);
// here a1 and a2 are uniform over what gives nearly these ranges, (0.1, ...) instead of (0, ...).
#include <cmath>
#include <pebench/plugin.hpp>
#include <string>
#include <vector>

namespace {

double softplus_inverse(double y) { return std::log(std::expm1(y)); }
double twice_sigmoid_inverse(double y) { return std::log(y / (2.0 - y)); }

class Kerple : public peb::Encoder {
 public:
  static constexpr peb::Info info{"kerple", "1.0.0", "arXiv:2205.09921",
                                  "Kernelized relative positional embedding"};
  static constexpr uint32_t flags = PEB_IS_SHIFT_INVARIANT | PEB_IS_EXTRAPOLATING;
  static constexpr auto options = peb::options(peb::choice("kernel", "log|power", "the paper's two kernels"));

  Kerple(peb::Build& build, const peb::Config& config, const peb::Values& values)
      : power_(values["kernel"].word() == "power") {
    constexpr double least = 0.1;
    for (uint32_t layer = 0; layer < config.n_sites; ++layer) {
      const std::string suffix = "." + std::to_string(layer);
      const peb::Dims heads{config.n_heads, 1, 1};
      a1_.push_back(
          build.uniform("a1" + suffix, heads, softplus_inverse(least), softplus_inverse(power_ ? 1.0 : 2.0)));
      a2_.push_back(
          power_
              ? build.uniform("a2" + suffix, heads, twice_sigmoid_inverse(least), twice_sigmoid_inverse(1.9))
              : build.uniform("a2" + suffix, heads, softplus_inverse(least), softplus_inverse(1.0)));
    }
  }

  /// -> [1 or B, H, Lq, Lk]
  peb::Tensor bias(const peb::Site& site) const {
    const peb::Tensor distance = abs(site.relative_position()).cast(PEB_MODEL);
    const peb::Tensor r1 = softplus(a1_.at(site.layer));
    if (power_) return -(r1 * pow(distance, sigmoid(a2_.at(site.layer)) * 2.0));
    return -(r1 * log(softplus(a2_.at(site.layer)) * distance + 1.0));
  }

 private:
  bool power_;
  std::vector<peb::Parameter> a1_, a2_;  // [H, 1, 1], one per attention site
};

}  // namespace
PEB_PLUGIN(Kerple)
