// Rotary time: RoFormer's rotation (Su et al. 2021, arXiv:2104.09864) by the event's time instead of its
// position, as Gao & Dai 2024, "RoTHP: rotary position embedding-based transformer Hawkes process",
// arXiv:2405.06985, have it.
//
//   a_i = t * base^(-2i/h)        i < h/2; q and k [B, H, L, h] are turned by a, see ../rope/rotation.h
//
// t counts units (unit_days) since the data set's first event, in float64: float32 cannot tell minutes of
// unix time apart. q.k depends on times through their difference. The papers have times of order 1 per event;
// the unit is this plugin's: with a day, base 10000 and h = 64 the periods go from 6 days to 130 years.
#include <pebench/plugin.hpp>
#include <utility>
#include <vector>

#include "../rope/rotation.h"

namespace {

constexpr double kDay = 86400.0;  // seconds

class RotaryTime : public peb::Encoder {
 public:
  static constexpr peb::Info info{"rotary_time", "1.0.0", "arXiv:2405.06985", "Rotation by time"};
  static constexpr uint32_t flags = PEB_NEED_TIME | PEB_IS_SHIFT_INVARIANT | PEB_IS_EXTRAPOLATING;
  static constexpr auto options =
      peb::options(peb::real("base", 10000.0, 1.0, 1e12, "base of the geometric series of frequencies"),
                   peb::real("unit_days", 1.0, 1e-5, 1e5, "the unit of time, in days"));

  RotaryTime(peb::Build&, const peb::Config& config, const peb::Values& values)
      : unit_(static_cast<double>(values["unit_days"]) * kDay),
        frequencies_(rotation::frequencies(config.d_head, values["base"])) {
    if (config.d_head % 2 != 0)
      throw peb::Unsupported("rotary_time turns pairs of columns: the head width must be even");
  }

  /// q [B, H, Lq, h], k [B, H, Lk, h] -> the same shapes
  std::pair<peb::Tensor, peb::Tensor> rotate(const peb::Site& site, peb::Tensor q, peb::Tensor k) const {
    return {rotation::turned(q, site.query_time.cast(PEB_F64) / unit_, frequencies_),
            rotation::turned(k, site.key_time.cast(PEB_F64) / unit_, frequencies_)};
  }

 private:
  double unit_;                      // seconds
  std::vector<double> frequencies_;  // radians per unit, [h/2]
};

}  // namespace
PEB_PLUGIN(RotaryTime)
