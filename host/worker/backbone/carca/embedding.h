#pragma once

#include <memory>

#include "host/worker/backbone/carca/config.h"
#include "host/worker/backbone/item_attributes.h"
#include "host/worker/tensor/parameters.h"
#include "host/worker/tensor/tensor.h"

namespace pebench::carca {

/// The distinct items of one forward pass, ready to be put into slots.
class EmbeddedItems {
 public:
  virtual ~EmbeddedItems() = default;
  /// item i64 [B, L] (rows of the distinct items), context [B, L, K] -> e(v, c) [B, L, d], garbage at
  /// padding.
  virtual Tensor at(const Tensor& item, const Tensor& context) const = 0;
  /// e(v, 0) of every one of them, [U, d].
  virtual Tensor without_context() const = 0;
  /// e(v, c) - e(v, 0), the same for all items: context [..., K] -> [..., d]
  virtual Tensor of_context(const Tensor& context) const = 0;
};

/// e(v, c) split by linearity: e = items[v] + context @ by_context + bias.
class FoldedItems : public EmbeddedItems {
 public:
  FoldedItems(Tensor items, Tensor by_context, Tensor bias)
      : items(std::move(items)), by_context(std::move(by_context)), bias(std::move(bias)) {}
  Tensor at(const Tensor& item, const Tensor& context) const override;
  Tensor without_context() const override { return items + bias; }
  Tensor of_context(const Tensor& context) const override;
  /// context [..., K] -> [..., d], with the bias
  Tensor context_part(const Tensor& context) const;

  const Tensor items;       ///< [U, d], row 0 zero
  const Tensor by_context;  ///< [K, d]
  const Tensor bias;        ///< [d]
};

/// e(v, c) = W2 [sqrt(d) E[v] ; W1 [c ; a_v] + b1] + b2 (CARCA, arXiv 2204.06519, section 3.2).
class ItemEmbedding {
 public:
  ItemEmbedding(const Config& config, tensor::ParameterSet& parameters, backbone::ItemAttributes attributes);

  /// Limits the norms of these rows of E (docs/model.md, Item embedding), in place: call it before the
  /// forward pass, because autograd versions the table. items: i64 [U], distinct.
  void limit_norms(const Tensor& items);

  /// items: i64 [U] on the CPU, distinct, 0 first. The norms in use are the limited ones even where
  /// limit_norms() has not touched the table.
  std::unique_ptr<EmbeddedItems> embed(const Tensor& items) const;
  /// The folded form, whatever the engine.
  std::unique_ptr<FoldedItems> fold(const Tensor& items) const;

 private:
  Tensor limited(const Tensor& rows) const;
  Tensor identity_rows(const Tensor& items) const;  ///< sqrt(d) E[v], row of item 0 zero
  /// sum of weight rows over the items' attributes: weight [A, d] -> [U, d]
  Tensor attribute_sum(const Tensor& items, const Tensor& weight) const;

  const Config config_;
  backbone::ItemAttributes attributes_;
  Tensor table_, feature_weight_, feature_bias_, joint_weight_, joint_bias_;
};

}  // namespace pebench::carca
