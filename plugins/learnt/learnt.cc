// Learnt absolute positions: Gehring et al. 2017, "Convolutional sequence to sequence learning",
// arXiv:1705.03122.
//
//   e = table[position]         table [n_positions, d]
//   add:     y = x + e          x, y [B, L, d], e [1 or B, L, d]
//   concat:  y = [x ; e] W^T + b               W [d, 2d]
#include <optional>
#include <pebench/plugin.hpp>

namespace {

class Learnt : public peb::Encoder {
 public:
  static constexpr peb::Info info{"learnt", "1.0.0", "arXiv:1705.03122", "Learnt absolute positions"};
  static constexpr uint32_t flags = PEB_IS_AFFINE_INPUT;
  static constexpr auto options = peb::options(
      peb::boolean("concat", false, "project [x ; table row] from 2d to d instead of adding the row"),
      peb::real("init_std", 0.02, 0.0, 1000.0, "standard deviation of the initial table"));

  Learnt(peb::Build& build, const peb::Config& config, const peb::Values& values)
      : table_(build.normal("table", {config.n_positions, config.d_model}, values["init_std"])) {
    if (values["concat"]) projection_.emplace(build, "projection", 2 * config.d_model, config.d_model);
  }

  /// x [B, L, d] -> [B, L, d]
  peb::Tensor input(const peb::Sequence& sequence, peb::Tensor x) const {
    const peb::Tensor e = embedding(table_, sequence.position);
    if (!projection_) return x + e;
    return (*projection_)(peb::concat({x, e.expand({sequence.batch, -1, -1})}, -1));
  }

 private:
  peb::Parameter table_;
  std::optional<peb::Linear> projection_;
};

}  // namespace
PEB_PLUGIN(Learnt)
