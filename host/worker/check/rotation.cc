// A rotation of queries and keys: what it does to both at one place must cancel in their product. It does for
// every orthogonal map of positions or times (RoPE), and for one that stretches q as it shrinks k (xPos); it
// does not where the pairs of components that are turned are not those whose angles were taken.

#include <fmt/format.h>

#include "host/worker/check/agreement.h"
#include "host/worker/check/long_checks.h"
#include "host/worker/check/probe.h"

namespace pebench::check {
namespace {

/// What rotate() makes of one q and one k in every slot of self-attention, by layer: [B, H, L, h].
struct Turned {
  std::string place;
  Tensor q, k;
};

/// q and k [h]
std::vector<Turned> turned(Probe& probe, Inputs inputs, const Tensor& q, const Tensor& k) {
  for (auto& call : inputs.sites) {
    call.site.q = q.expand_as(call.site.q).contiguous();
    call.site.k = k.expand_as(call.site.k).contiguous();
  }
  std::vector<Turned> all;
  for (const auto& output : probe.run(inputs)) {
    if (output.axes.size() == 4 && output.axes[2] != Axis::slot) continue;  // candidates share a place
    if (output.kind == Output::Kind::q) all.push_back({output.place, output.value, {}});
    if (output.kind == Output::Kind::k && !all.empty() && !all.back().k.defined())
      all.back().k = output.value;
  }
  return all;
}

/// The maps of q and k in every slot, [B, H, L, h, h]: column c is what becomes of unit vector c.
Turned maps(Probe& probe, const Inputs& inputs, std::size_t layer, std::int64_t width) {
  std::vector<Tensor> q, k;
  const Tensor units = at::eye(width, at::kDouble);
  for (std::int64_t c = 0; c < width; ++c) {
    const Turned one = turned(probe, inputs, units[c], units[c]).at(layer);
    q.push_back(one.q);
    k.push_back(one.k);
  }
  return {{}, at::stack(q, -1), at::stack(k, -1)};
}

bool mixes_components(const Tensor& map) {
  return (map - at::diag_embed(map.diagonal(0, -2, -1))).abs().max().item<double>() > tolerance;
}

bool maps_to(const Tensor& map, const Tensor& x, const Tensor& y) {
  return at::allclose(at::matmul(map, x), y, tolerance, tolerance);
}

/// Norms of q before and after, where they differ most; empty where they are kept.
std::string changed_norm(const Tensor& q, const Tensor& turned) {
  const double norm = q.norm().item<double>();
  const Tensor norms = (turned * turned).sum(-1).sqrt().flatten();
  const double after = norms[(norms - norm).abs().argmax()].item<double>();
  return std::abs(after - norm) <= tolerance * norm
             ? std::string()
             : fmt::format("a norm of {:.6g} becomes {:.6g}", norm, after);
}

}  // namespace

Finding rotation(const Subject& subject) {
  Sizes sizes = served_sizes(subject);
  sizes.length = sizes.max_len;
  Probe probe(subject, sizes);
  if (!probe.has_hook("rotate")) return skip("there is no rotate hook");
  const Inputs inputs = make_inputs(sizes, subject.seed);
  const Tensor q = uniform({sizes.head_width}, subject.seed, "query"),
               k = uniform({sizes.head_width}, subject.seed, "key");
  const auto layers = turned(probe, inputs, q, k);
  for (std::size_t layer = 0; layer < layers.size(); ++layer) {
    const Turned& found = layers[layer];
    const Tensor products = (found.q * found.k).sum(-1);  // [B, H, L], each at one place
    const Tensor first = products.narrow(0, 0, 1).narrow(2, 0, 1);
    const Tensor gap = (products - first).abs();
    if (gap.max().item<double>() <= tolerance * (q.norm() * k.norm()).item<double>()) continue;
    const Turned map = maps(probe, inputs, layer, sizes.head_width);
    if (!maps_to(map.q, q, found.q) || !maps_to(map.k, k, found.k))
      return remark("rotate() is no linear map, and so no rotation");
    if (!mixes_components(map.q) && !mixes_components(map.k))
      return remark("rotate() scales components and turns nothing");
    const std::string
        norm = changed_norm(q, found.q),
        text = fmt::format(
            "{}: q.k of a query and a key at one place is {:.6g} at one place and {:.6g} at another, as no "
            "rotation "
            "leaves it: {}",
            found.place, first.flatten()[0].item<double>(), products.flatten()[gap.argmax()].item<double>(),
            norm.empty() ? "norms are kept, so q and k are turned in different pairs or by different angles"
                         : norm + ", so the pairs that are turned are not those whose angles are taken");
    // A learnt map may be meant as it is.
    return {found.q.requires_grad() || found.k.requires_grad() ? Outcome::warn : Outcome::fail, text};
  }
  return {};
}

}  // namespace pebench::check
