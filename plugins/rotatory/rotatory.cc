// Rotatory positions, learnable angles on the input: "Positional encoding is not the same as context: a study
// on positional encoding for sequential recommendation", arXiv:2405.10436.
//
//   a = angles[position]               angles [n_positions, d/2], a [1 or B, L, d/2], x, e, y [B, L, d]
//
//   mode rotate, the study's text: each pair of columns of x is turned by its angle (radians)
//     e_2i   = x_2i cos a_i - x_2i+1 sin a_i
//     e_2i+1 = x_2i sin a_i + x_2i+1 cos a_i                     y = e
//   mode additive, its published code
//     e_2i   = sin(2 pi a_i / 10000), e_2i+1 = cos(the same)     y = x + e
//   concat, in both modes                                        y = [x ; e] W^T + b, W [d, 2d]
#include <cmath>
#include <optional>
#include <pebench/plugin.hpp>
#include <string>
#include <vector>

namespace {

constexpr double kTwoPi = 6.283185307179586;
constexpr double kAngleUnits = 10000.0;  // a full turn in mode additive

class Rotatory : public peb::Encoder {
 public:
  static constexpr peb::Info info{"rotatory", "1.0.0", "arXiv:2405.10436",
                                  "Rotatory positions with learnable angles"};
  static constexpr uint32_t flags = PEB_IS_AFFINE_INPUT;
  static constexpr auto options = peb::options(
      peb::choice("mode", "rotate|additive",
                  "rotate: turn each pair of the embedding by its angle; additive: add sin and cos of "
                  "angle/10000 turns"),
      peb::boolean("concat", false, "project [x ; encoded] from 2d to d"),
      peb::choice("init", "normal|frequencies",
                  "initial angles: normal with init_std, or position * 10000^(-2i/d) (mode rotate only)"),
      peb::real("init_std", -1.0, -1.0, 1e6,
                "standard deviation of normal initial angles; -1 takes 0.1 rad in mode rotate, 1.0 in mode "
                "additive"));

  Rotatory(peb::Build& build, const peb::Config& config, const peb::Values& values)
      : additive_(values["mode"].word() == "additive") {
    if (config.d_model % 2 != 0)
      throw peb::Unsupported("rotatory turns pairs of columns: the width must be even");
    if (values["init"].word() == "frequencies") {
      if (additive_)
        throw std::invalid_argument("init = \"frequencies\" gives radians, for mode = \"rotate\" only");
      angles_ = build.data("angles", {config.n_positions, config.d_model / 2}, frequencies(config));
    } else {
      double deviation = values["init_std"];
      if (deviation < 0.0) deviation = additive_ ? 1.0 : 0.1;
      angles_ = build.normal("angles", {config.n_positions, config.d_model / 2}, deviation);
    }
    if (values["concat"]) projection_.emplace(build, "projection", 2 * config.d_model, config.d_model);
  }

  /// x [B, L, d] -> [B, L, d]
  peb::Tensor input(const peb::Sequence& sequence, peb::Tensor x) const {
    const peb::Tensor angles = embedding(angles_, sequence.position);
    const peb::Tensor encoded = additive_ ? waves(angles) : turned(x, angles);
    if (projection_) return (*projection_)(peb::concat({x, encoded.expand({sequence.batch, -1, -1})}, -1));
    return additive_ ? x + encoded : encoded;
  }

 private:
  /// angles [1 or B, L, d/2] -> [1 or B, L, d]
  static peb::Tensor waves(const peb::Tensor& angles) {
    const peb::Tensor radians = angles * (kTwoPi / kAngleUnits);
    return interleave(sin(radians), cos(radians));
  }

  /// x [B, L, d], angles [1 or B, L, d/2] -> [B, L, d]
  static peb::Tensor turned(const peb::Tensor& x, const peb::Tensor& angles) {
    const int64_t width = x.dim(-1);
    const peb::Tensor even = x.slice(-1, 0, width, 2), odd = x.slice(-1, 1, width, 2);
    const peb::Tensor cosine = cos(angles), sine = sin(angles);
    return interleave(even * cosine - odd * sine, even * sine + odd * cosine);
  }

  /// Two [B, L, d/2] -> [B, L, d], the first on even columns.
  static peb::Tensor interleave(const peb::Tensor& even, const peb::Tensor& odd) {
    const peb::Dims dims = even.shape();
    return peb::stack({even, odd}, -1).reshape({dims[0], dims[1], 2 * dims[2]});
  }

  /// position * 10000^(-2i/d), row-major [n_positions, d/2].
  static std::vector<double> frequencies(const peb::Config& config) {
    std::vector<double> angles;
    for (uint32_t position = 0; position < config.n_positions; ++position) {
      for (uint32_t i = 0; i < config.d_model / 2; ++i) {
        angles.push_back(position * std::pow(10000.0, -2.0 * i / config.d_model));
      }
    }
    return angles;
  }

  bool additive_;
  peb::Parameter angles_;
  std::optional<peb::Linear> projection_;
};

}  // namespace
PEB_PLUGIN(Rotatory)
