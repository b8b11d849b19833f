#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/worker/backbone/encoding.h"

namespace pebench::check {

/// What a dimension of a tensor runs over: rows of the batch, slots of the profile, candidates, or anything
/// else.
enum class Axis { batch, slot, candidate, other };
using Axes = std::vector<Axis>;
using Indices = std::vector<std::int64_t>;

/// Sizes of a model and of what it is given.
struct Sizes {
  std::int64_t batch = 3;
  std::int64_t heads = 2;
  std::int64_t head_width = 4;
  std::int64_t layers = 2;
  std::int64_t max_len = 8;
  std::int64_t length = 5;  ///< slots of the profile, the last ones before `end`
  std::int64_t end = 8;     ///< one behind the newest slot: the position of candidates
  std::int64_t candidates = 4;
  bool causal = false;
  std::int64_t padded = 0;  ///< slots at the beginning of every row that are padding
  bool ragged = false;      ///< b slots more in row b; one event is left at least

  std::int64_t width() const { return heads * head_width; }
};

/// All that the hooks of one forward pass are given. Every tensor is drawn on its own, as if hooks did not
/// feed each other: what a hook does is seen on its own output. Real tensors are float64.
struct Inputs {
  struct SequenceCall {
    backbone::Sequence sequence;
    Tensor x;  ///< [B, L, d]
  };
  struct SiteCall {
    backbone::Site site;  ///< q and k before rotate(); logits, probs and hidden states always
    Tensor y;             ///< merged heads [B, Lq, d]
  };
  SequenceCall profile, candidates;
  std::vector<SiteCall> sites;  ///< self-attention of every layer, then cross-attention
};

/// Numbers in [-1, 1) under "<purpose>" of the seed. float64.
Tensor uniform(at::IntArrayRef shape, std::uint64_t seed, const std::string& purpose);

/// Contents and times from the seed. Times are 0 at padding and rise along the profile by up to a day from
/// slot to slot; candidates carry that of the newest event. Weights are 0 where nothing is visible.
Inputs make_inputs(const Sizes& sizes, std::uint64_t seed);

/// A tensor of Inputs, to be read or replaced.
struct Field {
  enum class Name { x, y, q, k, v, logits, probs, hidden, position, time, mask, visible };
  Name name;
  Tensor* tensor;
  Axes axes;
};
/// In a fixed order.
std::vector<Field> fields(Inputs& inputs);

/// The tensors of those names.
std::vector<Tensor*> fields(Inputs& inputs, const std::vector<Field::Name>& names);

/// Real tensors of another type, all on a device.
Inputs converted(Inputs inputs, at::ScalarType type, at::Device device);

/// The entries `index` along an axis. Dimensions of size 1 broadcast and stay.
Tensor select(const Tensor& tensor, const Axes& axes, Axis axis, const Indices& index);
Inputs select(Inputs inputs, Axis axis, const Indices& index);

/// `inputs` with what stands at `index` along `axis`, in the fields of those names, taken from `others`.
Inputs replace(Inputs inputs, Inputs others, const std::vector<Field::Name>& names, Axis axis,
               const Indices& index);

/// `inputs` with the fields of those names taken whole from `others`.
Inputs with_fields_of(Inputs inputs, Inputs others, const std::vector<Field::Name>& names);

/// `inputs` with `amount` (i64, [1, 1] or [B, 1]) added to all positions.
Inputs shifted(Inputs inputs, const Tensor& amount);

/// The flag that hooks see; the host's dropout is another matter.
Inputs with_training(Inputs inputs, bool training);

}  // namespace pebench::check
