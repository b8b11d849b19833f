#include "host/worker/backbone/objective.h"

#include <algorithm>
#include <cmath>

#include "host/worker/backbone/choose.h"

namespace pebench::backbone {
namespace {

constexpr std::int64_t tile_numbers = 1 << 21;  // logits of a tile: they stay in the caches

struct Gradients {
  Tensor loss, states, items;
};

/// d loss / d logit = probability, less 1 at the target. The items' part is summed as [d, N], the layout in
/// which BLAS is twice as fast as in [N, d].
Gradients softmax_with_gradients(const Tensor& states, const Tensor& items, const Tensor& target) {
  const std::int64_t count = states.size(0);
  const std::int64_t rows = std::clamp<std::int64_t>(tile_numbers / items.size(0), 1, count);
  const Tensor by_item = items.t().contiguous();
  Gradients made{at::zeros({}, states.options()), at::empty_like(states), {}};
  Tensor of_items = at::zeros_like(by_item);
  Tensor buffer = at::empty({rows, items.size(0)}, states.options());
  for (std::int64_t first = 0; first < count; first += rows) {
    const std::int64_t n = std::min(rows, count - first);
    const Tensor tile = states.narrow(0, first, n), index = target.narrow(0, first, n).unsqueeze(1);
    Tensor p = buffer.narrow(0, 0, n);
    at::mm_out(p, tile, by_item);
    const Tensor own = p.gather(1, index), most = p.amax(1, /*keepdim=*/true);
    p.sub_(most).exp_();
    const Tensor total = p.sum(1, /*keepdim=*/true);  // p / total are the probabilities
    made.loss += (total.log() + most - own).sum();
    Tensor of_tile = made.states.narrow(0, first, n);
    at::mm_out(of_tile, p, items);
    of_tile.div_(total);
    of_items.addmm_((tile / total).t(), p);
  }
  made.states -= items.index_select(0, target);
  made.items = of_items.t().contiguous().index_add_(0, target, states, -1.0);
  return made;
}

}  // namespace

Objective objective_of(const contract::TrainSettings& train) {
  using Kind = Objective::Kind;
  return {choose<Kind>(train.objective, {{"bce", Kind::binary},
                                         {"gbce", Kind::calibrated},
                                         {"softmax", Kind::softmax},
                                         {"sampled_softmax", Kind::sampled_softmax}}),
          train.calibration};
}

Tensor binary_sum(const Objective& objective, std::int64_t items, const Tensor& target,
                  const Tensor& negatives) {
  const auto n = static_cast<double>(negatives.size(1));
  double beta = 1.0;
  if (objective.kind == Objective::Kind::calibrated) {
    const double alpha = n / static_cast<double>(items - 1);
    beta = alpha * (objective.calibration * (1.0 - 1.0 / alpha) + 1.0 / alpha);
  }
  return (at::softplus(-target).sum() * beta + at::softplus(negatives).sum()) / (1.0 + n);
}

Tensor sampled_softmax_sum(const Tensor& target, const Tensor& negatives, const Tensor& log_q) {
  const double log_n = std::log(static_cast<double>(negatives.size(1)));
  const Tensor all = at::cat({target.unsqueeze(1), negatives - log_q - log_n}, 1);
  return (at::logsumexp(all, {1}) - target).sum();
}

Tensor softmax_sum(const Tensor& states, const Tensor& items, const Tensor& target) {
  Gradients made;
  {
    at::NoGradGuard no_grad;
    made = softmax_with_gradients(states.detach(), items.detach(), target);
  }
  // A function that has these gradients and the value 0.
  const Tensor slope = (states * made.states).sum() + (items * made.items).sum();
  return made.loss + (slope - slope.detach());
}

Tensor plain_softmax_sum(const Tensor& states, const Tensor& items, const Tensor& target) {
  const Tensor logits = at::matmul(states, items.t());
  return (at::logsumexp(logits, {1}) - logits.gather(1, target.unsqueeze(1)).squeeze(1)).sum();
}

}  // namespace pebench::backbone
