#include "host/worker/check/inputs.h"

#include <algorithm>
#include <cmath>

#include "host/base/random.h"
#include "host/worker/backbone/attention_weights.h"

namespace pebench::check {
namespace {

constexpr std::int64_t day = 24 * 3600, month = 30 * day;

/// i64 numbers in [low, high]
Tensor whole_numbers(at::IntArrayRef shape, std::int64_t low, std::int64_t high, std::uint64_t seed,
                     const std::string& purpose) {
  return ((uniform(shape, seed, purpose) + 1.0) * (0.5 * static_cast<double>(high - low + 1))).to(at::kLong) +
         low;
}

/// bool [B, L]
Tensor mask_of(const Sizes& sizes) {
  Tensor mask = at::ones({sizes.batch, sizes.length}, at::kBool);
  for (std::int64_t b = 0; b < sizes.batch; ++b)
    mask[b].narrow(0, 0, std::min(sizes.padded + (sizes.ragged ? b : 0), sizes.length - 1)).fill_(false);
  return mask;
}

Inputs::SiteCall make_site(const Sizes& sizes, std::int64_t layer, const Inputs& inputs, std::uint64_t seed) {
  Inputs::SiteCall call;
  backbone::Site& site = call.site;
  site.cross = layer == sizes.layers;
  const auto& queries = site.cross ? inputs.candidates.sequence : inputs.profile.sequence;
  const auto& keys = inputs.profile.sequence;
  const std::int64_t B = sizes.batch, H = sizes.heads, Lk = sizes.length, h = sizes.head_width;
  const std::int64_t Lq = site.cross ? sizes.candidates : Lk;
  const auto draw = [&](at::IntArrayRef shape, const char* name) {
    return uniform(shape, seed, "site " + std::to_string(layer) + " " + name);
  };
  site.causal = sizes.causal;
  site.layer = layer;
  site.scale = 1.0 / std::sqrt(static_cast<double>(h));
  site.q = draw({B, H, Lq, h}, "q");
  site.k = draw({B, H, Lk, h}, "k");
  site.v = draw({B, H, Lk, h}, "v");
  site.query_position = queries.position, site.key_position = keys.position;
  site.query_time = queries.time, site.key_time = keys.time;
  site.visible = keys.mask.unsqueeze(1).unsqueeze(1);
  if (sizes.causal && !site.cross)
    site.visible = site.visible.logical_and(at::ones({1, 1, Lk, Lk}, at::kBool).tril());
  site.logits = 2.0 * draw({B, H, Lq, Lk}, "logits");
  site.probs = backbone::attention_weights(2.0 * draw({B, H, Lq, Lk}, "probs"), site.visible);
  site.query_hidden = draw({B, Lq, sizes.width()}, "hidden of queries");
  site.key_hidden = draw({B, Lk, sizes.width()}, "hidden of keys");
  call.y = draw({B, Lq, sizes.width()}, "y");
  return call;
}

void sequence_fields(std::vector<Field>& all, Inputs::SequenceCall& call, Axis slot) {
  using Name = Field::Name;
  all.push_back({Name::x, &call.x, {Axis::batch, slot, Axis::other}});
  all.push_back({Name::position, &call.sequence.position, {Axis::batch, slot}});
  all.push_back({Name::time, &call.sequence.time, {Axis::batch, slot}});
  all.push_back({Name::mask, &call.sequence.mask, {Axis::batch, slot}});
}

void site_fields(std::vector<Field>& all, Inputs::SiteCall& call) {
  using Name = Field::Name;
  backbone::Site& site = call.site;
  const Axis query = site.cross ? Axis::candidate : Axis::slot, key = Axis::slot;
  all.push_back({Name::q, &site.q, {Axis::batch, Axis::other, query, Axis::other}});
  all.push_back({Name::k, &site.k, {Axis::batch, Axis::other, key, Axis::other}});
  all.push_back({Name::v, &site.v, {Axis::batch, Axis::other, key, Axis::other}});
  all.push_back({Name::position, &site.query_position, {Axis::batch, query}});
  all.push_back({Name::position, &site.key_position, {Axis::batch, key}});
  all.push_back({Name::time, &site.query_time, {Axis::batch, query}});
  all.push_back({Name::time, &site.key_time, {Axis::batch, key}});
  all.push_back({Name::visible, &site.visible, {Axis::batch, Axis::other, query, key}});
  all.push_back({Name::logits, &site.logits, {Axis::batch, Axis::other, query, key}});
  all.push_back({Name::probs, &site.probs, {Axis::batch, Axis::other, query, key}});
  all.push_back({Name::hidden, &site.query_hidden, {Axis::batch, query, Axis::other}});
  all.push_back({Name::hidden, &site.key_hidden, {Axis::batch, key, Axis::other}});
  all.push_back({Name::y, &call.y, {Axis::batch, query, Axis::other}});
}

bool contains(const std::vector<Field::Name>& names, Field::Name name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Tensor uniform(at::IntArrayRef shape, std::uint64_t seed, const std::string& purpose) {
  base::Stream stream(seed, "check", purpose);
  Tensor values = at::empty(shape, at::kDouble);
  double* out = values.data_ptr<double>();
  for (std::int64_t i = 0; i < values.numel(); ++i) out[i] = 2.0 * stream.uniform() - 1.0;
  return values;
}

Inputs make_inputs(const Sizes& sizes, std::uint64_t seed) {
  const std::int64_t B = sizes.batch, L = sizes.length, C = sizes.candidates, d = sizes.width();
  Inputs inputs;
  auto& profile = inputs.profile.sequence;
  profile.causal = sizes.causal;
  profile.position = at::arange(sizes.end - L, sizes.end, at::kLong).unsqueeze(0);
  profile.mask = mask_of(sizes);
  profile.time = whole_numbers({B, 1}, 0, month, seed, "first time") +
                 at::cumsum(whole_numbers({B, L}, 1, day, seed, "time"), 1);
  profile.time = profile.time * profile.mask.to(at::kLong);
  inputs.profile.x = uniform({B, L, d}, seed, "profile");

  auto& candidates = inputs.candidates.sequence;
  candidates.role = backbone::Sequence::Role::candidates;
  candidates.causal = sizes.causal;
  candidates.position = at::full({1, C}, sizes.end, at::kLong);
  candidates.time = profile.time.narrow(1, L - 1, 1).repeat({1, C});
  candidates.mask = at::ones({B, C}, at::kBool);
  inputs.candidates.x = uniform({B, C, d}, seed, "candidates");

  for (std::int64_t layer = 0; layer <= sizes.layers; ++layer)
    inputs.sites.push_back(make_site(sizes, layer, inputs, seed));
  return inputs;
}

std::vector<Field> fields(Inputs& inputs) {
  std::vector<Field> all;
  sequence_fields(all, inputs.profile, Axis::slot);
  sequence_fields(all, inputs.candidates, Axis::candidate);
  for (auto& site : inputs.sites) site_fields(all, site);
  return all;
}

std::vector<Tensor*> fields(Inputs& inputs, const std::vector<Field::Name>& names) {
  std::vector<Tensor*> found;
  for (const Field& field : fields(inputs))
    if (contains(names, field.name)) found.push_back(field.tensor);
  return found;
}

Inputs converted(Inputs inputs, at::ScalarType type, at::Device device) {
  for (const Field& field : fields(inputs))
    *field.tensor = field.tensor->to(
        device, at::isFloatingType(field.tensor->scalar_type()) ? type : field.tensor->scalar_type());
  return inputs;
}

Tensor select(const Tensor& tensor, const Axes& axes, Axis axis, const Indices& index) {
  Tensor selected = tensor;
  const Tensor entries = at::tensor(index, tensor.options().dtype(at::kLong));
  for (std::size_t i = 0; i < axes.size(); ++i)
    if (axes[i] == axis && selected.size(static_cast<std::int64_t>(i)) != 1)
      selected = selected.index_select(static_cast<std::int64_t>(i), entries);
  return selected;
}

Inputs select(Inputs inputs, Axis axis, const Indices& index) {
  for (const Field& field : fields(inputs)) *field.tensor = select(*field.tensor, field.axes, axis, index);
  return inputs;
}

Inputs replace(Inputs inputs, Inputs others, const std::vector<Field::Name>& names, Axis axis,
               const Indices& index) {
  const auto own = fields(inputs), other = fields(others);
  for (std::size_t f = 0; f < own.size(); ++f) {
    if (!contains(names, own[f].name)) continue;
    Tensor& tensor = *own[f].tensor;
    Tensor hit = at::zeros({1}, at::kBool);
    for (std::size_t i = 0; i < own[f].axes.size(); ++i) {
      if (own[f].axes[i] != axis) continue;
      Indices along(own[f].axes.size(), 1);
      along[i] = tensor.size(static_cast<std::int64_t>(i));
      Tensor here = at::zeros({along[i]}, at::kBool);
      for (auto entry : index) here[entry] = true;
      hit = hit.logical_or(here.view(along));
    }
    tensor = at::where(hit, *other[f].tensor, tensor);
  }
  return inputs;
}

Inputs with_fields_of(Inputs inputs, Inputs others, const std::vector<Field::Name>& names) {
  const auto own = fields(inputs, names), other = fields(others, names);
  for (std::size_t i = 0; i < own.size(); ++i) *own[i] = *other[i];
  return inputs;
}

Inputs shifted(Inputs inputs, const Tensor& amount) {
  for (Tensor* position : fields(inputs, {Field::Name::position})) *position = *position + amount;
  return inputs;
}

Inputs with_training(Inputs inputs, bool training) {
  inputs.profile.sequence.training = inputs.candidates.sequence.training = training;
  for (auto& call : inputs.sites) call.site.training = training;
  return inputs;
}

}  // namespace pebench::check
