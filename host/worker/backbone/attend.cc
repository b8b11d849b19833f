#include "host/worker/backbone/attend.h"

#include <cmath>

#include "host/worker/backbone/attention_weights.h"

namespace pebench::backbone {
namespace {

Site site_of(const Sizes& sizes, const Call& call, const Layout& layout, bool training) {
  Site site;
  site.cross = call.cross;
  site.causal = sizes.causal;
  site.training = training;
  site.layer = call.layer;
  site.scale = 1.0 / std::sqrt(static_cast<double>(sizes.head_width()));
  site.query_position = layout.query_position;
  site.key_position = layout.key_position;
  site.query_time = layout.query_time;
  site.key_time = layout.key_time;
  site.visible = layout.visible;
  return site;
}

void rotate(Encoding& encoding, Site& site, const Layout& layout) {
  if (!layout.rotation.defined()) {
    encoding.rotate(site, site.q, site.k);
    return;
  }
  site.query_position = layout.rotation.expand({-1, site.q.size(2)});
  site.key_position = layout.rotation.expand({-1, site.k.size(2)});
  encoding.rotate(site, site.q, site.k);
  site.query_position = layout.query_position;
  site.key_position = layout.key_position;
}

}  // namespace

Layout layout_of(const Sizes& sizes, const Window& window) {
  Layout layout;
  layout.query_position = layout.key_position = window.position;
  layout.rotation = window.batch_row;
  layout.query_time = layout.key_time = window.time;
  layout.visible = window.mask.unsqueeze(1).unsqueeze(1);  // [B, 1, 1, L]
  if (sizes.causal) {
    const std::int64_t length = window.length();
    layout.visible = layout.visible.logical_and(at::ones({length, length}, window.mask.options()).tril());
  }
  return layout;
}

Tensor masked(const Tensor& x, const Tensor& mask) { return x * mask.unsqueeze(-1).to(x.scalar_type()); }

Tensor encoded(const Sizes& sizes, Encoding* encoding, const Window& window, Sequence::Role role,
               const Tensor& x, bool training) {
  if (encoding == nullptr) return x;
  Sequence sequence;
  sequence.role = role;
  sequence.causal = sizes.causal;
  sequence.training = training;
  sequence.position = window.position;
  sequence.time = window.time;
  sequence.mask = window.mask;
  return encoding->input(sequence, x);
}

Tensor attend(const Sizes& sizes, const Call& call, const Hidden& hidden, const Tensor& q, const Tensor& k,
              const Tensor& v, const Layout& layout, Encoding* encoding, tensor::Randomness& randomness) {
  Site site = site_of(sizes, call, layout, randomness.training());
  site.q = q;
  site.k = k;
  site.v = v;
  if (encoding != nullptr && encoding->needs_hidden()) {
    site.query_hidden = hidden.query;
    site.key_hidden = hidden.key;
  }
  if (encoding != nullptr) rotate(*encoding, site, layout);

  Tensor logits = at::matmul(site.q * site.scale, site.k.transpose(2, 3));  // [B, H, Lq, Lk]
  if (encoding != nullptr) {
    if (encoding->needs_logits()) site.logits = logits;
    Tensor bias = encoding->bias(site);
    if (bias.defined()) logits = biased(logits, bias);
  }
  Tensor weights = layout.all_visible ? at::softmax(logits, -1) : attention_weights(logits, layout.visible);
  if (sizes.published.softmax_twice && encoding != nullptr && encoding->has_value())
    weights = sizes.causal ? attention_weights(weights, layout.visible) : published::second_softmax(weights);
  weights = randomness.dropout(weights, call.dropout);

  Tensor y = at::matmul(weights, site.v);  // [B, H, Lq, h]
  if (encoding != nullptr) {
    if (encoding->needs_probs()) site.probs = weights;
    Tensor extra = encoding->value(site);
    if (extra.defined()) y = y + extra;
  }
  y = y.transpose(1, 2).reshape({q.size(0), q.size(2), sizes.width});
  return encoding != nullptr ? encoding->output(site, y) : y;
}

}  // namespace pebench::backbone
