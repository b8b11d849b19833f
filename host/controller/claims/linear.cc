#include "host/controller/claims/linear.h"

#include <iterator>

namespace pebench::claims {
namespace {

Linear scaled(Linear form, double factor) {
  form.constant *= factor;
  for (auto& [quantity, weight] : form.weights) weight *= factor;
  return form;
}

Linear sum(Linear left, const Linear& right) {
  left.constant += right.constant;
  for (const auto& [quantity, weight] : right.weights) left.weights[quantity] += weight;
  return left;
}

std::optional<Linear> linear(const Term& term) {
  if (const auto* number = std::get_if<double>(&term.value)) return Linear{*number, {}};
  if (const auto* quantity = std::get_if<Quantity>(&term.value)) return Linear{0, {{*quantity, 1.0}}};
  const auto& operation = std::get<Operation>(term.value);
  const auto left = linear(operation.operands[0]), right = linear(operation.operands[1]);
  if (!left || !right) return std::nullopt;
  switch (operation.sign) {
    case '+':
      return sum(*left, *right);
    case '-':
      return sum(*left, scaled(*right, -1));
    case '*':
      if (left->weights.empty()) return scaled(*right, left->constant);
      if (right->weights.empty()) return scaled(*left, right->constant);
      return std::nullopt;
    default:
      if (right->weights.empty() && right->constant != 0) return scaled(*left, 1 / right->constant);
      return std::nullopt;
  }
}

}  // namespace

std::optional<Linear> linear_difference(const Comparison& comparison) {
  const auto left = linear(comparison.left), right = linear(comparison.right);
  if (!left || !right) return std::nullopt;
  Linear difference = sum(*left, scaled(*right, -1));
  for (auto it = difference.weights.begin(); it != difference.weights.end();)
    it = it->second == 0 ? difference.weights.erase(it) : std::next(it);
  return difference;
}

}  // namespace pebench::claims
