#pragma once

#include <string>
#include <vector>

#include "host/base/random.h"
#include "host/examiner/metrics.h"
#include "host/worker/tensor/tensor.h"

/// What the published code of arXiv 2405.10436 does and its text does not say, a function each, for
/// protocol.preset = "paper" and for suites that ask what one of them does. What each makes of a measurement:
/// docs/protocol.md, "The switches".
namespace pebench::published {

/// Those that act inside a backbone.
struct Switches {
  bool leaky_relu_is_identity = false;
  bool feed_forward_twice = false;
  bool softmax_twice = false;
  bool rotate_by_batch_row = false;
  bool loss_on_probabilities = false;
};

// Inside the backbone.

/// leaky_relu_is_identity: the feed-forward network's LeakyReLU has the slope 1, so that two linear layers
/// follow one another.
Tensor activation(const Tensor& x);

/// feed_forward_twice: a block's network runs first on z, and its product with z, not z, is what the block
/// goes on with.
Tensor first_feed_forward(const Tensor& z, const Tensor& network_of_z);

/// softmax_twice: where an encoding adds to the values, the attention weights go through softmax again:
/// nearly uniform, and padding gets weight too. Weights [B, H, Lq, Lk].
Tensor second_softmax(const Tensor& weights);

/// rotate_positions = "batch_row": rotary encodings rotate all events of a user by the user's row in the
/// batch, which cancels between query and key. `rows`: of the whole batch, in the order of a bucket; -> i64
/// [B, 1].
Tensor rotation(const std::vector<std::int64_t>& rows);

/// loss = "probabilities": the logarithm is taken of a probability plus 1e-8, which loses its gradient where
/// the model is surest. Logits [B, L] of targets and negatives -> the loss of every slot, [B, L].
Tensor loss_of_probabilities(const Tensor& target, const Tensor& negative);

// Around it.

/// candidate_position = "index": candidate i of a list stands at position i, and the true item is always
/// candidate 0: an encoding of positions marks it. -> i64 [1, count]
Tensor index_positions(std::int64_t count);
/// In training, target and negative then stand at the slot of the event before them, not at their own.
std::int64_t index_slot(std::int64_t profile_slot);

/// evaluation_set = "redrawn": every evaluation of every seed ranks against other negatives.
base::Stream redrawn_candidates(std::uint64_t seed, const std::string& part, std::int64_t epoch);

/// evaluation_users = "draws": as many of the users as there are, drawn with replacement for every evaluation
/// of every seed: a third of them is not asked, others count several times. How often each counts.
std::vector<std::int64_t> drawn_times(std::size_t users, std::uint64_t seed, const std::string& part,
                                      std::int64_t epoch);

/// ties = "first_wins": the true item stands first and wins every tie, also against candidates with the very
/// same score.
examiner::Rank first_wins(examiner::Rank rank);

/// selection = "max_test": every metric takes its own maximum over all evaluations of the test events, apart
/// from the others. True where `now` improved on one of `best`, which is also so for a metric that `best` did
/// not have.
bool take_maxima(examiner::Metrics& best, const examiner::Metrics& now);

/// context_at_evaluation = "truncated": context features are cut to whole numbers, which are nearly all 0.
void truncate(std::vector<double>& context);

/// epoch = "draws": as many users as there are, drawn with replacement: a third is not seen in an epoch.
template <class User>
std::vector<User> drawn_users(const std::vector<User>& trainable, base::Stream stream) {
  std::vector<User> users = trainable;
  for (auto& user : users) user = trainable[stream.below(trainable.size())];
  return users;
}

}  // namespace pebench::published
