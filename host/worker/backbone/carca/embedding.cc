#include "host/worker/backbone/carca/embedding.h"

#include <cmath>

namespace pebench::carca {

Tensor FoldedItems::at(const Tensor& item, const Tensor& context) const {
  return at::embedding(items, item, /*padding_idx=*/0) + context_part(context);
}

Tensor FoldedItems::of_context(const Tensor& context) const { return at::matmul(context, by_context); }

Tensor FoldedItems::context_part(const Tensor& context) const { return of_context(context) + bias; }

namespace {

/// The formula as it is written, slot by slot.
class PlainItems : public EmbeddedItems {
 public:
  PlainItems(Tensor identity, Tensor attributes, Tensor feature_weight, Tensor feature_bias,
             Tensor joint_weight, Tensor joint_bias)
      : identity_(std::move(identity)),
        attributes_(std::move(attributes)),
        feature_weight_(std::move(feature_weight)),
        feature_bias_(std::move(feature_bias)),
        joint_weight_(std::move(joint_weight)),
        joint_bias_(std::move(joint_bias)) {}

  Tensor at(const Tensor& item, const Tensor& context) const override {
    return joint(context, at::embedding(attributes_, item), at::embedding(identity_, item));
  }

  Tensor without_context() const override {
    const std::int64_t context = feature_weight_.size(1) - attributes_.size(1);
    return joint(at::zeros({identity_.size(0), context}, identity_.options()), attributes_, identity_);
  }

  Tensor of_context(const Tensor& context) const override {
    const Tensor features = at::linear(context, feature_weight_.narrow(1, 0, context.size(-1)));
    return at::linear(features, joint_weight_.narrow(1, identity_.size(1), features.size(-1)));
  }

 private:
  /// All [..., K, A and d]-wide.
  Tensor joint(const Tensor& context, const Tensor& attributes, const Tensor& identity) const {
    const Tensor features = at::linear(at::cat({context, attributes}, -1), feature_weight_, feature_bias_);
    return at::linear(at::cat({identity, features}, -1), joint_weight_, joint_bias_);
  }

  Tensor identity_;    // [U, d]
  Tensor attributes_;  // [U, A]
  Tensor feature_weight_, feature_bias_, joint_weight_, joint_bias_;
};

/// rows [N+1, A] of these items, times weight [A, d] -> [U, d]. Without gradients a few items at a time, so
/// that the rows of all items, in the weight's type, never stand in memory together.
Tensor dense_sum(const Tensor& rows, const Tensor& items, const Tensor& weight) {
  const auto of = [&](const Tensor& some) {
    return at::matmul(rows.index_select(0, some).to(weight.scalar_type()), weight);
  };
  constexpr std::int64_t tile = 4096;
  if (at::GradMode::is_enabled() || items.numel() <= tile) return of(items);
  std::vector<Tensor> sums;
  for (const Tensor& some : items.split(tile)) sums.push_back(of(some));
  return at::cat(sums);
}

}  // namespace

ItemEmbedding::ItemEmbedding(const Config& config, tensor::ParameterSet& parameters,
                             backbone::ItemAttributes attributes)
    : config_(config), attributes_(std::move(attributes)) {
  const std::int64_t d = config.width;
  table_ = parameters.declare("item_embedding", {config.items + 1, d}, config.item_init).value;
  parameters.at("item_embedding").decay = true;
  feature_weight_ = parameters
                        .declare("feature.weight", {5 * d, config.context + attributes_.width()},
                                 tensor::Initial::normal(0.0, 0.01))
                        .value;
  feature_bias_ = parameters.declare("feature.bias", {5 * d}, tensor::Initial::constant(0.0)).value;
  joint_weight_ = parameters.declare("joint.weight", {d, 6 * d}, tensor::Initial::normal(0.0, 0.01)).value;
  joint_bias_ = parameters.declare("joint.bias", {d}, tensor::Initial::constant(0.0)).value;
  at::NoGradGuard no_grad;
  table_[0].zero_();
}

Tensor ItemEmbedding::limited(const Tensor& rows) const {
  if (!config_.item_max_norm) return rows;
  // As LibTorch's embedding_renorm_: rows above the limit are scaled to it, with 1e-7 against division by
  // zero.
  Tensor norms = at::norm(rows, config_.item_norm_type, {1}, /*keepdim=*/true);
  Tensor scale = at::where(norms > *config_.item_max_norm, *config_.item_max_norm / (norms + 1e-7),
                           at::ones_like(norms));
  return rows * scale;
}

void ItemEmbedding::limit_norms(const Tensor& items) {
  if (!config_.item_max_norm) return;
  at::NoGradGuard no_grad;
  Tensor index = items.to(table_.device());
  table_.index_copy_(0, index, limited(table_.index_select(0, index)));
}

Tensor ItemEmbedding::identity_rows(const Tensor& items) const {
  Tensor rows = at::embedding(table_, items.to(table_.device()), /*padding_idx=*/0);
  // Training limits the table itself before the pass; without gradients the table is left alone.
  if (!at::GradMode::is_enabled()) rows = limited(rows);
  return rows * std::sqrt(static_cast<double>(config_.width));
}

Tensor ItemEmbedding::attribute_sum(const Tensor& items, const Tensor& weight) const {
  const std::int64_t count = items.numel();
  const std::int64_t* item = items.data_ptr<std::int64_t>();
  Tensor sum = at::zeros({count, weight.size(1)}, weight.options());
  if (attributes_.sparse_width > 0) {
    Tensor offsets = at::empty({count}, at::kLong);
    std::vector<std::int64_t> ids;
    for (std::int64_t u = 0; u < count; ++u) {
      offsets.data_ptr<std::int64_t>()[u] = static_cast<std::int64_t>(ids.size());
      ids.insert(ids.end(), attributes_.ids.begin() + attributes_.offsets[item[u]],
                 attributes_.ids.begin() + attributes_.offsets[item[u] + 1]);
    }
    Tensor flat = at::tensor(ids, at::kLong).to(weight.device());
    Tensor sparse_weight = weight.narrow(0, 0, attributes_.sparse_width);
    sum = std::get<0>(at::embedding_bag(sparse_weight, flat, offsets.to(weight.device())));
  }
  std::int64_t first = attributes_.sparse_width;
  for (const Tensor& field : attributes_.dense) {
    sum = sum + dense_sum(field, items.to(weight.device()), weight.narrow(0, first, field.size(1)));
    first += field.size(1);
  }
  return sum;
}

std::unique_ptr<FoldedItems> ItemEmbedding::fold(const Tensor& items) const {
  const std::int64_t d = config_.width, K = config_.context;
  Tensor by_identity = joint_weight_.narrow(1, 0, d);                         // [d, d]
  Tensor by_features = joint_weight_.narrow(1, d, 5 * d);                     // [d, 5d]
  Tensor folded = at::matmul(by_features, feature_weight_).t().contiguous();  // [K + A, d]
  Tensor rows = at::matmul(identity_rows(items), by_identity.t());
  if (attributes_.width() > 0) rows = rows + attribute_sum(items, folded.narrow(0, K, attributes_.width()));
  return std::make_unique<FoldedItems>(rows, folded.narrow(0, 0, K),
                                       at::mv(by_features, feature_bias_) + joint_bias_);
}

std::unique_ptr<EmbeddedItems> ItemEmbedding::embed(const Tensor& items) const {
  if (config_.fast) return fold(items);
  Tensor eye = at::eye(std::max<std::int64_t>(attributes_.width(), 1), table_.options())
                   .narrow(1, 0, attributes_.width());
  return std::make_unique<PlainItems>(identity_rows(items), attribute_sum(items, eye), feature_weight_,
                                      feature_bias_, joint_weight_, joint_bias_);
}

}  // namespace pebench::carca
