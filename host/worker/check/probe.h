#pragma once

#include <functional>
#include <string>
#include <vector>

#include "host/contract/check_request.h"
#include "host/plugin/library.h"
#include "host/plugin/options.h"
#include "host/worker/check/guard.h"
#include "host/worker/check/inputs.h"
#include "host/worker/check/outputs.h"
#include "host/worker/plugin/plugin_encoding.h"

namespace pebench::check {

/// What stands between a plugin and the host: the table that its library is loaded with, and what is put
/// around an encoder.
struct Border {
  const peb_host& host;
  peb_encoder (*around)(const peb_encoder&);
};
/// The guarded table, and the encoder as it is.
Border guarded_border();

/// Small sizes, with the least head width of 4, 8, 16, 32 and 64 that the encoder serves; causal where it
/// claims PEB_IS_CAUSAL.
Sizes served_sizes(const Subject& subject, const Border& border = guarded_border());

/// An instance of the encoder in a model's slot, whose hooks are called as one forward pass calls
/// them, cross-attention included. Its trainable parameters are moved off their initial
/// values, as training moves them: tables that begin at zero would hide what an encoder does.
///
/// A process loads a library once and with one host, since that is what an entry is promised. Throws
/// base::InputError for a library that cannot be used and backbone::EncodingError for an instance that cannot
/// be made.
class Probe {
 public:
  Probe(const Subject& subject, const Sizes& sizes, at::ScalarType type = at::kDouble,
        at::Device device = at::kCPU, const Border& border = guarded_border());

  const plugin::EncoderDescriptor& encoder() const { return library_.encoder(id_); }
  /// Whether the encoder has all of those flags (peb_encoder_flag).
  bool has_flag(std::uint32_t flag) const { return (encoder().flags & flag) == flag; }
  bool has_hook(const std::string& hook) const;

  /// One pass with the host's dropout off, or on. Throws backbone::EncodingError for a hook that fails or
  /// returns a tensor of another shape or type.
  Outputs run(const Inputs& inputs, bool dropout = false, std::uint64_t pass = 0);

  /// Attention as the model computes it around the hooks, with `more` [Lq, Lk] on top of each site's bias.
  struct Attended {
    std::string place;
    Tensor weights;  ///< [B, H, Lq, Lk]
    Tensor y;        ///< [B, Lq, d]
  };
  std::vector<Attended> attend(const Inputs& inputs,
                               const std::function<Tensor(const backbone::Site&)>& more);

  /// A pass of one sequence's input() and nothing else.
  Output input_alone(const Inputs::SequenceCall& call);

  std::deque<tensor::Parameter>& parameters() { return parameters_.all(); }
  /// The values of another instance of the same encoder and sizes, rounded to this one's type.
  void take_parameters(Probe& other);

 private:
  Output input(const Inputs::SequenceCall& call);
  Attended attend(backbone::Site site, const Tensor& more);
  void run_site(Outputs& outputs, const Inputs::SiteCall& call);

  std::string id_;
  const plugin::Library& library_;
  plugin::OptionValues values_;
  tensor::ParameterSet parameters_;
  plugin::PluginEncoding encoding_;
};

}  // namespace pebench::check
