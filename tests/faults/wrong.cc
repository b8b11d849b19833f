// Encoders that are wrong in one way each, and one that is right. tests/check/encoders_test.cc says which
// check catches which.
#include <cmath>
#include <cstdlib>
#include <pebench/plugin.hpp>
#include <string>
#include <utility>
#include <vector>

namespace {

using peb::Build;
using peb::Config;
using peb::Encoder;
using peb::Info;
using peb::Parameter;
using peb::Sequence;
using peb::Site;
using peb::Tensor;
using peb::Values;

/// A learnt table of absolute positions, for faults to build on.
class Table : public Encoder {
 public:
  Table(Build& build, const Config& config, const Values&)
      : table_(build.normal("table", {config.n_positions, config.d_model}, 1.0)) {}

 protected:
  Tensor row(const Tensor& position) const { return embedding(table_, position); }

  Parameter table_;
};

/// Nothing is wrong with asking for certain sizes.
struct Choosy : Table {
  static constexpr Info info{"choosy", "1.0.0", "none"};
  static constexpr uint32_t flags = PEB_IS_AFFINE_INPUT;
  Choosy(Build& build, const Config& config, const Values& values) : Table(build, config, values) {
    if (config.d_head % 16 != 0) throw peb::Unsupported("the head width must be a multiple of 16");
    if (config.n_heads % 2 != 0) throw peb::Unsupported("the number of heads must be even");
  }
  Tensor input(const Sequence& sequence, Tensor x) const { return x + row(sequence.position); }
};

// Shapes and types.

/// Products of queries with queries: of the right shape in self-attention alone.
struct SquareBias : Encoder {
  static constexpr Info info{"square_bias", "1.0.0", "none"};
  Tensor bias(const Site& site) const { return matmul(site.q, site.q.transpose(2, 3)); }
};

struct AlwaysDouble : Encoder {
  static constexpr Info info{"always_double", "1.0.0", "none"};
  Tensor input(const Sequence&, Tensor x) const { return x.cast(PEB_F64); }
};

// Numbers that are not finite.

/// Divides by the number of real events, which is 0 in a row of padding alone.
struct DividesByEvents : Encoder {
  static constexpr Info info{"divides_by_events", "1.0.0", "none"};
  Tensor input(const Sequence& sequence, Tensor x) const {
    const Tensor real = sequence.mask.cast(PEB_MODEL).unsqueeze(-1);
    return x + (x * real).sum(1) / real.sum(1);
  }
};

/// log(1 + exp(x)) as it is written.
struct Overflows : Encoder {
  static constexpr Info info{"overflows", "1.0.0", "none"};
  Tensor input(const Sequence&, Tensor x) const { return x + log(exp(x) + 1.0); }
};

/// The norm of a row has no gradient at 0.
struct NormAtZero : Encoder {
  static constexpr Info info{"norm_at_zero", "1.0.0", "none"};
  Tensor input(const Sequence&, Tensor x) const { return x + sqrt((x * x).sum(-1)); }
};

// Gradients.

struct DetachesInput : Encoder {
  static constexpr Info info{"detaches_input", "1.0.0", "none"};
  Tensor input(const Sequence&, Tensor x) const { return x + 0.5 * x.detach(); }
};

struct DetachesOutput : Encoder {
  static constexpr Info info{"detaches_output", "1.0.0", "none"};
  Tensor output(const Site&, Tensor y) const { return y * sigmoid(y.detach()); }
};

struct DetachesQuery : Encoder {
  static constexpr Info info{"detaches_query", "1.0.0", "none"};
  std::pair<Tensor, Tensor> rotate(const Site&, Tensor q, Tensor k) const {
    return {q * sigmoid(q.detach()), k};
  }
};

struct DetachesLogits : Encoder {
  static constexpr Info info{"detaches_logits", "1.0.0", "none"};
  static constexpr uint32_t flags = PEB_NEED_LOGITS;
  Tensor bias(const Site& site) const { return sigmoid(site.logits.detach()); }
};

struct DetachesWeights : Encoder {
  static constexpr Info info{"detaches_weights", "1.0.0", "none"};
  static constexpr uint32_t flags = PEB_NEED_PROBS;
  Tensor value(const Site& site) const { return matmul(site.probs.detach(), site.v); }
};

struct DetachesTable : Table {
  static constexpr Info info{"detaches_table", "1.0.0", "none"};
  using Table::Table;
  Tensor input(const Sequence& sequence, Tensor x) const {
    return x + row(sequence.position) * row(sequence.position).detach();
  }
};

struct UnusedParameter : Table {
  static constexpr Info info{"unused_parameter", "1.0.0", "none"};
  UnusedParameter(Build& build, const Config& config, const Values& values)
      : Table(build, config, values), unused_(build.zeros("unused", {2, 3})) {}
  Tensor input(const Sequence& sequence, Tensor x) const { return x + row(sequence.position); }

 private:
  Parameter unused_;
};

// Custom operations. Each is y = 2 x but for its fault.

enum class Custom { beyond_output, unwritten_output, operand, beyond_gradient, added_gradient, no_cuda };

template <Custom fault>
class Doubling : public peb::CustomOperation {
 public:
  explicit Doubling(const Build& build)
      : CustomOperation(build, "doubling", fault == Custom::no_cuda ? PEB_CUSTOM_CUDA : 0) {}

 protected:
  void infer(peb::Views in, peb::MutableViews out) override { peb::describe_like(out[0], in[0]); }
  void forward(peb::Views in, peb::MutableViews out, void*) override {
    if (fault == Custom::no_cuda && in[0].device_type != 1)
      throw peb::Unsupported("only the CPU, in spite of the flag");
    if (in[0].bits == 32)
      run_forward<float>(in[0], out[0]);
    else
      run_forward<double>(in[0], out[0]);
  }
  void backward(peb::Views, peb::Views, peb::Views grad_out, peb::MutableViews grad_in, void*) override {
    if (grad_in[0].data == nullptr) return;
    if (grad_in[0].bits == 32)
      run_backward<float>(grad_out[0], grad_in[0]);
    else
      run_backward<double>(grad_out[0], grad_in[0]);
  }

 private:
  template <class Number>
  static void run_forward(const peb_view& in, peb_view& out) {
    const Number* x = peb::elements<Number>(in);
    Number* y = peb::elements<Number>(out);
    const int64_t count = peb::size(in);
    for (int64_t i = 0; i < count - (fault == Custom::unwritten_output); ++i) y[i] = 2 * x[i];
    if (fault == Custom::beyond_output) y[count] = 0;
    if (fault == Custom::operand) const_cast<Number*>(x)[0] += 1;
  }
  template <class Number>
  static void run_backward(const peb_view& grad_out, peb_view& grad_in) {
    const Number* from = peb::elements<Number>(grad_out);
    Number* to = peb::elements<Number>(grad_in);
    const int64_t count = peb::size(grad_in);
    for (int64_t i = 0; i < count; ++i) to[i] = 2 * from[i] + (fault == Custom::added_gradient ? to[i] : 0);
    if (fault == Custom::beyond_gradient) to[count] = 0;
  }
};

template <Custom fault>
class WithCustom : public Encoder {
 public:
  WithCustom(Build& build, const Config&, const Values&) : operation_(build) {}
  Tensor input(const Sequence&, Tensor x) const { return operation_.run({x})[0]; }

 private:
  Doubling<fault> operation_;
};

struct BeyondOutput : WithCustom<Custom::beyond_output> {
  static constexpr Info info{"beyond_output", "1.0.0", "none"};
  using WithCustom::WithCustom;
};
struct UnwrittenOutput : WithCustom<Custom::unwritten_output> {
  static constexpr Info info{"unwritten_output", "1.0.0", "none"};
  using WithCustom::WithCustom;
};
struct ChangesOperand : WithCustom<Custom::operand> {
  static constexpr Info info{"changes_operand", "1.0.0", "none"};
  using WithCustom::WithCustom;
};
struct BeyondGradient : WithCustom<Custom::beyond_gradient> {
  static constexpr Info info{"beyond_gradient", "1.0.0", "none"};
  using WithCustom::WithCustom;
};
struct AddedGradient : WithCustom<Custom::added_gradient> {
  static constexpr Info info{"added_gradient", "1.0.0", "none"};
  using WithCustom::WithCustom;
};
struct NoCuda : WithCustom<Custom::no_cuda> {
  static constexpr Info info{"no_cuda", "1.0.0", "none"};
  using WithCustom::WithCustom;
};

// Precision.

/// Seconds of ten years in float32 have lost the minutes.
struct SecondsInSingle : Encoder {
  static constexpr Info info{"seconds_in_single", "1.0.0", "none"};
  static constexpr uint32_t flags = PEB_NEED_TIME;
  Tensor input(const Sequence& sequence, Tensor x) const {
    return x + sin(sequence.time.cast(PEB_MODEL) / 3600.0).unsqueeze(-1);
  }
};

// Positions.

/// x turned by an angle per entry: pairs (i, i + h/2) of the last dimension.
Tensor turned(const Tensor& x, const Tensor& angle) {
  const int64_t half = x.dim(-1) / 2;
  const Tensor first = x.slice(-1, 0, half), second = x.slice(-1, half, 2 * half);
  return peb::concat({first * cos(angle) - second * sin(angle), second * cos(angle) + first * sin(angle)},
                     -1);
}

/// The published fault: angles by the row of the batch in place of the position. It cancels in the logits.
struct RopeOverRows : Encoder {
  static constexpr Info info{"rope_over_rows", "1.0.0", "arXiv:2405.10436"};
  static constexpr uint32_t flags = PEB_IS_SHIFT_INVARIANT | PEB_IS_EXTRAPOLATING;
  std::pair<Tensor, Tensor> rotate(const Site& site, Tensor q, Tensor k) const {
    const Tensor rows = site.pass.arange(site.batch).reshape({site.batch, 1, 1, 1});
    return {turned(q, rows), turned(k, rows)};
  }
};

/// Takes the positions of the first row for all rows.
struct FirstRowsPositions : Table {
  static constexpr Info info{"first_rows_positions", "1.0.0", "none"};
  using Table::Table;
  Tensor input(const Sequence& sequence, Tensor x) const { return x + row(sequence.position.slice(0, 0, 1)); }
};

/// A learnt table whose rows are counted from 0 along the tensor.
struct CountsSlots : Table {
  static constexpr Info info{"counts_slots", "1.0.0", "none"};
  CountsSlots(Build& build, const Config& config, const Values& values)
      : Table(build, config, values), entries_(config.n_positions) {}
  Tensor input(const Sequence& sequence, Tensor x) const {
    const Tensor slots = sequence.pass.arange(sequence.length, 0.0, 1.0, PEB_I64).unsqueeze(0);
    return x + row(minimum(slots, entries_ - 1.0));
  }

 private:
  double entries_;
};

struct IgnoresPositions : Encoder {
  static constexpr Info info{"ignores_positions", "1.0.0", "none"};
  Tensor input(const Sequence&, Tensor x) const { return 2.0 * x; }
};

// Other rows, slots, candidates and keys.

/// Centres over the whole batch.
struct CentresBatch : Table {
  static constexpr Info info{"centres_batch", "1.0.0", "none"};
  using Table::Table;
  Tensor input(const Sequence& sequence, Tensor x) const { return x - x.mean(0) + row(sequence.position); }
};

/// A mean over slots that takes padding for events.
struct AveragesPadding : Encoder {
  static constexpr Info info{"averages_padding", "1.0.0", "none"};
  Tensor input(const Sequence& sequence, Tensor x) const { return sequence.candidates ? x : x + x.mean(1); }
};

struct CentresCandidates : Encoder {
  static constexpr Info info{"centres_candidates", "1.0.0", "none"};
  Tensor input(const Sequence& sequence, Tensor x) const { return sequence.candidates ? x - x.mean(1) : x; }
};

/// The newest event, added to all before it.
struct LooksAhead : Encoder {
  static constexpr Info info{"looks_ahead", "1.0.0", "none"};
  Tensor input(const Sequence& sequence, Tensor x) const {
    return sequence.candidates ? x : x + x.slice(1, sequence.length - 1, sequence.length);
  }
};

/// Contextual positions that count keys a query may not see.
struct CountsInvisible : Encoder {
  static constexpr Info info{"counts_invisible", "1.0.0", "arXiv:2405.18719"};
  static constexpr uint32_t flags = PEB_NEED_LOGITS;
  Tensor bias(const Site& site) const { return -0.1 * sigmoid(site.logits).cumsum(-1); }
};

/// Takes one visibility per query for granted, which may be given once for all of them.
struct CountsVisibility : Encoder {
  static constexpr Info info{"counts_visibility", "1.0.0", "none"};
  Tensor bias(const Site& site) const { return site.visible.cast(PEB_MODEL).sum(-2); }
};

// Claims.

struct ClaimsShiftInvariance : Table {
  static constexpr Info info{"claims_shift_invariance", "1.0.0", "none"};
  static constexpr uint32_t flags = PEB_IS_SHIFT_INVARIANT;
  using Table::Table;
  Tensor input(const Sequence& sequence, Tensor x) const { return x + row(sequence.position); }
};

struct ClaimsExtrapolation : Table {
  static constexpr Info info{"claims_extrapolation", "1.0.0", "none"};
  static constexpr uint32_t flags = PEB_IS_EXTRAPOLATING;
  using Table::Table;
  Tensor input(const Sequence& sequence, Tensor x) const { return x + row(sequence.position); }
};

struct ClaimsNothing : Table {
  static constexpr Info info{"claims_nothing", "1.0.0", "none"};
  static constexpr uint32_t flags = PEB_IS_NULL;
  using Table::Table;
  Tensor input(const Sequence& sequence, Tensor x) const { return x + row(sequence.position); }
};

struct ClaimsAffinity : Encoder {
  static constexpr Info info{"claims_affinity", "1.0.0", "none"};
  static constexpr uint32_t flags = PEB_IS_AFFINE_INPUT;
  Tensor input(const Sequence&, Tensor x) const { return relu(x); }
};

/// Candidates come out another way once the pass has had a profile.
struct RemembersProfile : Table {
  static constexpr Info info{"remembers_profile", "1.0.0", "none"};
  static constexpr uint32_t flags = PEB_IS_AFFINE_INPUT;
  using Table::Table;
  void begin(const peb::Pass&) { has_profile_ = false; }
  Tensor input(const Sequence& sequence, Tensor x) {
    has_profile_ = has_profile_ || !sequence.candidates;
    return has_profile_ ? x + row(sequence.position) : x;
  }

 private:
  bool has_profile_ = false;
};

struct UndeclaredTime : Encoder {
  static constexpr Info info{"undeclared_time", "1.0.0", "none"};
  Tensor input(const Sequence& sequence, Tensor x) const {
    return x + sin(sequence.time.cast(PEB_MODEL)).unsqueeze(-1);
  }
};

struct UnusedTime : Table {
  static constexpr Info info{"unused_time", "1.0.0", "none"};
  static constexpr uint32_t flags = PEB_NEED_TIME;
  using Table::Table;
  Tensor input(const Sequence& sequence, Tensor x) const { return x + row(sequence.position); }
};

// Randomness.

struct ScalesInTraining : Encoder {
  static constexpr Info info{"scales_in_training", "1.0.0", "none"};
  Tensor input(const Sequence& sequence, Tensor x) const { return sequence.training ? 1.5 * x : x; }
};

struct NoiseInEvaluation : Encoder {
  static constexpr Info info{"noise_in_evaluation", "1.0.0", "none"};
  Tensor input(const Sequence& sequence, Tensor x) const {
    return x + sequence.pass.normal({sequence.batch, sequence.length, sequence.width});
  }
};

struct RandomOfItsOwn : Encoder {
  static constexpr Info info{"random_of_its_own", "1.0.0", "none"};
  Tensor input(const Sequence& sequence, Tensor x) const {
    return sequence.training ? x * (1.0 + static_cast<double>(std::rand() % 1000)) : x;
  }
};

}  // namespace
PEB_PLUGIN(Choosy, SquareBias, AlwaysDouble, DividesByEvents, Overflows, NormAtZero, DetachesInput,
           DetachesOutput, DetachesQuery, DetachesLogits, DetachesWeights, DetachesTable, UnusedParameter,
           BeyondOutput, UnwrittenOutput, ChangesOperand, BeyondGradient, AddedGradient, NoCuda,
           SecondsInSingle, RopeOverRows, FirstRowsPositions, CountsSlots, IgnoresPositions, CentresBatch,
           AveragesPadding, CentresCandidates, LooksAhead, CountsInvisible, CountsVisibility,
           ClaimsShiftInvariance, ClaimsExtrapolation, ClaimsNothing, ClaimsAffinity, RemembersProfile,
           UndeclaredTime, UnusedTime, ScalesInTraining, NoiseInEvaluation, RandomOfItsOwn)
