// Learnable Fourier features: Li et al. 2021, "Learnable Fourier features for multi-dimensional spatial
// positional encoding", arXiv:2106.02795, algorithm 1, for the one dimension that a sequence has.
//
//   r = [cos(position w) ; sin(position w)] / sqrt(2n)        w [n], r [1 or B, L, 2n]
//   y = x + W2 gelu(W1 r + b1) + b2                           W1 [width, 2n], W2 [d, width]; x, y [B, L, d]
//
// w begins normal with deviation 1/gamma: r_a . r_b is then in the mean exp(-(a - b)^2 / (2 gamma^2)) / 2, so
// gamma is the distance, in slots, that the first features tell apart. gelu is the form with tanh,
// 0.5 u (1 + tanh(sqrt(2/pi) (u + 0.044715 u^3))) of Hendrycks & Gimpel 2016, arXiv:1606.08415: the interface
// has no error function.
#include <cmath>
#include <pebench/plugin.hpp>

namespace {

peb::Tensor gelu(const peb::Tensor& u) {
  const double scale = std::sqrt(2.0 / 3.14159265358979323846);
  return 0.5 * u * (tanh(scale * (u + 0.044715 * u * u * u)) + 1.0);
}

class Fourier : public peb::Encoder {
 public:
  static constexpr peb::Info info{"fourier", "1.0.0", "arXiv:2106.02795", "Learnable Fourier features"};
  static constexpr uint32_t flags = PEB_IS_AFFINE_INPUT | PEB_IS_EXTRAPOLATING;
  static constexpr auto options =
      peb::options(peb::integer("frequencies", 32, 1, 65536, "n, half the number of features"),
                   peb::integer("width", 32, 1, 65536, "hidden units of the MLP"),
                   peb::real("gamma", 10.0, 1e-6, 1e9, "slots that the first features tell apart"));

  Fourier(peb::Build& build, const peb::Config& config, const peb::Values& values)
      : features_(2 * static_cast<int64_t>(values["frequencies"])),
        frequency_(build.normal("frequency", {features_ / 2}, 1.0 / static_cast<double>(values["gamma"]))),
        hidden_(build, "hidden", features_, values["width"]),
        out_(build, "out", values["width"], config.d_model) {}

  /// x [B, L, d] -> [B, L, d]
  peb::Tensor input(const peb::Sequence& sequence, peb::Tensor x) const {
    // In float64 until sine and cosine are taken: in float32 a large angle has lost its digits before.
    const peb::Tensor angles =
        sequence.position.cast(PEB_F64).unsqueeze(-1) * frequency_.tensor().cast(PEB_F64);
    const peb::Tensor waves = peb::concat({cos(angles), sin(angles)}, -1).cast(PEB_MODEL);
    return x + out_(gelu(hidden_(waves / std::sqrt(static_cast<double>(features_)))));
  }

 private:
  int64_t features_;          // 2n
  peb::Parameter frequency_;  // radians per slot, [n]
  peb::Linear hidden_, out_;
};

}  // namespace
PEB_PLUGIN(Fourier)
