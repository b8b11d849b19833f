#include "host/worker/backbone/carca/folded_attention.h"

#include <algorithm>
#include <cmath>

#include "host/worker/backbone/attention_weights.h"

namespace pebench::carca {
namespace {

using backbone::Site;
using backbone::Variable;
using Degree = backbone::Dependence::Degree;

constexpr std::int64_t group_numbers = 1 << 21;  // of a tensor [users, H, rows, L] while maps are read

/// [rows, size]: zeros, then unit vectors, then zeros again. What an affine map makes of them is its
/// constant, and its constant plus each column.
Tensor readers(std::int64_t rows, std::int64_t size, const at::TensorOptions& options) {
  return at::eye(rows, options).narrow(1, 1, size).contiguous();
}

/// A map of vectors of `size`, read off rows [.., rows, m].
struct Map {
  Map(const Tensor& rows, std::int64_t size, Degree degree) : constant(rows.narrow(-2, 0, 1)) {
    if (degree == Degree::none) return;
    // Where the constant is infinite so are all rows: what the variable adds is lost, and is not NaN.
    slope = (rows.narrow(-2, 1, size) - constant).masked_fill(constant.isinf(), 0.0);
  }
  Tensor constant;  ///< [.., 1, m]
  Tensor slope;     ///< [.., size, m], undefined for none
};

/// Reads the maps of a group of users.
class Reader {
 public:
  Reader(const Carca& model, backbone::Encoding& encoding) : model_(model), encoding_(encoding) {}

  /// Keys and values [b, H, L, h] of the group, the states [b, L, d] they are made of, and its part of the
  /// layout.
  FoldedAttention read(const Tensor& states, const Tensor& keys, const Tensor& values,
                       const backbone::Window& window, const Tensor& time) {
    const auto& config = model_.sizes();
    const std::int64_t users = keys.size(0), length = keys.size(2), width = config.head_width();
    // As many rows for both maps: an encoding may keep what it made of the sizes in one hook for the next.
    const std::int64_t rows = std::max(width, length) + 1;
    Site site = site_of(states, keys, values, window, time, rows);
    const auto rows_of = [&](std::int64_t size) {
      return readers(rows, size, keys.options()).expand({users, config.heads, rows, size});
    };

    FoldedAttention folded;
    site.variable = Variable::query;
    site.q = rows_of(width);
    encoding_.rotate(site, site.q, site.k);
    see(encoding_.dependence());
    const Tensor logits = at::matmul(site.q * site.scale, site.k.transpose(2, 3));
    const Map of_query(logits, width, Degree::affine);
    folded.keys = of_query.slope;
    folded.offset = of_query.constant;
    if (encoding_.needs_logits()) site.logits = logits;
    if (const Tensor bias = encoding_.bias(site); bias.defined()) {
      const Map added(bias.expand_as(logits), width, encoding_.dependence().degree);
      see(encoding_.dependence());
      if (added.slope.defined()) folded.keys = folded.keys + added.slope;
      folded.offset = backbone::biased(folded.offset, added.constant);
    }

    site.variable = Variable::weights;
    if (encoding_.needs_probs()) site.probs = rows_of(length);
    folded.values = values;
    if (const Tensor value = encoding_.value(site); value.defined()) {
      const Map added(value, length, encoding_.dependence().degree);
      see(encoding_.dependence());
      if (added.slope.defined()) folded.values = folded.values + added.slope;
      folded.shift = added.constant;
    }
    return folded;
  }

  /// The map of the merged heads, which must be the same for all users: read from the first one.
  void read_output(FoldedAttention& folded, const Tensor& states, const Tensor& keys, const Tensor& values,
                   const backbone::Window& window, const Tensor& time) {
    const auto& config = model_.sizes();
    const std::int64_t rows = config.width + 1;
    Site site = site_of(states, keys, values, window, time, rows);
    site.variable = Variable::heads;
    site.q = at::zeros({1, config.heads, rows, config.head_width()}, keys.options());
    if (encoding_.needs_probs())
      site.probs = at::zeros({1, config.heads, rows, keys.size(2)}, keys.options());
    const Tensor heads = readers(rows, config.width, keys.options()).unsqueeze(0);
    const Tensor y = encoding_.output(site, heads);
    see(encoding_.dependence());
    if (y.is_same(heads)) return;
    if (encoding_.dependence().of_user) degree = std::max(degree, Degree::other);
    const Map map(y[0], config.width, Degree::affine);
    folded.output_weight = map.slope;
    folded.output_bias = map.constant[0];
  }

  Degree degree = Degree::none;  ///< the greatest of all hooks'

 private:
  void see(const backbone::Dependence& dependence) { degree = std::max(degree, dependence.degree); }

  Site site_of(const Tensor& states, const Tensor& keys, const Tensor& values, const backbone::Window& window,
               const Tensor& time, std::int64_t rows) const {
    const auto& config = model_.sizes();
    Site site;
    site.cross = true;
    site.causal = config.causal;
    site.layer = config.blocks;
    site.scale = 1.0 / std::sqrt(static_cast<double>(config.head_width()));
    site.k = keys;
    site.v = values;
    site.query_position = at::full({1, rows}, backbone::next_position(window), window.position.options());
    site.key_position = window.position;
    if (time.defined()) site.query_time = time.unsqueeze(1).expand({-1, rows});
    site.key_time = window.time;
    site.visible = window.mask.unsqueeze(1).unsqueeze(1);
    if (encoding_.needs_hidden()) {
      // Rows that serve to read maps of queries are made of no state: who looks at it is not folded.
      site.query_hidden = at::zeros({states.size(0), rows, config.width}, states.options());
      site.key_hidden = states;
    }
    return site;
  }

  const Carca& model_;
  backbone::Encoding& encoding_;
};

/// What a layout knows of users first .. first + count - 1.
backbone::Window rows_of(const backbone::Window& window, std::int64_t first, std::int64_t count) {
  const auto rows = [&](const Tensor& t) {
    return !t.defined() || t.size(0) == 1 ? t : t.narrow(0, first, count);
  };
  backbone::Window part;
  part.mask = window.mask.narrow(0, first, count);
  part.position = rows(window.position);
  part.time = window.time.defined() ? window.time.narrow(0, first, count) : Tensor();
  return part;
}

Tensor joined(std::vector<FoldedAttention>& parts, Tensor FoldedAttention::*member) {
  if (!(parts[0].*member).defined()) return {};
  std::vector<Tensor> all;
  for (const auto& part : parts) all.push_back(part.*member);
  return at::cat(all, 0);
}

}  // namespace

FoldedAttention fold(const Carca& model, const Profile& profile) {
  const double scale = 1.0 / std::sqrt(static_cast<double>(model.sizes().head_width()));
  FoldedAttention folded;
  folded.keys = (model.decoder().key(profile.states) * scale).transpose(2, 3);
  folded.values = model.decoder().value(profile.states);
  return folded;
}

Fold fold(const Carca& model, const Profile& profile, const Tensor& time, backbone::Encoding& encoding) {
  const auto& config = model.sizes();
  const Tensor keys = model.decoder().key(profile.states), values = model.decoder().value(profile.states);
  const std::int64_t users = keys.size(0), length = keys.size(2);
  const std::int64_t rows = std::max(config.head_width(), length) + 1;
  const std::int64_t group = std::max<std::int64_t>(1, group_numbers / (config.heads * rows * length));
  Reader reader(model, encoding);
  std::vector<FoldedAttention> parts;
  for (std::int64_t first = 0; first < users; first += group) {
    const std::int64_t count = std::min(group, users - first);
    encoding.begin_part();
    parts.push_back(reader.read(profile.states.narrow(0, first, count), keys.narrow(0, first, count),
                                values.narrow(0, first, count), rows_of(profile.window, first, count),
                                time.defined() ? time.narrow(0, first, count) : time));
  }
  Fold folded;
  folded.attention = {joined(parts, &FoldedAttention::keys),
                      joined(parts, &FoldedAttention::offset),
                      joined(parts, &FoldedAttention::values),
                      joined(parts, &FoldedAttention::shift),
                      {},
                      {}};
  encoding.begin_part();
  reader.read_output(folded.attention, profile.states.narrow(0, 0, 1), keys.narrow(0, 0, 1),
                     values.narrow(0, 0, 1), rows_of(profile.window, 0, 1),
                     time.defined() ? time.narrow(0, 0, 1) : time);
  folded.degree = reader.degree;
  return folded;
}

}  // namespace pebench::carca
