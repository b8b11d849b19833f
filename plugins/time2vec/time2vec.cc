// Time2Vec: Kazemi et al. 2019, "Time2Vec: learning a vector representation of time", arXiv:1907.05321.
//
//   e_0 = w_0 t + b_0,   e_i = sin(w_i t + b_i)      i = 1 .. d - 1; t [B, L], e [B, L, d]
//   add:     y = x + e                               x, y [B, L, d]
//   concat:  y = [x ; e] W^T + b                     W [d, 2d]; the paper feeds e beside the other inputs
//
// t counts units (unit_days, a year by default) since the data set's first event, in float64: float32 cannot
// tell minutes of unix time apart. The unit is to be of the order of the data's span: then e_0 stays of order
// 1, and a step of the optimiser turns no phase by more than a fraction of a turn. In smaller units both go
// wild. An angular frequency of a year is 6.28 per year, of a week 328, of a day 2295, of an hour 55,000. The
// paper leaves initial values open; here w_i is normal with deviation frequency_std, b_i uniform over a turn,
// w_0 normal with deviation 0.1 and b_0 zero.
#include <optional>
#include <pebench/plugin.hpp>

namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kDay = 86400.0;  // seconds

class Time2Vec : public peb::Encoder {
 public:
  static constexpr peb::Info info{"time2vec", "1.0.0", "arXiv:1907.05321", "A vector representation of time"};
  static constexpr uint32_t flags =
      PEB_NEED_TIME | PEB_IS_AFFINE_INPUT | PEB_IS_SHIFT_INVARIANT | PEB_IS_EXTRAPOLATING;
  static constexpr auto options = peb::options(
      peb::boolean("concat", false, "project [x ; e] from 2d to d instead of adding e"),
      peb::real("unit_days", 365.25, 1e-5, 1e5, "the unit of time, in days: about the span of the data"),
      peb::real("frequency_std", 100.0, 0.0, 1e9,
                "standard deviation of the initial angular frequencies, in radians per unit"));

  Time2Vec(peb::Build& build, const peb::Config& config, const peb::Values& values)
      : unit_(static_cast<double>(values["unit_days"]) * kDay) {
    if (config.d_model < 2)
      throw peb::Unsupported("time2vec has a linear and a periodic part: the width must be at least 2");
    const int64_t waves = config.d_model - 1;
    slope_ = build.normal("slope", {1}, 0.1);
    offset_ = build.zeros("offset", {1});
    frequency_ = build.normal("frequency", {waves}, values["frequency_std"]);
    phase_ = build.uniform("phase", {waves}, -kPi, kPi);
    if (values["concat"]) projection_.emplace(build, "projection", 2 * config.d_model, config.d_model);
  }

  /// x [B, L, d] -> [B, L, d]
  peb::Tensor input(const peb::Sequence& sequence, peb::Tensor x) const {
    const peb::Tensor time = sequence.time.cast(PEB_F64).unsqueeze(-1) / unit_;  // [B, L, 1]
    const peb::Tensor line = affine(time, slope_, offset_), waves = sin(affine(time, frequency_, phase_));
    const peb::Tensor e = peb::concat({line, waves}, -1).cast(PEB_MODEL);
    return projection_ ? (*projection_)(peb::concat({x, e}, -1)) : x + e;
  }

 private:
  /// time [B, L, 1], weight and bias [n] -> [B, L, n] in float64
  static peb::Tensor affine(const peb::Tensor& time, const peb::Parameter& weight,
                            const peb::Parameter& bias) {
    return time * weight.tensor().cast(PEB_F64) + bias.tensor().cast(PEB_F64);
  }

  double unit_;  // seconds
  peb::Parameter slope_, offset_, frequency_, phase_;
  std::optional<peb::Linear> projection_;
};

}  // namespace
PEB_PLUGIN(Time2Vec)
