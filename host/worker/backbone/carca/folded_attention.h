#pragma once

#include "host/worker/backbone/carca/carca.h"

namespace pebench::carca {

/// The decoder's attention of a batch of users, with all of it that is the same for every candidate computed:
/// what an encoding's hooks do is part of keys and values where they are affine in what a candidate brings.
struct FoldedAttention {
  Tensor keys;           ///< [B, H, h, L]: logits of a projected query q [B, H, C, h] are q @ keys + offset
  Tensor offset;         ///< [B, H, 1, L], or undefined for none
  Tensor values;         ///< [B, H, L, h]: heads are weights @ values + shift
  Tensor shift;          ///< [B, H, 1, h], or undefined for none
  Tensor output_weight;  ///< [d, d]: merged heads y become y @ output_weight + output_bias; undefined for y
  Tensor output_bias;    ///< [d]
};

/// Of the model without an encoding in its decoder.
FoldedAttention fold(const Carca& model, const Profile& profile);

/// Of the model with the encoding's hooks in its decoder; `time` i64 [B] is that of the users' candidates,
/// undefined unless it is needed. Calls every hook, on queries that serve to read the maps. Where `degree`
/// comes out greater than affine, nothing else is meaningful.
struct Fold {
  FoldedAttention attention;
  backbone::Dependence::Degree degree = backbone::Dependence::Degree::none;
};
Fold fold(const Carca& model, const Profile& profile, const Tensor& time, backbone::Encoding& encoding);

}  // namespace pebench::carca
