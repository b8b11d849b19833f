// Continuous augmented positional embeddings (CAPE): Likhomanenko et al. 2021, "CAPE: encoding relative
// positions with continuous augmented positional embeddings", arXiv:2106.03143.
//
//   p_i'  = p_i                                              p_i position
//         = exp(lambda) (p_i + delta + epsilon_i)            while training, uniform in
//             |delta| <= max_global_shift, |epsilon_i| <= max_local_shift, |lambda| <= log max_global_scaling
//   e_2k  = sin(w_k p'), e_2k+1 = cos(w_k p')                w_k = 10000^(-2k/d), e [1 or B, L, d]
//   y     = x + e                                            x, y [B, L, d]
//
// delta and lambda are one per pass, not one per row: the rows of candidates need not be those of the
// profile, and both must be moved alike. The expected gradient is the same. epsilon_i is one per event of the
// profile; candidates have none, as those of a user stand at one place. The option of taking off the mean
// position is left out: a ranking may be prepared without the profile whose mean it is.
//
// The host draws normal numbers. The coordinate z_1 / |z| of a normal z in three dimensions is uniform in
// [-1, 1], since every zone of a sphere has the area of its height (Archimedes).
#include <cmath>
#include <pebench/plugin.hpp>
#include <vector>

namespace {

class Cape : public peb::Encoder {
 public:
  static constexpr peb::Info info{"cape", "1.0.0", "arXiv:2106.03143",
                                  "Continuous augmented positional embeddings"};
  static constexpr uint32_t flags = PEB_IS_AFFINE_INPUT | PEB_IS_EXTRAPOLATING;
  static constexpr auto options = peb::options(
      peb::real("max_global_shift", 5.0, 0.0, 1e9, "greatest shift of a whole window, in slots"),
      peb::real("max_local_shift", 0.5, 0.0, 1e9, "greatest shift of an event; up to 0.5 keeps the order"),
      peb::real("max_global_scaling", 1.03, 1.0, 1e3, "greatest factor of all positions"));

  Cape(peb::Build&, const peb::Config& config, const peb::Values& values)
      : global_shift_(values["max_global_shift"]),
        local_shift_(values["max_local_shift"]),
        log_scaling_(std::log(static_cast<double>(values["max_global_scaling"]))) {
    if (config.d_model % 2 != 0)
      throw peb::Unsupported("cape has a sine and a cosine of every frequency: the width must be even");
    for (uint32_t k = 0; k < config.d_model / 2; ++k)
      frequencies_.push_back(std::pow(10000.0, -2.0 * k / config.d_model));
  }

  void begin(const peb::Pass&) { shift_ = scale_ = peb::Tensor(); }

  /// x [B, L, d] -> [B, L, d]
  peb::Tensor input(const peb::Sequence& sequence, peb::Tensor x) {
    const peb::Tensor place = sequence.position.cast(PEB_F64);
    return x + waves(sequence.training ? augmented(sequence, place) : place);
  }

 private:
  /// place [1 or B, L] -> [1 or B, L]
  peb::Tensor augmented(const peb::Sequence& sequence, const peb::Tensor& place) {
    if (!shift_) {
      shift_ = uniform(sequence.pass, {1, 1}) * global_shift_;
      scale_ = exp(uniform(sequence.pass, {1, 1}) * log_scaling_);
    }
    if (sequence.candidates) return (place + shift_) * scale_;
    const peb::Tensor local = uniform(sequence.pass, {sequence.batch, sequence.length}) * local_shift_;
    return (place + shift_ + local) * scale_;
  }

  /// Uniform in [-1, 1], float64; 0 where the host's noise is.
  static peb::Tensor uniform(const peb::Pass& pass, const peb::Dims& dims) {
    const peb::Tensor z = pass.normal({3, dims[0], dims[1]}).cast(PEB_F64);
    return (z.slice(0, 0, 1) / sqrt((z * z).sum(0) + 1e-30)).reshape(dims);
  }

  /// place [1 or B, L] -> [1 or B, L, d]
  peb::Tensor waves(const peb::Tensor& place) const {
    const int64_t pairs = static_cast<int64_t>(frequencies_.size());
    const peb::Tensor angles =
        place.unsqueeze(-1) * place.pass().constant(frequencies_, {pairs}, PEB_F64);  // [1 or B, L, d/2]
    const peb::Tensor both = peb::stack({sin(angles), cos(angles)}, -1);
    return both.reshape({place.dim(0), place.dim(1), 2 * pairs}).cast(PEB_MODEL);
  }

  double global_shift_, local_shift_, log_scaling_;
  std::vector<double> frequencies_;  // radians per slot, [d/2]
  peb::Tensor shift_, scale_;        // of this pass, [1, 1]
};

}  // namespace
PEB_PLUGIN(Cape)
