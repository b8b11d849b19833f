#include "host/worker/check/probe.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "host/worker/backbone/attention_weights.h"

namespace pebench::check {
namespace {

constexpr double trained_by = 0.1;  // how far parameters are moved, at most

backbone::Sizes config_of(const Sizes& sizes) {
  backbone::Sizes config;
  config.items = 9;
  config.width = sizes.width();
  config.heads = sizes.heads;
  config.blocks = sizes.layers;
  config.max_len = sizes.max_len;
  config.causal = sizes.causal;
  config.encode_cross_attention = true;
  return config;
}

void train_a_little(tensor::ParameterSet& parameters, std::uint64_t seed) {
  at::NoGradGuard no_grad;
  for (auto& parameter : parameters.all())
    if (!parameter.frozen)
      parameter.value.add_((trained_by * uniform(parameter.value.sizes(), seed, parameter.name))
                               .to(parameter.value.options()));
}

const plugin::Library& library_of(const std::filesystem::path& path, const peb_host& host) {
  struct Loaded {
    const peb_host* host;
    plugin::Library library;
  };
  static std::map<std::filesystem::path, Loaded> loaded;
  auto found = loaded.find(path);
  if (found == loaded.end())
    found = loaded.emplace(path, Loaded{&host, plugin::Library::load(path, host)}).first;
  if (found->second.host != &host) throw std::logic_error(path.string() + " is loaded with another host");
  return found->second.library;
}

std::string place_of(const backbone::Site& site) {
  return site.cross ? std::string("cross-attention") : fmt::format("self-attention of layer {}", site.layer);
}

}  // namespace

Border guarded_border() {
  return {guarded_host(), [](const peb_encoder& encoder) { return encoder; }};
}

Sizes served_sizes(const Subject& subject, const Border& border) {
  Sizes sizes;
  for (sizes.head_width = 4; sizes.head_width < 64; sizes.head_width *= 2) {
    try {
      Probe probe(subject, sizes, at::kDouble, at::kCPU, border);
      sizes.causal = probe.has_flag(PEB_IS_CAUSAL);
      break;
    } catch (const backbone::EncodingUnsupported&) {
    }
  }
  return sizes;
}

Probe::Probe(const Subject& subject, const Sizes& sizes, at::ScalarType type, at::Device device,
             const Border& border)
    : id_(subject.encoder),
      library_(library_of(subject.library, border.host)),
      values_(library_.encoder(id_), plugin::with_defaults(library_.encoder(id_), subject.options),
              subject.files),
      parameters_(subject.seed, at::TensorOptions(type).device(device)),
      encoding_(border.around(library_.table(id_)), values_.values(), config_of(sizes), parameters_,
                border.host) {
  train_a_little(parameters_, subject.seed);
}

bool Probe::has_hook(const std::string& hook) const {
  const auto& hooks = encoder().hooks;
  return std::find(hooks.begin(), hooks.end(), hook) != hooks.end();
}

void Probe::take_parameters(Probe& other) {
  at::NoGradGuard no_grad;
  for (std::size_t i = 0; i < parameters().size(); ++i)
    parameters()[i].value.copy_(other.parameters()[i].value);
}

Outputs Probe::run(const Inputs& inputs, bool dropout, std::uint64_t pass) {
  tensor::Randomness randomness(base::Stream(pass, "dropout"), dropout);
  encoding_.begin(randomness);
  Outputs outputs{input(inputs.profile)};
  for (const auto& call : inputs.sites)
    if (!call.site.cross) run_site(outputs, call);
  outputs.push_back(input(inputs.candidates));
  for (const auto& call : inputs.sites)
    if (call.site.cross) run_site(outputs, call);
  return outputs;
}

std::vector<Probe::Attended> Probe::attend(const Inputs& inputs,
                                           const std::function<Tensor(const backbone::Site&)>& more) {
  tensor::Randomness randomness(base::Stream(0, "dropout"), /*training=*/false);
  encoding_.begin(randomness);
  input(inputs.profile);
  std::vector<Attended> all;
  for (const auto& call : inputs.sites) {
    if (call.site.cross) input(inputs.candidates);
    all.push_back(attend(call.site, more(call.site)));
  }
  return all;
}

Probe::Attended Probe::attend(backbone::Site site, const Tensor& more) {
  site.logits = site.probs = Tensor();
  if (!encoding_.needs_hidden()) site.query_hidden = site.key_hidden = Tensor();
  encoding_.rotate(site, site.q, site.k);
  Tensor logits = at::matmul(site.q * site.scale, site.k.transpose(2, 3));
  if (encoding_.needs_logits()) site.logits = logits;
  if (const Tensor bias = encoding_.bias(site); bias.defined()) logits = logits + bias;
  const Tensor weights = backbone::attention_weights(backbone::biased(logits, more), site.visible);
  if (encoding_.needs_probs()) site.probs = weights;
  Tensor y = at::matmul(weights, site.v);
  if (const Tensor value = encoding_.value(site); value.defined()) y = y + value;
  y = y.transpose(1, 2).flatten(2);
  return {place_of(site), weights, encoding_.output(site, y)};
}

Output Probe::input_alone(const Inputs::SequenceCall& call) {
  tensor::Randomness randomness(base::Stream(0, "dropout"), /*training=*/false);
  encoding_.begin(randomness);
  return input(call);
}

Output Probe::input(const Inputs::SequenceCall& call) {
  const bool of_profile = call.sequence.role == backbone::Sequence::Role::profile;
  return {Output::Kind::input,
          of_profile ? "input, profile" : "input, candidates",
          encoding_.input(call.sequence, call.x),
          {Axis::batch, of_profile ? Axis::slot : Axis::candidate, Axis::other}};
}

void Probe::run_site(Outputs& outputs, const Inputs::SiteCall& call) {
  backbone::Site site = call.site;
  site.logits = site.probs = Tensor();
  if (!encoding_.needs_hidden()) site.query_hidden = site.key_hidden = Tensor();
  const std::string place = place_of(site);
  const Axis query = site.cross ? Axis::candidate : Axis::slot;
  const auto add = [&](Output::Kind kind, const char* hook, const Tensor& value, Axes axes) {
    outputs.push_back({kind, std::string(hook) + ", " + place, value, std::move(axes)});
  };

  encoding_.rotate(site, site.q, site.k);
  add(Output::Kind::q, "rotate (q)", site.q, {Axis::batch, Axis::other, query, Axis::other});
  add(Output::Kind::k, "rotate (k)", site.k, {Axis::batch, Axis::other, Axis::slot, Axis::other});
  if (encoding_.needs_logits()) site.logits = call.site.logits;
  const Tensor bias = encoding_.bias(site);
  add(Output::Kind::bias, "bias",
      bias.defined() ? bias.expand_as(call.site.logits) : at::zeros_like(call.site.logits),
      {Axis::batch, Axis::other, query, Axis::slot});
  if (encoding_.needs_probs()) site.probs = call.site.probs;
  const Tensor value = encoding_.value(site);
  add(Output::Kind::value, "value", value.defined() ? value : at::zeros_like(call.site.q),
      {Axis::batch, Axis::other, query, Axis::other});
  add(Output::Kind::output, "output", encoding_.output(site, call.y), {Axis::batch, query, Axis::other});
}

Outputs without_effect(const Inputs& inputs) {
  Outputs outputs;
  const auto add_site = [&](const Inputs::SiteCall& call) {
    for (const Tensor& tensor :
         {call.site.q, call.site.k, at::zeros_like(call.site.logits), at::zeros_like(call.site.q), call.y})
      outputs.push_back({Output::Kind::input, {}, tensor, {}});
  };
  outputs.push_back({Output::Kind::input, {}, inputs.profile.x, {}});
  for (const auto& call : inputs.sites)
    if (!call.site.cross) add_site(call);
  outputs.push_back({Output::Kind::input, {}, inputs.candidates.x, {}});
  for (const auto& call : inputs.sites)
    if (call.site.cross) add_site(call);
  return outputs;
}

}  // namespace pebench::check
