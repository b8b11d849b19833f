#include "host/worker/backbone/carca/ranker.h"

#include <algorithm>
#include <cmath>

namespace pebench::carca {
namespace {

constexpr std::int64_t chunk = 2048;  // items whose rows of d floats stay in the second-level cache

Tensor every_item(const Config& config) { return at::arange(config.items + 1, at::kLong); }

/// w^h v_j^h for every head and key, [B, H, Lk, h]: the decoder's last layer moved to the values, so that a
/// logit is sum_h sum_j probs[h, j] * (o^h . weighted[h, j]) and y itself is never formed.
Tensor weighted_values(const Carca& model, const Tensor& states) {
  const auto& config = model.sizes();
  return model.decoder().value(states) * model.logit_weight().view({1, config.heads, 1, config.head_width()});
}

}  // namespace

Ranker::Ranker(const Carca& model) : model_(model) {
  at::NoGradGuard no_grad;
  const auto& config = model.sizes();
  const backbone::Encoding* encoding = model.encoding();
  bool affine = encoding == nullptr || encoding->affine_input();
  foldable_ = affine && config.fast && !config.encode_cross_attention && !config.candidate_position_is_index;
  items_ = model.items().fold(every_item(config));
  if (!foldable_) return;
  if (backbone::Encoding* e = model.encoding()) {
    Pass pass = new_pass();
    e->begin(pass.randomness());
    item_part_ =
        encode_candidates(items_->items) - encode_candidates(at::zeros_like(items_->items.narrow(0, 0, 1)));
  } else {
    item_part_ = items_->items;
  }
  item_query_ = at::matmul(item_part_, model.decoder().query_weight().t());
}

Pass Ranker::new_pass() const {
  return {std::make_unique<FoldedItems>(*items_), tensor::Randomness::in_evaluation()};
}

/// x [n, d], one candidate a row, at the position after the window -> [n, d]
Tensor Ranker::encode_candidates(const Tensor& x) {
  backbone::Encoding* encoding = model_.encoding();
  if (encoding == nullptr) return x;
  backbone::Sequence sequence;
  sequence.role = backbone::Sequence::Role::candidates;
  sequence.causal = model_.sizes().causal;
  sequence.position = at::full({1, x.size(0)}, model_.sizes().max_len, x.options().dtype(at::kLong));
  sequence.mask = at::ones({1, x.size(0)}, x.options().dtype(at::kBool));
  return encoding->input(sequence, x.unsqueeze(0)).squeeze(0);
}

Tensor Ranker::context_part(const backbone::Users& users) {
  return encode_candidates(items_->context_part(users.context));
}

Tensor Ranker::all(const backbone::Users& users) {
  at::NoGradGuard no_grad;
  Pass pass = new_pass();
  Profile profile = model_.profile(pass, users.window);
  if (foldable_) return folded_all(users, profile);
  const std::int64_t rows = users.window.rows();
  Tensor candidates =
      every_item(model_.sizes()).to(users.window.item.device()).unsqueeze(0).expand({rows, -1});
  std::vector<Tensor> parts;
  for (std::int64_t first = 0; first < candidates.size(1); first += chunk)
    parts.push_back(
        general(users, profile, candidates.narrow(1, first, std::min(chunk, candidates.size(1) - first))));
  return at::cat(parts, 1);
}

Tensor Ranker::lists(const backbone::Users& users, const Tensor& candidates) {
  at::NoGradGuard no_grad;
  Pass pass = new_pass();
  Profile profile = model_.profile(pass, users.window);
  return foldable_ ? folded_lists(users, profile, candidates) : general(users, profile, candidates);
}

Tensor Ranker::general(const backbone::Users& users, const Profile& profile, const Tensor& candidates) {
  const auto& config = model_.sizes();
  const std::int64_t rows = candidates.size(0), count = candidates.size(1);
  backbone::Window window;
  window.item = candidates;
  window.context = users.context.unsqueeze(1).expand({rows, count, config.context});
  window.mask = candidates.ne(0);
  window.position = config.candidate_position_is_index
                        ? published::index_positions(count).to(candidates.device())
                        : at::full({1, count}, config.max_len, candidates.options());
  if (users.time.defined()) window.time = users.time.unsqueeze(1).expand({rows, count});
  Pass pass = new_pass();
  Tensor visible = at::ones({1, 1, 1, 1}, window.mask.options());
  return model_.score(pass, profile, window, visible);
}

Tensor Ranker::folded_all(const backbone::Users& users, const Profile& profile) {
  const auto& config = model_.sizes();
  const auto& decoder = model_.decoder();
  const std::int64_t rows = users.window.rows(), total = item_part_.size(0);
  const std::int64_t H = config.heads, h = config.head_width(), d = config.width;
  Tensor o = context_part(users);                                                      // [B, d]
  Tensor q = at::linear(o, decoder.query_weight(), decoder.query_bias());              // [B, d]
  Tensor k = decoder.key(profile.states) * (1.0 / std::sqrt(static_cast<double>(h)));  // [B, H, L, h]
  Tensor values = weighted_values(model_, profile.states);                             // [B, H, L, h]
  Tensor scores = at::empty({rows, total}, item_part_.options());
  Tensor buffer = at::empty({std::min(chunk, total), d}, item_part_.options());
  for (std::int64_t b = 0; b < rows; ++b) {
    // Right-aligned windows: the keys of one user are the last ones.
    const std::int64_t length = users.window.mask[b].sum().item<std::int64_t>();
    Tensor keys = k[b].narrow(1, k.size(2) - length, length);  // [H, n, h]
    Tensor user_values = values[b].narrow(1, values.size(2) - length, length);
    for (std::int64_t first = 0; first < total; first += chunk) {
      const std::int64_t count = std::min(chunk, total - first);
      Tensor queries = buffer.narrow(0, 0, count);
      at::add_out(queries, item_query_.narrow(0, first, count), q[b]);
      at::leaky_relu_(queries, leaky_slope);
      Tensor items = item_part_.narrow(0, first, count);
      Tensor sum;
      for (std::int64_t head = 0; head < H; ++head) {
        Tensor weights =
            at::softmax(at::mm(queries.narrow(1, head * h, h), keys[head].t()), -1);  // [count, n]
        Tensor gain;
        switch (config.decoder_residual) {
          case Residual::multiply: {
            Tensor user_part = at::mv(user_values[head], o[b].narrow(0, head * h, h));  // [n]
            gain = at::addmm(user_part, items.narrow(1, head * h, h), user_values[head].t());
            break;
          }
          case Residual::add:
          case Residual::none:
            gain = user_values[head].sum(1);  // [n]
            break;
        }
        Tensor part = (weights * gain).sum(1);
        sum = sum.defined() ? sum.add_(part) : part;
      }
      if (config.decoder_residual == Residual::add)
        sum = sum + at::mv(items, model_.logit_weight()[0]) + at::dot(o[b], model_.logit_weight()[0]);
      Tensor place = scores[b].narrow(0, first, count);
      at::add_out(place, sum, model_.logit_bias());
    }
  }
  return scores;
}

Tensor Ranker::folded_lists(const backbone::Users& users, const Profile& profile, const Tensor& candidates) {
  const auto& config = model_.sizes();
  const auto& decoder = model_.decoder();
  const std::int64_t rows = candidates.size(0), count = candidates.size(1);
  Tensor context = context_part(users);
  Tensor o = at::embedding(item_part_, candidates) + context.unsqueeze(1);  // [B, C, d]
  Tensor user_query = at::linear(context, decoder.query_weight(), decoder.query_bias());
  Tensor q = at::leaky_relu(at::embedding(item_query_, candidates) + user_query.unsqueeze(1), leaky_slope);
  q = q.view({rows, count, config.heads, config.head_width()}).transpose(1, 2);
  Tensor k = decoder.key(profile.states), v = decoder.value(profile.states);
  Tensor logits = at::matmul(q, k.transpose(2, 3)) / std::sqrt(static_cast<double>(config.head_width()));
  Tensor visible = users.window.mask.unsqueeze(1).unsqueeze(1);
  Tensor weights = at::softmax(logits.masked_fill(visible.logical_not(), -1e10), -1);
  Tensor y = at::matmul(weights, v).transpose(1, 2).reshape({rows, count, config.width});
  return model_.logit(o, y);
}

}  // namespace pebench::carca
