#pragma once

#include <string>

#include "host/worker/backbone/attend.h"
#include "host/worker/backbone/carca/config.h"
#include "host/worker/tensor/parameters.h"

namespace pebench::carca {

using backbone::Layout;

/// Multi-head attention of CARCA: LeakyReLU(0.2) on the projections, scaled dot product, softmax over visible
/// keys, dropout on the weights. The encoding's hooks take part when `encoding` is given.
class Attention {
 public:
  Attention(const Config& config, tensor::ParameterSet& parameters, const std::string& name);

  /// queries [B, Lq, d], keys [B, Lk, d] -> [B, Lq, d]. A query that sees no key gets an arbitrary finite
  /// row.
  Tensor forward(const Tensor& queries, const Tensor& keys, const Layout& layout, std::int64_t layer,
                 bool cross, backbone::Encoding* encoding, tensor::Randomness& randomness) const;

  /// The same behind the projections: q [B, H, Lq, h], k and v [B, H, Lk, h] -> [B, Lq, d].
  Tensor attend(const backbone::Hidden& hidden, const Tensor& q, const Tensor& k, const Tensor& v,
                const Layout& layout, std::int64_t layer, bool cross, backbone::Encoding* encoding,
                tensor::Randomness& randomness) const;

  /// x [B, L, d] -> [B, H, L, h]
  Tensor query(const Tensor& x) const { return heads(x, query_weight_, query_bias_); }
  Tensor key(const Tensor& x) const { return heads(x, key_weight_, key_bias_); }
  Tensor value(const Tensor& x) const { return heads(x, value_weight_, value_bias_); }

  const Tensor& query_weight() const { return query_weight_; }  ///< [d, d]
  const Tensor& query_bias() const { return query_bias_; }      ///< [d]

 private:
  Tensor heads(const Tensor& x, const Tensor& weight, const Tensor& bias) const;

  const Config config_;
  Tensor query_weight_, query_bias_, key_weight_, key_bias_, value_weight_, value_bias_;
};

}  // namespace pebench::carca
