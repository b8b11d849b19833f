// Contextual position encoding (CoPE): Golovneva, Wang, Weston & Sukhbaatar 2024, "Contextual position
// encoding: learning to count what's important", arXiv:2405.18719.
//
//   g_ij    = sigmoid(logits_ij) where key j is visible to query i, else 0          g [B, H, Lq, Lk]
//   p_ij    = min(sum of g_ik over the keys k from j to i, npos_max - 1)
//   bias_ij = q_i . e[p_ij]                                                         e [npos_max, h]
//   e[p]    = (p - floor p) e[ceil p] + (1 - p + floor p) e[floor p]
//
// with a table per layer, shared by its heads. As in the paper's code the gates take the scaled logits and
// q . e[p] is not scaled (the text has no scale at all). The paper is causal and counts back from the query.
// Here a key after the query, under full attention, is counted from the query on: p_ij is the same sum over
// the keys between the two, both ends included. Where the query stands comes from the positions; the keys
// stand in the order of a window, oldest first.
//
// The code starts with a table of zeros (init_std = 0); then the bias is zero and the gates learn nothing
// in the first step.
#include <pebench/plugin.hpp>
#include <string>
#include <vector>

namespace {

class Cope : public peb::Encoder {
 public:
  static constexpr peb::Info info{"cope", "1.0.0", "arXiv:2405.18719", "Contextual position encoding"};
  static constexpr uint32_t flags = PEB_NEED_LOGITS | PEB_IS_SHIFT_INVARIANT | PEB_IS_EXTRAPOLATING;
  static constexpr auto options =
      peb::options(peb::integer("npos_max", 64, 2, 65536, "rows of the table: the greatest position, plus 1"),
                   peb::real("init_std", 0.02, 0.0, 1000.0, "standard deviation of the initial table"));

  Cope(peb::Build& build, const peb::Config& config, const peb::Values& values) : rows_(values["npos_max"]) {
    for (uint32_t layer = 0; layer < config.n_sites; ++layer) {
      tables_.push_back(
          build.normal("table." + std::to_string(layer), {rows_, config.d_head}, values["init_std"]));
    }
  }

  /// -> [B, H, Lq, Lk]
  peb::Tensor bias(const peb::Site& site) const {
    const peb::Tensor place = counted(site).clamp(0.0, static_cast<double>(rows_ - 1));
    const peb::Tensor by_row =
        matmul(site.q, tables_.at(site.layer).tensor().permute({1, 0}));  // [B, H, Lq, rows]
    const peb::Tensor step = by_row.slice(-1, 1, rows_) - by_row.slice(-1, 0, rows_ - 1);
    // The row below, or the last but one for a place on the last.
    const peb::Tensor row = place.clamp(0.0, static_cast<double>(rows_ - 2)).cast(PEB_I64);
    return by_row.gather(-1, row) + (place - row.cast(PEB_MODEL)) * step.gather(-1, row);
  }

 private:
  /// The sum of gates from each key to the query -> [B, H, Lq, Lk]
  static peb::Tensor counted(const peb::Site& site) {
    const peb::Tensor gates = sigmoid(site.logits) * site.visible.cast(PEB_MODEL);
    const peb::Tensor offset = site.relative_position();  // I64 [1 or B, 1, Lq, Lk]
    const peb::Tensor past = offset <= 0.0;
    const peb::Tensor to_query = (gates * past.cast(PEB_MODEL)).sum(-1),
                      to_previous = (gates * (offset < 0.0).cast(PEB_MODEL)).sum(-1);
    const peb::Tensor to_key = gates.cumsum(-1);
    return where(past, to_query - to_key + gates, to_key - to_previous);
  }

  int64_t rows_;
  std::vector<peb::Parameter> tables_;  // [npos_max, h], one per attention site
};

}  // namespace
PEB_PLUGIN(Cope)
