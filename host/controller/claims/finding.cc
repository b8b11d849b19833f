#include "host/controller/claims/finding.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "host/controller/claims/linear.h"
#include "host/controller/stats/deviation.h"
#include "host/controller/stats/deviation_ratio.h"
#include "host/controller/stats/failure.h"
#include "host/controller/stats/interval.h"
#include "host/controller/stats/jackknife.h"
#include "host/controller/stats/means.h"
#include "host/controller/stats/power.h"
#include "host/controller/stats/seed_policy.h"
#include "host/controller/stats/sign_flip.h"
#include "host/controller/stats/summary.h"

namespace pebench::claims {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

using Values = std::map<Quantity, std::vector<double>>;

/// Values of the quantities of a comparison: on the seeds that have all of them, or, where fewer than two do,
/// of each on its own.
struct Sample {
  Values values;
  stats::Design design = stats::Design::paired;

  std::size_t seeds() const {
    std::size_t fewest = values.empty() ? 0 : values.begin()->second.size();
    for (const auto& [quantity, series] : values) fewest = std::min(fewest, series.size());
    return fewest;
  }
};

struct Test {
  std::optional<Method> method;
  double difference = not_a_number;
  double p = 1;
  // Where p cannot fall below 2^(1-n), one that can: it tells more about how many seeds would do.
  std::optional<double> unlimited_p;
};

bool is_spread(Function function) {
  return function == Function::sd || function == Function::deviation || function == Function::cv;
}

// Failures are a matter of stability (docs/statistics.md, Strength).
bool is_stability(Function function) { return is_spread(function) || function == Function::failure_rate; }

void collect(const Term& term, std::map<Quantity, std::vector<double>>& quantities) {
  if (const auto* quantity = std::get_if<Quantity>(&term.value))
    quantities[*quantity];
  else if (const auto* operation = std::get_if<Operation>(&term.value))
    for (const Term& operand : operation->operands) collect(operand, quantities);
}

Sample sample_of(const Comparison& comparison, const std::string& metric, const Observations& observations) {
  Values all;
  collect(comparison.left, all);
  collect(comparison.right, all);
  for (auto& [quantity, values] : all) values = series(quantity, metric, observations);

  Sample sample;
  for (std::size_t s = 0; s < observations.seeds; ++s) {
    const bool complete = std::all_of(all.begin(), all.end(),
                                      [s](const auto& entry) { return std::isfinite(entry.second[s]); });
    if (!complete) continue;
    for (const auto& [quantity, values] : all) sample.values[quantity].push_back(values[s]);
  }
  if (sample.seeds() >= 2) return sample;
  sample.design = stats::Design::unpaired;
  for (const auto& [quantity, values] : all) sample.values[quantity] = stats::without_failed(values);
  return sample;
}

double value_of(const Quantity& quantity, const std::vector<double>& values) {
  switch (quantity.function) {
    case Function::sd:
      return stats::standard_deviation(values);
    case Function::deviation:
      return stats::mean_deviation(values);
    case Function::cv:
      return stats::standard_deviation(values) / stats::mean(values);
    default:
      return stats::mean(values);
  }
}

double value_of(const Term& term, const Values& sample) {
  if (const auto* number = std::get_if<double>(&term.value)) return *number;
  if (const auto* quantity = std::get_if<Quantity>(&term.value))
    return value_of(*quantity, sample.at(*quantity));
  const auto& operation = std::get<Operation>(term.value);
  const double left = value_of(operation.operands[0], sample),
               right = value_of(operation.operands[1], sample);
  switch (operation.sign) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    default:
      return left / right;
  }
}

std::vector<double> scaled(std::vector<double> values, double factor) {
  for (double& value : values) value *= factor;
  return values;
}

// One quantity with a number: weight * quantity + constant against 0.
Test test_against_number(const Linear& form, const Sample& sample) {
  const auto& [quantity, weight] = *form.weights.begin();
  const std::vector<double>& values = sample.values.at(quantity);
  const double number = -form.constant / weight;
  Test test;
  test.difference = weight * value_of(quantity, values) + form.constant;
  if (quantity.function == Function::sd) {
    test.method = Method::bonett;
    test.p = stats::bonett_test(values, number).value_or(1);
  } else if (quantity.function == Function::failure_rate) {
    test.method = Method::binomial;
    const auto failed = static_cast<std::size_t>(std::count(values.begin(), values.end(), 1.0));
    // A rate beyond 0 or 1 is refuted by what a rate is.
    test.p = number < 0 || number > 1 ? 0 : stats::failure_rate_test(failed, values.size(), number);
  } else {
    test.method = Method::t;
    test.p = stats::t_test(values, number).value_or(1);
  }
  return test;
}

// Weighted means: their sum is the mean of one number per seed.
Test test_means(const Linear& form, const Sample& sample, std::uint64_t seed) {
  std::vector<double> sums(sample.seeds(), form.constant);
  for (const auto& [quantity, weight] : form.weights)
    for (std::size_t s = 0; s < sums.size(); ++s) sums[s] += weight * sample.values.at(quantity)[s];
  return {Method::sign_flip, stats::mean(sums), stats::sign_flip_test({{sums}}, seed)[0][0].p,
          stats::t_test(sums, 0)};
}

/// Two weighted means of encodings that share no seeds.
Test test_independent_means(const Linear& form, const Sample& sample, std::uint64_t seed) {
  const auto& [first, first_weight] = *form.weights.begin();
  const auto& [second, second_weight] = *std::next(form.weights.begin());
  std::vector<double> a = scaled(sample.values.at(first), first_weight);
  for (double& value : a) value += form.constant;
  const std::vector<double> b = scaled(sample.values.at(second), -second_weight);
  return {Method::permutation,
          stats::mean(a) - stats::mean(b),
          stats::permutation_test(a, b, seed).value_or(1),
          {}};
}

/// Two weighted deviations: a weight is a scale of the values.
Test test_two_deviations(const Linear& form, const Sample& sample, std::uint64_t seed) {
  const auto& [first, first_weight] = *form.weights.begin();
  const auto& [second, second_weight] = *std::next(form.weights.begin());
  // A coefficient of variation is the SD of values that are divided by their mean.
  const auto unit = [&](const Quantity& quantity) {
    return quantity.function == Function::cv ? 1 / stats::mean(sample.values.at(quantity)) : 1.0;
  };
  const auto spread = [](const Quantity& quantity, const std::vector<double>& values) {
    return quantity.function == Function::deviation ? stats::mean_deviation(values)
                                                    : stats::standard_deviation(values);
  };
  const std::vector<double> a = scaled(sample.values.at(first), std::abs(first_weight) * unit(first));
  const std::vector<double> b = scaled(sample.values.at(second), std::abs(second_weight) * unit(second));
  const double gap = spread(first, a) - spread(second, b);
  const auto tested = stats::test_deviations(a, b, sample.design, seed);
  Test test{Method::exchange, first_weight > 0 ? gap : -gap, 1, {}};
  // The test is one of mean |x - median|. Where that and a claim's SD disagree about the larger, nothing is
  // shown.
  if (tested && gap * (tested->ratio - 1) > 0) test.p = tested->p;
  return test;
}

bool all_means_are_positive(const Linear& form, const Sample& sample) {
  return std::all_of(form.weights.begin(), form.weights.end(),
                     [&](const auto& entry) { return stats::mean(sample.values.at(entry.first)) > 0; });
}

/// a / b < 2 as a < 2 b, where b is above 0: the same sentence has the same answer however it is written.
Comparison without_quotient(const Comparison& comparison, const Sample& sample) {
  const auto cleared = [&](const Term& quotient, const Term& number) -> std::optional<std::pair<Term, Term>> {
    const auto* operation = std::get_if<Operation>(&quotient.value);
    if (operation == nullptr || operation->sign != '/' || !std::holds_alternative<double>(number.value) ||
        std::holds_alternative<double>(operation->operands[1].value) ||
        !(value_of(operation->operands[1], sample.values) > 0))
      return std::nullopt;
    return std::pair(operation->operands[0], Term{Operation{'*', {number, operation->operands[1]}}});
  };
  Comparison plain = comparison;
  if (const auto left = cleared(comparison.left, comparison.right))
    std::tie(plain.left, plain.right) = *left;
  else if (const auto right = cleared(comparison.right, comparison.left))
    std::tie(plain.right, plain.left) = *right;
  return plain;
}

Test test_by_jackknife(const Comparison& comparison, const Sample& sample) {
  const auto difference_of = [&](const std::vector<std::size_t>& seeds) {
    Values part;
    for (const auto& [quantity, values] : sample.values)
      for (const std::size_t s : seeds) part[quantity].push_back(values[s]);
    return value_of(comparison.left, part) - value_of(comparison.right, part);
  };
  const stats::Jackknife result = stats::jackknife(sample.seeds(), difference_of);
  return {Method::jackknife, result.estimate, result.p, {}};
}

Test run_test(const Comparison& comparison, const Sample& sample, std::uint64_t seed) {
  const std::optional<Linear> form = linear_difference(comparison);
  if (!form) {
    const bool paired = sample.design == stats::Design::paired || sample.values.size() == 1;
    return paired ? test_by_jackknife(comparison, sample) : Test();
  }
  const auto count = [&](auto belongs) {
    return std::count_if(form->weights.begin(), form->weights.end(),
                         [&](const auto& entry) { return belongs(entry.first.function); });
  };
  const auto terms = static_cast<std::ptrdiff_t>(form->weights.size());
  const bool number_has_a_test = count([](Function function) {
                                   return function == Function::cv || function == Function::deviation;
                                 }) == 0;
  if (terms == 1 && number_has_a_test) return test_against_number(*form, sample);
  const bool paired = sample.design == stats::Design::paired || terms == 1;
  if (count(is_spread) == 0) {
    if (paired) return test_means(*form, sample, seed);
    return terms == 2 ? test_independent_means(*form, sample, seed) : Test();
  }
  const auto both_are = [&](Function kind) {
    return count([kind](Function function) { return function == kind; }) == 2;
  };
  const bool of_one_kind = both_are(Function::sd) || both_are(Function::deviation) ||
                           (both_are(Function::cv) && all_means_are_positive(*form, sample));
  if (terms == 2 && of_one_kind && form->constant == 0 &&
      form->weights.begin()->second * std::next(form->weights.begin())->second < 0)
    return test_two_deviations(*form, sample, seed);
  return paired ? test_by_jackknife(comparison, sample) : Test();
}

std::optional<std::size_t> more_seeds(const Finding& finding, double p, bool stability, double alpha) {
  if (finding.strength == stats::Strength::none || finding.p > alpha) {
    const std::size_t fewest =
        stats::seeds_for(stability ? stats::Evidence::means : stats::Evidence::weak_means);
    if (finding.seeds < 3) return fewest;  // too few to guess from
    const auto enough = stats::seeds_for_power(p, finding.seeds, alpha);
    if (!enough) return std::nullopt;
    return std::max({*enough, fewest, finding.seeds + 1});
  }
  if (finding.strength == stats::Strength::firm || finding.method == Method::jackknife) return std::nullopt;
  return stats::seeds_for(stability ? stats::Evidence::stability : stats::Evidence::means);
}

}  // namespace

std::string_view name_of(Method method) {
  switch (method) {
    case Method::t:
      return "t";
    case Method::sign_flip:
      return "sign flip";
    case Method::bonett:
      return "Bonett";
    case Method::permutation:
      return "permutation";
    case Method::exchange:
      return "residual exchange";
    case Method::binomial:
      return "binomial";
    case Method::jackknife:
      return "jackknife (approximate)";
  }
  return "";
}

Finding judge(const Comparison& comparison, const std::string& metric, const Observations& observations,
              const JudgeOptions& options) {
  const Sample sample = sample_of(comparison, metric, observations);
  Finding finding;
  finding.text = comparison.text;
  finding.seeds = sample.seeds();
  Values quantities;
  collect(comparison.left, quantities);
  collect(comparison.right, quantities);
  const bool stability = std::any_of(quantities.begin(), quantities.end(),
                                     [](const auto& entry) { return is_stability(entry.first.function); });
  finding.strength =
      stability ? stats::strength_on_stability(finding.seeds) : stats::strength_on_means(finding.seeds);

  Test test;
  if (finding.seeds >= 3) {
    test = run_test(without_quotient(comparison, sample), sample, options.seed);
    if (test.method)
      test.difference = value_of(comparison.left, sample.values) - value_of(comparison.right, sample.values);
  }
  finding.method = test.method;
  // Its error exceeds alpha threefold where values are skewed or collapse (docs/statistics.md).
  if (test.method == Method::jackknife) finding.strength = std::min(finding.strength, stats::Strength::weak);
  finding.difference = test.difference;
  const bool claims_less =
      comparison.relation == Relation::less || comparison.relation == Relation::less_or_equal;
  finding.holds = claims_less ? test.difference < 0 : test.difference > 0;
  if (finding.strength != stats::Strength::none && test.difference != 0 && std::isfinite(test.difference))
    finding.p = test.p;
  finding.more_seeds = more_seeds(finding, test.unlimited_p.value_or(test.p), stability, options.alpha);
  return finding;
}

}  // namespace pebench::claims
