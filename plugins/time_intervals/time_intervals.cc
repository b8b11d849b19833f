// Time intervals as relations: Li, Wang & McAuley 2020, "Time interval aware self-attention for sequential
// recommendation" (TiSASRec), doi:10.1145/3336191.3371786.
//
//   r_ij      = min(max_interval, floor(|t_i - t_j| / s_i))              r [B, Lq, Lk]: max_interval + 1 rows
//   s_i       = the smallest interval other than 0 between keys that query i sees; 1 s where there is none
//   logits_ij = q_i . (k_j + KT[r_ij] + KP[key_position_j]) / sqrt(h)
//   context_i = sum_j p_ij (v_j + VT[r_ij] + VP[key_position_j])
//
// KT, VT [max_interval + 1, d] and KP, VP [n_positions, d] are shared by all layers; each head takes its h
// columns. The paper personalises by the smallest interval of the user's whole sequence, test events
// included; here a query knows of no event that it cannot see, and padding never counts. The published code
// divides and rounds the times before it takes differences; this follows the text. Its dropout on the tables
// is left out: it would need KT[r], B * Lq * Lk * d numbers. As in relative attention each query meets all
// rows at once and the products are gathered by interval; on the way back the weights are summed by interval
// first.
#include <optional>
#include <pebench/plugin.hpp>

namespace {

class TimeIntervals : public peb::Encoder {
 public:
  static constexpr peb::Info info{"time_intervals", "1.0.0", "doi:10.1145/3336191.3371786",
                                  "Personalised relative time intervals"};
  static constexpr uint32_t flags = PEB_NEED_TIME | PEB_NEED_PROBS;
  static constexpr auto options = peb::options(
      peb::integer("max_interval", 256, 1, 65536, "intervals beyond it share a row of the tables"),
      peb::boolean("positions", true, "the tables of absolute positions that the paper adds"));

  TimeIntervals(peb::Build& build, const peb::Config& config, const peb::Values& values)
      : rows_(static_cast<int64_t>(values["max_interval"]) + 1) {
    key_intervals_ = build.xavier("key_intervals", {rows_, config.d_model});
    value_intervals_ = build.xavier("value_intervals", {rows_, config.d_model});
    if (values["positions"]) {
      key_positions_ = build.xavier("key_positions", {config.n_positions, config.d_model});
      value_positions_ = build.xavier("value_positions", {config.n_positions, config.d_model});
    }
  }

  /// -> [B, H, Lq, Lk]
  peb::Tensor bias(const peb::Site& site) const {
    const peb::Tensor q = site.q * site.scale;
    const peb::Tensor table = by_head(site, key_intervals_.tensor().unsqueeze(0));  // [1, H, rows, h]
    const peb::Tensor bias = matmul(q, table.transpose(2, 3)).gather(-1, interval(site));
    if (!key_positions_) return bias;
    return bias + matmul(q, by_head(site, embedding(key_positions_, site.key_position)).transpose(2, 3));
  }

  /// -> [B, H, Lq, h]
  peb::Tensor value(const peb::Site& site) const {
    const peb::Tensor by_interval = site.probs.scatter_add(-1, interval(site), rows_);  // [B, H, Lq, rows]
    const peb::Tensor value = matmul(by_interval, by_head(site, value_intervals_.tensor().unsqueeze(0)));
    if (!value_positions_) return value;
    return value + matmul(site.probs, by_head(site, embedding(value_positions_, site.key_position)));
  }

 private:
  /// Rows [1 or B, n, d] -> [1 or B, H, n, h]
  static peb::Tensor by_head(const peb::Site& site, const peb::Tensor& rows) {
    const peb::Dims dims = rows.shape();
    return rows.reshape({dims[0], dims[1], site.heads, site.head_width}).transpose(1, 2);
  }

  /// r of every query and key -> I64 [B, 1, Lq, Lk]
  peb::Tensor interval(const peb::Site& site) const {
    const peb::Tensor keys = site.key_time.unsqueeze(1).unsqueeze(1);  // [B, 1, 1, Lk]
    const peb::Tensor seconds = abs(site.query_time.unsqueeze(1).unsqueeze(-1) - keys);
    return (seconds / smallest(site, keys)).clamp(0.0, static_cast<double>(rows_ - 1));
  }

  /// s of every query, seconds -> I64 [B, 1, 1 or Lq, 1]. Keys stand oldest first, and those that a query
  /// sees next to each other, so that the smallest interval is one between neighbours.
  static peb::Tensor smallest(const peb::Site& site, const peb::Tensor& keys) {
    constexpr double never = 4611686018427387904.0;  // 2^62 seconds
    const int64_t n = site.keys;
    const peb::Tensor one = site.pass.full(1.0, {1, 1, 1, 1}, PEB_I64);
    if (n < 2) return one;
    const peb::Tensor gap = keys.slice(-1, 1, n) - keys.slice(-1, 0, n - 1);  // [B, 1, 1, Lk - 1]
    const peb::Tensor seen = site.visible.cast(PEB_I64).expand({-1, -1, -1, n});
    const peb::Tensor counts = seen.slice(-1, 1, n) * seen.slice(-1, 0, n - 1) * sign(gap);
    const peb::Tensor none = site.pass.full(never, {1, 1, 1, 1}, PEB_I64);
    const peb::Tensor least = -(-where(counts > 0.0, gap, none)).amax(-1);
    return where(least < never, least, one);
  }

  int64_t rows_;
  peb::Parameter key_intervals_, value_intervals_;  // [rows, d]
  peb::Parameter key_positions_, value_positions_;  // [n_positions, d], or none
};

}  // namespace
PEB_PLUGIN(TimeIntervals)
