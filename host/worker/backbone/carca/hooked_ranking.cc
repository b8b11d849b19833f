// Ranking where hooks of attention are called for every candidate: embeddings and queries are folded all the
// same.

#include <algorithm>

#include "host/worker/backbone/carca/ranker.h"

namespace pebench::carca {
namespace {

/// Numbers of one tensor of candidates: several of them stay in the second-level cache.
constexpr std::int64_t part_numbers = 1 << 16;

Layout layout_of(const backbone::Window& profile, std::int64_t candidates, const Tensor& time) {
  Layout layout;
  layout.query_position =
      at::full({1, candidates}, backbone::next_position(profile), profile.position.options());
  layout.key_position = profile.position;
  if (time.defined()) layout.query_time = time.unsqueeze(1).expand({-1, candidates});
  layout.key_time = profile.time;
  layout.visible = profile.mask.unsqueeze(1).unsqueeze(1);
  return layout;
}

/// The events of user b alone, without the padding before them.
backbone::Window of_user(const backbone::Window& window, std::int64_t b, std::int64_t events) {
  const auto own = [&](const Tensor& t) {
    if (!t.defined()) return t;
    return t.narrow(0, t.size(0) == 1 ? 0 : b, 1).narrow(1, window.length() - events, events);
  };
  backbone::Window user;
  user.mask = own(window.mask);
  user.position = own(window.position);
  user.time = own(window.time);
  return user;
}

}  // namespace

Tensor Ranker::hooked_all(const backbone::Users& users, const Prepared& prepared) const {
  const auto& config = model_.sizes();
  const auto& decoder = model_.decoder();
  const std::int64_t rows = users.window.rows(), total = item_part_.size(0);
  const std::int64_t H = config.heads, h = config.head_width();
  const Tensor q = at::linear(prepared.context, decoder.query_weight(), decoder.query_bias());  // [B, d]
  const Tensor& states = prepared.profile.states;
  const Tensor keys = decoder.key(states), values = decoder.value(states);
  Tensor scores = at::empty({rows, total}, item_part_.options());
  for (std::int64_t b = 0; b < rows; ++b) {
    const std::int64_t n = users.window.mask[b].sum().item<std::int64_t>();
    const auto own = [&](const Tensor& t) { return t.narrow(0, b, 1).narrow(2, t.size(2) - n, n); };
    const Tensor user_keys = own(keys), user_values = own(values);
    const Tensor user_states = states.narrow(0, b, 1).narrow(1, states.size(1) - n, n);
    const backbone::Window window = of_user(users.window, b, n);
    const Tensor time = users.time.defined() ? users.time.narrow(0, b, 1) : Tensor();
    const std::int64_t most = std::max<std::int64_t>(1, part_numbers / (config.width + H * n));
    for (std::int64_t first = 0; first < total; first += most) {
      const std::int64_t count = std::min(most, total - first);
      model_.encoding()->begin_part();
      Tensor queries = item_query_.narrow(0, first, count) + q[b];
      at::leaky_relu_(queries, leaky_slope);
      Layout layout = layout_of(window, count, time);
      layout.all_visible = true;  // no padding is left
      const Tensor o = (item_part_.narrow(0, first, count) + prepared.context[b]).unsqueeze(0);
      const Tensor y = decoder.attend({o, user_states}, queries.view({1, count, H, h}).transpose(1, 2),
                                      user_keys, user_values, layout, config.blocks, /*cross=*/true,
                                      model_.encoding(), prepared.pass->randomness());
      scores[b].narrow(0, first, count).copy_(model_.logit(o, y).squeeze(0));
    }
  }
  return scores;
}

Tensor Ranker::hooked_lists(const backbone::Users& users, const Prepared& prepared,
                            const Tensor& candidates) const {
  const auto& config = model_.sizes();
  const auto& decoder = model_.decoder();
  const Tensor& states = prepared.profile.states;
  const std::int64_t rows = candidates.size(0), count = candidates.size(1);
  const Tensor o = at::embedding(item_part_, candidates) + prepared.context.unsqueeze(1);  // [B, C, d]
  const Tensor q = at::linear(prepared.context, decoder.query_weight(), decoder.query_bias());
  const Tensor queries = at::leaky_relu(at::embedding(item_query_, candidates) + q.unsqueeze(1), leaky_slope);
  const Tensor y = decoder.attend(
      {o, states}, queries.view({rows, count, config.heads, config.head_width()}).transpose(1, 2),
      decoder.key(states), decoder.value(states), layout_of(users.window, count, users.time), config.blocks,
      /*cross=*/true, model_.encoding(), prepared.pass->randomness());
  return model_.logit(o, y);
}

}  // namespace pebench::carca
