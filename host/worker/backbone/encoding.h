#pragma once

#include "host/worker/backbone/dependence.h"
#include "host/worker/tensor/randomness.h"
#include "host/worker/tensor/tensor.h"

namespace pebench::backbone {

/// What an encoding is told about a sequence of embeddings [B, L, d].
struct Sequence {
  enum class Role { profile, candidates };
  Role role = Role::profile;
  bool causal = false;
  bool training = false;
  Tensor position;  ///< i64 [1, L] or [B, L]: the slot in the window, padding included
  Tensor time;      ///< i64 [B, L] seconds since the data set's first event; undefined unless needed
  Tensor mask;      ///< bool [B, L], true for real events
  Variable variable = Variable::none;
};

/// What an encoding is told about one attention call.
struct Site {
  bool cross = false;
  bool causal = false;
  bool training = false;
  std::int64_t layer = 0;               ///< block; the number of blocks in cross-attention
  double scale = 1.0;                   ///< logits = scale * q.k
  Tensor q, k, v;                       ///< [B, H, Lq or Lk, h]
  Tensor query_position, key_position;  ///< as Sequence::position
  Tensor query_time, key_time;          ///< as Sequence::time
  Tensor visible;                       ///< bool, broadcasts to [B, 1, Lq, Lk]
  Tensor logits;                        ///< scaled q.k before bias and mask, where needed
  Tensor probs;                         ///< weights after dropout, where needed
  Tensor query_hidden, key_hidden;      ///< before their projections [B, Lq or Lk, d], where needed
  Variable variable = Variable::none;
};

/// The slot of the model that a positional encoding fills. This base class is the model without one. Hooks
/// that are not overridden change nothing. A hook that fails throws EncodingError.
class Encoding {
 public:
  virtual ~Encoding() = default;

  virtual bool needs_time() const { return false; }
  virtual bool needs_logits() const { return false; }
  virtual bool needs_probs() const { return false; }
  virtual bool needs_hidden() const { return false; }
  /// The input hook is affine in x at a fixed position, and the same at all times.
  virtual bool affine_input() const { return true; }
  /// Whether value() can return anything.
  virtual bool has_value() const { return false; }
  /// Whether rotate(), bias(), value() or output() can change anything.
  virtual bool in_attention() const { return true; }

  /// A forward pass begins; the randomness is valid until the next one.
  virtual void begin(tensor::Randomness&) {}
  /// x [B, L, d] -> [B, L, d]
  virtual Tensor input(const Sequence&, const Tensor& x) { return x; }
  /// q and k in and out, [B, H, L, h]
  virtual void rotate(const Site&, Tensor& q, Tensor& k) { (void)q, (void)k; }
  /// Added to the scaled logits; broadcasts to [B, H, Lq, Lk]. Undefined for nothing.
  virtual Tensor bias(const Site&) { return {}; }
  /// Added to probs @ v, [B, H, Lq, h]. Undefined for nothing.
  virtual Tensor value(const Site&) { return {}; }
  /// Merged heads y [B, Lq, d] -> [B, Lq, d]
  virtual Tensor output(const Site&, const Tensor& y) { return y; }

  /// Of what the last hook returned that was given a variable; of q after rotate(), whose k must depend on
  /// none.
  virtual Dependence dependence() const { return {}; }
  /// Candidates come in parts, to bound the memory: what hooks made since the last call in this pass may be
  /// dropped. A hook that wanted some of it back fails, and misses_parts() says so until the next pass.
  virtual void begin_part() {}
  virtual bool misses_parts() const { return false; }
};

/// A hook failed: the plugin reported an error or returned something of the wrong shape. Ends the trial.
class EncodingError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The encoding does not serve a model of these sizes, or these options (PEB_E_UNSUPPORTED of create()).
class EncodingUnsupported : public EncodingError {
 public:
  using EncodingError::EncodingError;
};

}  // namespace pebench::backbone
