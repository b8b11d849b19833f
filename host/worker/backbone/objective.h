#pragma once

#include <cstdint>

#include "host/contract/settings.h"
#include "host/worker/tensor/tensor.h"

namespace pebench::backbone {

/// What scores are trained to be. T targets, n negatives of each; the logits are dot products of a state and
/// an item's row.
struct Objective {
  enum class Kind {
    binary,           ///< cross-entropy of target and negatives
    calibrated,       ///< gBCE (Petrov and Macdonald 2023, arXiv 2308.07192)
    softmax,          ///< over all items
    sampled_softmax,  ///< over the target and its negatives, by importance (Bengio and Senecal 2008)
  };
  Kind kind = Kind::binary;
  double calibration = 0.75;  ///< t of gBCE
};

/// Of a trial's words.
Objective objective_of(const contract::TrainSettings& train);

/// Sums over the targets; divide by their number for the mean.
///
/// Binary, and gBCE with beta = alpha (t (1 - 1/alpha) + 1/alpha) and alpha = n / (items - 1), which binary
/// has at 1:
///   ( -beta log sigmoid(s) - sum_k log sigmoid(-s_k) ) / (1 + n)
/// target [T], negatives [T, n]
Tensor binary_sum(const Objective& objective, std::int64_t items, const Tensor& target,
                  const Tensor& negatives);

/// -s + log( exp(s) + sum_k exp(s_k) / (n q_k) ), whose sum estimates that over all items that can be drawn
/// without bias. target [T], negatives [T, n], log_q of the same shape or broadcasting to it: the logarithm
/// of each negative's probability in one draw; infinite for one that is not to count.
Tensor sampled_softmax_sum(const Tensor& target, const Tensor& negatives, const Tensor& log_q);

/// -s + log sum over all items of exp: states [T, d], items [N, d], target i64 [T] in [0, N). Memory for a
/// tile of T x N logits, whatever T is: the gradients are made with the loss. Not to be differentiated twice.
Tensor softmax_sum(const Tensor& states, const Tensor& items, const Tensor& target);
/// The same as it is written.
Tensor plain_softmax_sum(const Tensor& states, const Tensor& items, const Tensor& target);

}  // namespace pebench::backbone
