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

// Nothing is wrong with these either: what they do is allowed, and asks more of a ranking than most
// (tests/encodings).

/// Keeps a tensor that it made of the first candidates of a pass for all that come.
struct KeepsFirstCandidates : Table {
  static constexpr Info info{"keeps_first_candidates", "1.0.0", "none"};
  using Table::Table;
  void begin(const peb::Pass&) { kept_ = {}; }
  Tensor input(const Sequence& sequence, Tensor x) {
    const Tensor bent = x * sigmoid(x);
    if (!sequence.candidates) return bent + row(sequence.position);
    if (!kept_) kept_ = row(sequence.position.slice(1, 0, 1));
    return bent + kept_;
  }

 private:
  Tensor kept_;
};

/// Keeps distances that it made for the bias for the values.
struct KeepsDistances : Encoder {
  static constexpr Info info{"keeps_distances", "1.0.0", "none"};
  static constexpr uint32_t flags = PEB_NEED_PROBS;
  KeepsDistances(Build& build, const Config& config, const Values&)
      : slope_(build.normal("slope", {config.n_heads, 1, 1}, 1.0)),
        table_(build.normal("table", {1, config.d_head}, 1.0)) {}
  Tensor bias(const Site& site) {
    distance_ = abs(site.relative_position()).cast(PEB_MODEL);
    return slope_ * distance_;
  }
  Tensor value(const Site& site) { return (site.probs * distance_).sum(-1) * table_; }

 private:
  Parameter slope_, table_;
  Tensor distance_;
};

/// What attention makes of a candidate depends on its embedding too.
struct ScalesByCandidate : Encoder {
  static constexpr Info info{"scales_by_candidate", "1.0.0", "none"};
  Tensor input(const Sequence&, Tensor x) {
    mean_ = x.mean(-1).unsqueeze(1);  // [B, 1, L or C, 1]
    return x;
  }
  Tensor bias(const Site& site) const { return abs(site.relative_position()).cast(PEB_MODEL) * mean_; }

 private:
  Tensor mean_;
};

/// Queries and keys of length 1, the distance as a bias.
struct BendsQueries : Encoder {
  static constexpr Info info{"bends_queries", "1.0.0", "none"};
  std::pair<Tensor, Tensor> rotate(const Site&, Tensor q, Tensor k) const { return {unit(q), unit(k)}; }
  Tensor bias(const Site& site) const { return -abs(site.relative_position()).cast(PEB_MODEL); }

 private:
  static Tensor unit(const Tensor& x) { return x / sqrt((x * x).sum(-1) + 1e-6); }
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

struct DetachesHidden : Encoder {
  static constexpr Info info{"detaches_hidden", "1.0.0", "none"};
  static constexpr uint32_t flags = PEB_NEED_HIDDEN;
  Tensor bias(const Site& site) const {
    return matmul(site.query_hidden.detach(), site.key_hidden.transpose(1, 2)).unsqueeze(1);
  }
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

/// Differences of times that were cast before.
struct CastsSeconds : Encoder {
  static constexpr Info info{"casts_seconds", "1.0.0", "none"};
  static constexpr uint32_t flags = PEB_NEED_TIME;
  Tensor bias(const Site& site) const {
    const Tensor query = site.query_time.cast(PEB_MODEL).unsqueeze(1).unsqueeze(-1),
                 key = site.key_time.cast(PEB_MODEL).unsqueeze(1).unsqueeze(1);
    return -(abs(key - query) / 86400.0);
  }
};

/// The same, and in float32 whatever the model's type.
struct CastsSecondsToSingle : Encoder {
  static constexpr Info info{"casts_seconds_to_single", "1.0.0", "none"};
  static constexpr uint32_t flags = PEB_NEED_TIME;
  Tensor bias(const Site& site) const {
    const Tensor query = site.query_time.cast(PEB_F32).unsqueeze(1).unsqueeze(-1),
                 key = site.key_time.cast(PEB_F32).unsqueeze(1).unsqueeze(1);
    return -(abs(key - query) / 86400.0).cast(PEB_MODEL);
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

/// Angles of position and pair [1 or B, 1, L, h/2] in the model's type.
Tensor angles_of(const Site& site, const Tensor& position) {
  std::vector<double> frequencies;
  for (int64_t i = 0; i < site.head_width / 2; ++i) frequencies.push_back(1.0 / static_cast<double>(1 << i));
  return position.cast(PEB_MODEL).unsqueeze(1).unsqueeze(-1) *
         site.pass.constant(frequencies, {site.head_width / 2});
}

/// Every pair's angle twice, for components (0, 1), (2, 3), ..
Tensor interleaved(const Tensor& angle) {
  const peb::Dims dims = angle.shape();
  return peb::stack({angle, angle}, -1).reshape({dims[0], dims[1], dims[2], -1});
}

/// Neighbours turned.
Tensor turned_neighbours(const Tensor& x, const Tensor& angle) {
  const peb::Dims dims = x.shape();
  const int64_t width = dims[3];
  const Tensor even = x.slice(-1, 0, width, 2), odd = x.slice(-1, 1, width, 2);
  return peb::stack({even * cos(angle) - odd * sin(angle), odd * cos(angle) + even * sin(angle)}, -1)
      .reshape({dims[0], dims[1], dims[2], width});
}

/// Cosines and sines laid out for neighbours, on components half a width apart: a common mistake, and no
/// rotation.
struct MismatchedPairs : Encoder {
  static constexpr Info info{"mismatched_pairs", "1.0.0", "arXiv:2104.09864"};
  std::pair<Tensor, Tensor> rotate(const Site& site, Tensor q, Tensor k) const {
    return {mixed(q, interleaved(angles_of(site, site.query_position))),
            mixed(k, interleaved(angles_of(site, site.key_position)))};
  }

 private:
  static Tensor mixed(const Tensor& x, const Tensor& angle) {
    const int64_t half = x.dim(-1) / 2;
    const Tensor other = peb::concat({-x.slice(-1, half, 2 * half), x.slice(-1, 0, half)}, -1);
    return x * cos(angle) + other * sin(angle);
  }
};

/// Queries turned in pairs half a width apart, keys in pairs of neighbours: each a rotation.
struct PairsApart : Encoder {
  static constexpr Info info{"pairs_apart", "1.0.0", "arXiv:2104.09864"};
  std::pair<Tensor, Tensor> rotate(const Site& site, Tensor q, Tensor k) const {
    return {turned(q, angles_of(site, site.query_position)),
            turned_neighbours(k, angles_of(site, site.key_position))};
  }
};

/// A learnt scale of components and pairs per position, which may be meant.
struct LearntTurns : Encoder {
  static constexpr Info info{"learnt_turns", "1.0.0", "none"};
  LearntTurns(Build& build, const Config& config, const Values&)
      : angles_(build.normal("angles", {config.n_positions, config.d_head / 2}, 1.0)),
        scale_(build.normal("scale", {config.n_positions, 1}, 1.0)) {}
  std::pair<Tensor, Tensor> rotate(const Site& site, Tensor q, Tensor k) const {
    return {learnt(q, site.query_position), learnt(k, site.key_position)};
  }

 private:
  Tensor learnt(const Tensor& x, const Tensor& position) const {
    return turned(x, embedding(angles_, position).unsqueeze(1)) * embedding(scale_, position).unsqueeze(1);
  }
  Parameter angles_, scale_;
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

/// A floor under the weights, of hidden keys too.
struct RaisesWeights : Encoder {
  static constexpr Info info{"raises_weights", "1.0.0", "none"};
  static constexpr uint32_t flags = PEB_NEED_PROBS;
  Tensor value(const Site& site) const { return matmul(maximum(site.probs, 1e-4), site.v); }
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

struct UnusedHidden : Table {
  static constexpr Info info{"unused_hidden", "1.0.0", "none"};
  static constexpr uint32_t flags = PEB_NEED_HIDDEN;
  using Table::Table;
  Tensor input(const Sequence& sequence, Tensor x) const { return x + row(sequence.position); }
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
PEB_PLUGIN(Choosy, KeepsFirstCandidates, KeepsDistances, ScalesByCandidate, BendsQueries, SquareBias,
           AlwaysDouble, DividesByEvents, Overflows, NormAtZero, DetachesInput, DetachesOutput, DetachesQuery,
           DetachesLogits, DetachesWeights, DetachesHidden, DetachesTable, UnusedParameter, BeyondOutput,
           UnwrittenOutput, ChangesOperand, BeyondGradient, AddedGradient, NoCuda, SecondsInSingle,
           CastsSeconds, CastsSecondsToSingle, RopeOverRows, MismatchedPairs, PairsApart, LearntTurns,
           FirstRowsPositions, CountsSlots, IgnoresPositions, CentresBatch, AveragesPadding,
           CentresCandidates, LooksAhead, CountsInvisible, RaisesWeights, CountsVisibility,
           ClaimsShiftInvariance, ClaimsExtrapolation, ClaimsNothing, ClaimsAffinity, RemembersProfile,
           UndeclaredTime, UnusedTime, UnusedHidden, ScalesInTraining, NoiseInEvaluation, RandomOfItsOwn)
