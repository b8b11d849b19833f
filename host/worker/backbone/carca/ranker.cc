#include "host/worker/backbone/carca/ranker.h"

#include <algorithm>

#include "host/worker/backbone/attention_weights.h"

namespace pebench::carca {
namespace {

using Degree = backbone::Dependence::Degree;

constexpr std::int64_t chunk = 2048;  // items whose rows of d floats stay in the second-level cache
/// Numbers of one tensor of candidates while hooks run, whatever the catalogue and the window.
constexpr std::int64_t part_numbers = 1 << 22;

Tensor every_item(const Config& config) { return at::arange(config.items + 1, at::kLong); }

/// Calls use(first, count) for one part of [0, total) after the other.
template <class Use>
void in_parts(std::int64_t total, std::int64_t most, const Use& use) {
  for (std::int64_t first = 0; first < total; first += most) use(first, std::min(most, total - first));
}

/// The decoder's last layer moved to the values, so that the heads are never merged: a logit is
///   sum_hj weights[h, j] * (o . gain[h, j]) + o . rest + bias          decoder_residual = multiply
struct Gains {
  Gains(const Carca& model, const FoldedAttention& attention) {
    const auto& config = model.sizes();
    const std::int64_t H = config.heads, h = config.head_width();
    const Tensor& w = model.logit_weight();  // [1, d]
    if (!attention.output_weight.defined()) {
      by_key = attention.values * w.view({1, H, 1, h});
      if (attention.shift.defined()) rest = attention.shift.transpose(1, 2).flatten(1) * w;
      return;
    }
    // [1, H, h, d]: head by head what becomes of it in the merged heads' map.
    by_key = at::matmul(attention.values, attention.output_weight.view({1, H, h, config.width})) * w;
    Tensor constant = attention.output_bias.unsqueeze(0);  // [1, d]
    if (attention.shift.defined())
      constant = at::addmm(attention.output_bias, attention.shift.transpose(1, 2).flatten(1),
                           attention.output_weight);
    rest = constant.expand({attention.values.size(0), -1}) * w;
  }
  Tensor by_key;  ///< [B, H, L, h], of a head's own columns of o, or [B, H, L, d]
  Tensor rest;    ///< [B, d], or undefined for 0
};

}  // namespace

Ranker::Ranker(const Carca& model) : model_(model), way_(Way::folded) {
  at::NoGradGuard no_grad;
  const auto& config = model.sizes();
  items_ = model.items().fold(every_item(config));
  const bool second_softmax =
      hooks_in_decoder() && config.published.softmax_twice && model.encoding()->has_value();
  if (!config.fast || config.candidate_position_is_index || second_softmax) way_ = Way::general;
}

bool Ranker::hooks_in_decoder() const {
  return model_.sizes().encode_cross_attention && model_.encoding() != nullptr &&
         model_.encoding()->in_attention();
}

bool Ranker::next_way() {
  if (way_ != Way::general) {
    way_ = Way::general;
    return true;
  }
  const bool missed = model_.encoding()->misses_parts() && !keeps_parts_;
  keeps_parts_ = keeps_parts_ || missed;
  return missed;
}

Tensor Ranker::ranked(const backbone::Users& users, const std::function<Tensor(const Prepared&)>& score) {
  at::NoGradGuard no_grad;
  for (;;) {
    const Way way = way_;
    try {
      const Prepared prepared = prepare(users);
      if (way_ == way) return score(prepared);
      // Another way begins with a pass of its own, in which the encoding was asked for nothing else.
    } catch (const backbone::EncodingError&) {
      // Hooks were asked for more than the contract says they serve; what is wrong with them comes again.
      if (!next_way()) throw;
    }
  }
}

Ranker::Prepared Ranker::prepare(const backbone::Users& users) {
  Prepared prepared;
  const std::int64_t position = backbone::next_position(users.window);
  if (position != next_position_) item_part_ = Tensor();  // what an encoding makes of items is of one place
  next_position_ = position;
  prepared.pass =
      std::make_unique<Pass>(std::make_unique<FoldedItems>(*items_), tensor::Randomness::in_evaluation());
  prepared.profile = model_.profile(*prepared.pass, users.window);
  if (way_ != Way::general && !item_part_.defined()) prepare_items(users.time.defined());
  if (way_ != Way::general) {
    const Tensor time = users.time.defined() ? users.time.unsqueeze(1) : Tensor();
    prepared.context = encode_candidates(items_->context_part(users.context).unsqueeze(1), time).squeeze(1);
  }
  if (way_ == Way::folded && hooks_in_decoder()) {
    Fold folded = fold(model_, prepared.profile, users.time, *model_.encoding());
    prepared.attention = std::move(folded.attention);
    if (folded.degree > Degree::affine) way_ = folded.degree == Degree::unknown ? Way::general : Way::hooked;
  } else if (way_ == Way::folded) {
    prepared.attention = fold(model_, prepared.profile);
  }
  return prepared;
}

Tensor Ranker::encode_candidates(const Tensor& x, const Tensor& time) {
  backbone::Encoding* encoding = model_.encoding();
  if (encoding == nullptr) return x;
  backbone::Sequence sequence;
  sequence.role = backbone::Sequence::Role::candidates;
  sequence.causal = model_.sizes().causal;
  sequence.position = at::full({1, x.size(1)}, next_position_, x.options().dtype(at::kLong));
  sequence.time = time;
  sequence.mask = at::ones({x.size(0), x.size(1)}, x.options().dtype(at::kBool));
  sequence.variable = backbone::Variable::embedding;
  const Tensor encoded = encoding->input(sequence, x);
  const auto dependence = encoding->dependence();
  const bool one_map_for_all = dependence.degree <= Degree::affine && !dependence.slope_of_user;
  if (!one_map_for_all && !encoding->affine_input()) way_ = Way::general;
  return encoded;
}

void Ranker::prepare_items(bool timed) {
  const auto times = [&](std::int64_t count) {
    return timed ? at::zeros({1, count}, items_->items.options().dtype(at::kLong)) : Tensor();
  };
  const auto encoded = [&](const Tensor& rows) {
    if (model_.encoding() != nullptr) model_.encoding()->begin_part();
    return encode_candidates(rows.unsqueeze(0), times(rows.size(0))).squeeze(0);
  };
  const Tensor& items = items_->items;
  Tensor part = items;
  if (model_.encoding() != nullptr) {
    const Tensor of_none = encoded(at::zeros_like(items.narrow(0, 0, 1)));
    part = at::empty_like(items);
    in_parts(items.size(0), part_numbers / items.size(1), [&](std::int64_t first, std::int64_t count) {
      part.narrow(0, first, count).copy_(encoded(items.narrow(0, first, count)) - of_none);
    });
  }
  item_query_ = at::matmul(part, model_.decoder().query_weight().t());
  item_part_ = part;
}

Tensor Ranker::all(const backbone::Users& users) {
  return ranked(users, [&](const Prepared& prepared) {
    if (way_ == Way::folded) return folded_all(users, prepared);
    if (way_ == Way::hooked) return hooked_all(users, prepared);
    const Tensor candidates = every_item(model_.sizes()).to(users.window.item.device()).unsqueeze(0);
    return general(users, prepared, candidates.expand({users.window.rows(), -1}));
  });
}

Tensor Ranker::lists(const backbone::Users& users, const Tensor& candidates) {
  return ranked(users, [&](const Prepared& prepared) {
    if (way_ == Way::folded) return folded_lists(users, prepared, candidates);
    if (way_ == Way::hooked) return hooked_lists(users, prepared, candidates);
    return general(users, prepared, candidates);
  });
}

Tensor Ranker::general(const backbone::Users& users, const Prepared& prepared,
                       const Tensor& candidates) const {
  const auto& config = model_.sizes();
  const Profile& profile = prepared.profile;
  const std::int64_t rows = candidates.size(0), total = candidates.size(1);
  const std::int64_t of_pair = config.width + config.heads * profile.window.length();
  const std::int64_t most = std::max<std::int64_t>(1, part_numbers / (rows * of_pair));
  const Tensor visible = at::ones({1, 1, 1, 1}, profile.window.mask.options());
  const Tensor positions = config.candidate_position_is_index
                               ? published::index_positions(total).to(candidates.device())
                               : at::full({1, total}, next_position_, candidates.options());
  Tensor scores = at::empty({rows, total}, profile.states.options());
  in_parts(total, most, [&](std::int64_t first, std::int64_t count) {
    if (model_.encoding() != nullptr && !keeps_parts_) model_.encoding()->begin_part();
    backbone::Window window;
    window.item = candidates.narrow(1, first, count);
    window.context = users.context.unsqueeze(1).expand({rows, count, config.context});
    window.mask = window.item.ne(0);
    window.position = positions.narrow(1, first, count);
    if (users.time.defined()) window.time = users.time.unsqueeze(1).expand({rows, count});
    scores.narrow(1, first, count).copy_(model_.score(*prepared.pass, profile, window, visible));
  });
  return scores;
}

Tensor Ranker::folded_all(const backbone::Users& users, const Prepared& prepared) const {
  const auto& config = model_.sizes();
  const auto& decoder = model_.decoder();
  const FoldedAttention& attention = prepared.attention;
  const std::int64_t rows = users.window.rows(), total = item_part_.size(0), length = users.window.length();
  const std::int64_t H = config.heads, h = config.head_width(), d = config.width;
  const Tensor& o = prepared.context;                                      // [B, d]
  Tensor q = at::linear(o, decoder.query_weight(), decoder.query_bias());  // [B, d]
  const Gains gains(model_, attention);
  Tensor scores = at::empty({rows, total}, item_part_.options());
  Tensor buffer = at::empty({std::min(chunk, total), d}, item_part_.options());
  for (std::int64_t b = 0; b < rows; ++b) {
    // Right-aligned windows: the keys of one user are the last ones.
    const std::int64_t n = users.window.mask[b].sum().item<std::int64_t>();
    const auto own = [&](const Tensor& t, std::int64_t axis) { return t[b].narrow(axis, length - n, n); };
    Tensor keys = own(attention.keys, 2);                                              // [H, h, n]
    Tensor by_key = own(gains.by_key, 1);                                              // [H, n, h or d]
    Tensor offset = attention.offset.defined() ? own(attention.offset, 2) : Tensor();  // [H, 1, n]
    const std::int64_t columns = by_key.size(2);
    in_parts(total, chunk, [&](std::int64_t first, std::int64_t count) {
      Tensor queries = buffer.narrow(0, 0, count);
      at::add_out(queries, item_query_.narrow(0, first, count), q[b]);
      at::leaky_relu_(queries, leaky_slope);
      Tensor items = item_part_.narrow(0, first, count);
      Tensor sum;
      for (std::int64_t head = 0; head < H; ++head) {
        const Tensor query = queries.narrow(1, head * h, h);
        Tensor logits =
            offset.defined() ? at::addmm(offset[head], query, keys[head]) : at::mm(query, keys[head]);
        Tensor weights = at::softmax(logits, -1);  // [count, n]
        Tensor gain;
        switch (config.decoder_residual) {
          case Residual::multiply: {
            const std::int64_t column = columns == d ? 0 : head * h;
            Tensor user_part = at::mv(by_key[head], o[b].narrow(0, column, columns));  // [n]
            gain = at::addmm(user_part, items.narrow(1, column, columns), by_key[head].t());
            break;
          }
          case Residual::add:
          case Residual::none:
            gain = by_key[head].sum(1);  // [n]
            break;
        }
        Tensor part = (weights * gain).sum(1);
        sum = sum.defined() ? sum.add_(part) : part;
      }
      if (gains.rest.defined())
        sum = config.decoder_residual == Residual::multiply
                  ? sum + at::mv(items, gains.rest[b]) + at::dot(o[b], gains.rest[b])
                  : sum + gains.rest[b].sum();
      if (config.decoder_residual == Residual::add)
        sum = sum + at::mv(items, model_.logit_weight()[0]) + at::dot(o[b], model_.logit_weight()[0]);
      Tensor place = scores[b].narrow(0, first, count);
      at::add_out(place, sum, model_.logit_bias());
    });
  }
  return scores;
}

Tensor Ranker::folded_lists(const backbone::Users& users, const Prepared& prepared,
                            const Tensor& candidates) const {
  const auto& config = model_.sizes();
  const auto& decoder = model_.decoder();
  const FoldedAttention& attention = prepared.attention;
  const std::int64_t rows = candidates.size(0), count = candidates.size(1);
  Tensor o = at::embedding(item_part_, candidates) + prepared.context.unsqueeze(1);  // [B, C, d]
  Tensor user_query = at::linear(prepared.context, decoder.query_weight(), decoder.query_bias());
  Tensor q = at::leaky_relu(at::embedding(item_query_, candidates) + user_query.unsqueeze(1), leaky_slope);
  q = q.view({rows, count, config.heads, config.head_width()}).transpose(1, 2);
  Tensor logits = at::matmul(q, attention.keys);
  if (attention.offset.defined()) logits = logits + attention.offset;
  Tensor weights = backbone::attention_weights(logits, users.window.mask.unsqueeze(1).unsqueeze(1));
  Tensor y = at::matmul(weights, attention.values);
  if (attention.shift.defined()) y = y + attention.shift;
  y = y.transpose(1, 2).reshape({rows, count, config.width});
  if (attention.output_weight.defined()) y = at::matmul(y, attention.output_weight) + attention.output_bias;
  return model_.logit(o, y);
}

}  // namespace pebench::carca
